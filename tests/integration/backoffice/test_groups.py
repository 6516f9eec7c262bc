"""Groups and applications on the officers' screens: looked at, changed with a reason, recorded."""

import pytest
from django.urls import reverse

from mahis.domain.parties import Language
from mahis.store import models
from mahis.web import clock
from tests.factories import reference, register, roads
from tests.integration.portal.people import as_, hidden, text_of

pytestmark = pytest.mark.django_db

REASON = "Asked for by the service\nof applications"


@pytest.fixture
def office(cast):
    """Give a browser of an officer."""
    return as_(cast.officer)


@pytest.fixture
def filled(cast):
    """Let a group hold an application, and have a mandate for it."""
    group = models.ApplicationGroup.objects.get(code="several")
    register.an_application("app", group)
    return roads.signed_by_both(cast.director, cast.accountant, "several", on=clock.today())


def go(name, *args):
    return reverse(f"backoffice:{name}", args=args)


def new_group(**changed):
    return {
        "code": "fresh",
        **{f"name_{each.value}": f"Fresh {each.value}" for each in Language},
        "branch": "socialRisks",
        "single_mandatary": "1",
        "employers_only": "0",
        "position": "4",
        "begins": "1/1/2027",
        "ends": "",
        "reason": REASON,
        "version": "0",
    } | changed


def changed_by_hand(code):
    """Give the page of a group with its names changed."""
    record = reference.kept(code)
    return new_group(
        branch=record.branch.value,
        single_mandatary="1" if record.single_mandatary else "0",
        employers_only="0",
        position=str(record.position),
        begins="01/01/2000",
    )


def do(browser, address, typed):
    """Ask, check and confirm; gives the check page and where it leads to."""
    page = browser.get(address)
    assert page.status_code == 200
    typed = typed | {"version": hidden(page, "version")}
    check = browser.post(address, typed)
    assert check.status_code == 200, text_of(check)
    before = models.Change.objects.count()
    sent = {name: hidden(check, name) for name in typed if name != "reason"}
    done = browser.post(address, sent | {"reason": typed["reason"], "confirm": "1"}, follow=True)
    assert done.status_code == 200
    assert models.Change.objects.count() > before
    return check, done


class TestTheLists:
    def test_show_groups_by_branch_with_their_rules(self, office, filled):
        text = text_of(office.get(go("groups")))
        assert "Social security" in text
        for said in ("single en", "One mandatary at a time", "For employers only", "several en"):
            assert said in text

    def test_show_applications_and_the_groups_that_hold_them(self, office, filled):
        register.an_application("lonely")
        text = text_of(office.get(go("applications")))
        assert "app en app several en" in text
        assert "lonely en lonely In no group" in text

    def test_offer_changes_to_managers_only(self, cast, auditor, filled):
        for name, args in (("groups", ()), ("group", ("several",)), ("application", ("app",))):
            managed = as_(cast.officer).get(go(name, *args)).content.decode()
            looked_at = as_(auditor).get(go(name, *args)).content.decode()
            changing = ("new-group", "/correct/", "/put-in/", "/end/")
            assert any(part in managed for part in changing)
            assert not any(part in looked_at for part in changing)

    def test_of_an_empty_register_say_what_would_stand_there(self, office):
        assert "Applications come with the files" in text_of(office.get(go("applications")))


class TestAGroup:
    def test_is_added_after_a_look_at_what_it_means(self, office):
        check, done = do(office, go("group_add"), new_group())
        text = text_of(check)
        for said in ("Fresh de", "Social risks", "1 January 2027", "no application yet", "of appl"):
            assert said in text
        assert done.redirect_chain == [(go("group", "fresh"), 302)]
        shown = text_of(done)
        assert "The group is added" in shown
        assert "Kept by officers" in shown
        assert "of applications" in shown
        assert "The group is added" not in text_of(office.get(go("group", "fresh")))

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"code": ""}, "letters and digits"),
            ({"code": "a b"}, "letters and digits"),
            ({"code": "several"}, "This code is taken"),
            ({"name_de": ""}, "Enter a name in this language"),
            ({"name_nl": "x" * 300}, "at most 200 characters"),
            ({"branch": "forged"}, "Choose one."),
            ({"branch": ""}, "Choose one."),
            ({"single_mandatary": "2"}, "Choose one."),
            ({"position": "-1"}, "a number from 0 to 9999"),
            ({"position": "٣"}, "a number from 0 to 9999"),
            ({"begins": ""}, "Write the day"),
            ({"begins": "31/2/2027"}, "Write the day"),
            ({"begins": "1" * 5000}, "Write the day"),
            ({"begins": "\x00"}, "Write the day"),
            ({"ends": "31/12/2026"}, "cannot end before"),
            ({"reason": " "}, "Enter a reason"),
            ({"reason": "x" * 1001}, "at most 1000 characters"),
        ],
    )
    @pytest.mark.parametrize("confirm", [{}, {"confirm": "1"}])
    def test_that_is_wrong_is_explained(self, office, typed, said, confirm):
        answer = office.post(go("group_add"), new_group(**typed) | confirm)
        assert answer.status_code in {409, 422}
        assert said in text_of(answer)
        assert not models.Change.objects.exists()

    def test_can_be_typed_again_from_the_check(self, office):
        answer = office.post(go("group_add"), new_group() | {"change": "1"})
        assert answer.status_code == 200
        assert 'value="Fresh fr"' in answer.content.decode()

    def test_is_corrected_and_says_which_mandates_it_touches(self, office, filled):
        check, done = do(office, go("group_correct", "several"), changed_by_hand("several"))
        text = text_of(check)
        assert "from several fr to Fresh fr" in text
        assert "1 mandate is active" in text
        assert "keep the old ones" in text
        assert "Code" not in text
        assert "Fresh en" in text_of(done)

    def test_keeps_its_rules_while_mandates_rest_on_it(self, office, filled):
        typed = changed_by_hand("several") | {"single_mandatary": "1"}
        answer = office.post(go("group_correct", "several"), typed)
        assert answer.status_code == 409
        assert "(1 in all)" in text_of(answer)

    def test_ends_for_new_mandates(self, office, filled):
        typed = {"ends": "31.12.2026", "reason": REASON}
        check, done = do(office, go("group_end", "several"), typed)
        assert "can be drawn up" in text_of(check)
        assert "31 December 2026" in text_of(done)
        assert models.ApplicationGroup.objects.get(code="several").ends == reference.day(
            "2026-12-31"
        )

    def test_is_handed_back_to_the_files(self, office, filled):
        do(office, go("group_end", "several"), {"ends": "31.12.2026", "reason": REASON})
        assert "Hand it back" in text_of(office.get(go("group", "several")))
        check, done = do(office, go("group_hand_back", "several"), {"reason": "Files are right"})
        assert "may undo" in text_of(check)
        assert "Kept by officers" not in text_of(done)

    def test_that_changed_meanwhile_is_looked_at_again(self, office, cast, filled):
        version = hidden(office.get(go("group_end", "several")), "version")
        do(as_(cast.officer), go("group_end", "several"), {"ends": "1/1/2028", "reason": "x"})
        typed = {"ends": "1/1/2029", "reason": REASON, "version": version, "confirm": "1"}
        answer = office.post(go("group_end", "several"), typed)
        assert answer.status_code == 409
        assert "Somebody changed it" in text_of(answer)

    def test_sent_twice_is_done_once_and_says_so(self, office, filled):
        typed = {"ends": "1/1/2028", "reason": REASON, "version": "0"}
        check = office.post(go("group_end", "several"), typed)
        sent = typed | {"confirm": "1", "once": hidden(check, "once")}
        for _ in range(2):
            answer = office.post(go("group_end", "several"), sent)
            assert answer.status_code == 302
        assert models.Change.objects.count() == 1

    def test_that_nobody_knows_is_not_found(self, office):
        for name in ("group", "group_end", "group_correct", "membership_add"):
            assert office.get(go(name, "nothing")).status_code == 404
        assert office.get(go("membership", "several", 999)).status_code == 404
        assert office.get(go("application", "nothing")).status_code == 404


class TestAnApplication:
    def test_is_added_put_in_a_group_and_ended(self, office, filled):
        typed = {
            "code": "extra",
            **{f"name_{each.value}": f"Extra {each.value}" for each in Language},
            "reason": REASON,
        }
        _check, done = do(office, go("application_add"), typed)
        assert "Extra en" in text_of(done)

        days = {"application": "extra", "begins": "1/1/2027", "ends": "", "reason": REASON}
        check, done = do(office, go("membership_add", "several"), days)
        assert "give access to the application from 1 January 2027 on" in text_of(check)
        assert "Extra en" in text_of(done)

        number = models.GroupMembership.objects.get(application__code="extra").pk
        days = {"begins": "1/2/2027", "ends": "", "reason": REASON}
        check, _done = do(office, go("membership", "several", number), days)
        assert "from 1 January 2027 to 1 February 2027" in text_of(check)

        do(office, go("membership_remove", "several", number), {"reason": REASON})
        assert not models.GroupMembership.objects.filter(application__code="extra").exists()

        check, done = do(office, go("application_end", "app"), {"ends": "1/3/2027", "reason": "x"})
        assert "After 1 March 2027 no mandate gives access" in text_of(check)
        assert "1 March 2027" in text_of(done)

    def test_is_corrected(self, office, filled):
        typed = {f"name_{each.value}": f"New {each.value}" for each in Language}
        _check, done = do(office, go("application_correct", "app"), typed | {"reason": REASON})
        assert "from app en to New en" in text_of(done)

    def test_has_to_be_chosen(self, office, filled):
        typed = {"application": "", "begins": "1/1/2027", "reason": REASON, "version": "0"}
        answer = office.post(go("membership_add", "several"), typed)
        assert answer.status_code == 422
        assert "Choose one." in text_of(answer)

    def test_that_has_begun_is_not_taken_out(self, office, filled):
        number = models.GroupMembership.objects.get().pk
        answer = office.post(
            go("membership_remove", "several", number), {"reason": REASON, "version": "0"}
        )
        assert answer.status_code == 409
        assert "It can only end" in text_of(answer)
