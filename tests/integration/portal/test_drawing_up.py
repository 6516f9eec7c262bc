"""Drawing up: nothing typed is lost, refusals stand at their fields, nothing happens twice."""

import datetime
import re

import pytest

from mahis.domain.parties import ProviderStatus
from mahis.store import models
from tests.factories import numbers, register, roads
from tests.integration.portal.people import as_, complete, go, hidden, text_of, written

pytestmark = pytest.mark.django_db


def errors_of(answer):
    """Give the fields that are wrong on a page, with what is said there."""
    return {field: " ".join(texts) for field, texts in answer.context["form"].errors.items()}


def refused(cast, actor=None, **changed):
    """Fill in the form wrongly and go on; gives what is said at which field."""
    before = written()
    answer = as_(actor or cast.director).post(go("new"), complete(cast, **changed), follow=True)
    assert answer.redirect_chain[-1][0].endswith("?checked=1")
    assert answer.status_code == 200
    assert "There is a problem" in text_of(answer)
    assert written() == before
    return errors_of(answer)


class TestFirstStep:
    def test_starts_with_the_next_quarter(self, cast):
        page = as_(cast.director).get(go("new"), follow=True)
        assert page.context["form"]["start"].value() == "1/2027"
        assert not page.context["form"].errors

    def test_shows_groups_by_branch_with_what_they_ask(self, cast):
        page = text_of(as_(cast.director).get(go("new"), follow=True))
        assert "Social security single en One mandatary at a time" in page
        assert "several en Several mandataries possible" in page
        assert "employers en Several mandataries possible · For employers only" in page

    def test_finds_by_number_and_by_name_and_shows_who_it_is(self, cast):
        register.seated(cast.provider, street_fr="Rue Haute", house_number="7")
        browser = as_(cast.director)
        for text in (cast.provider.screen, cast.provider.digits, "dupont", "FIDUCIAIRE"):
            page = browser.post(go("new"), {"other_party": text, "find": ""}, follow=True)
            assert f"Fiduciaire Dupont {cast.provider.screen}" in text_of(page)
            assert "Rue Haute 7" in text_of(page)

    def test_asks_which_of_several_is_meant(self, cast):
        register.a_provider("Dupont Conseil")
        browser = as_(cast.director)
        page = browser.post(go("new"), {"other_party": "dupont", "find": ""}, follow=True)
        assert "Which of these do you mean?" in text_of(page)
        assert page.content.count(b'type="radio"') == 2
        said = refused(cast, other_party="dupont", chosen="")
        assert said == {"chosen": "Choose which of these enterprises you mean."}

    def test_the_mandatary_looks_for_its_client(self, cast):
        employer = register.an_enterprise("Boulangerie Martin")
        nsso = register.registered_as_employer(employer)
        page = as_(cast.accountant).post(
            go("new"), {"other_party": nsso.screen, "find": ""}, follow=True
        )
        assert "Boulangerie Martin" in text_of(page)

    @pytest.mark.parametrize("button", ["find", "later", "next"])
    def test_every_click_keeps_what_was_typed(self, cast, button):
        browser = as_(cast.director)
        typed = complete(cast, chosen="", start="9/9999", end="abc")
        browser.post(go("new"), {**typed, button: ""})
        draft = models.Draft.objects.get()
        assert draft.typed["start"] == "9/9999"
        page = browser.get(go("draft", draft.pk))
        for name in ("other_party", "start", "end", "groups"):
            assert page.context["form"][name].value() == typed[name]
        assert "checked" in page.content.decode().split("several")[1]

    def test_a_second_click_keeps_one_draft(self, cast):
        browser = as_(cast.director)
        browser.post(go("new"), complete(cast, find=""))
        draft = models.Draft.objects.get()
        browser.post(go("draft", draft.pk), complete(cast, start="2/2027", find=""))
        assert models.Draft.objects.get().typed["start"] == "2/2027"

    def test_sent_twice_from_a_new_page_keeps_one_draft(self, cast):
        browser = as_(cast.director)
        page = browser.get(go("new"), follow=True).content.decode()
        address = re.findall(r'action="(/mandates/new/[0-9a-f-]{36}/)"', page)[0]
        first, second = (browser.post(address, complete(cast)) for _ in range(2))
        assert first["Location"] == second["Location"]
        assert models.Draft.objects.count() == 1

    def test_shows_what_was_typed_when_one_goes_back_to_it(self, cast):
        browser = as_(cast.director)
        begun = browser.get(go("new"))["Location"]
        browser.post(begun.partition("?")[0], complete(cast, start="2/2027"))
        assert browser.get(begun).context["form"]["start"].value() == "2/2027"

    def test_thrown_away_in_another_window_is_kept_again(self, cast):
        browser = as_(cast.director)
        browser.post(go("new"), complete(cast, later=""))
        address = go("draft", models.Draft.objects.get().pk)
        models.Draft.objects.all().delete()
        browser.post(address, complete(cast, start="2/2027", later=""))
        assert models.Draft.objects.get().typed["start"] == "2/2027"

    def test_the_key_enter_in_a_form_that_is_filled_in_goes_on(self, cast):
        browser = as_(cast.director)
        browser.post(go("new"), complete(cast, find=""))
        draft = models.Draft.objects.get()
        answer = browser.post(go("draft", draft.pk), complete(cast, find=""))
        assert answer["Location"] == go("validate", draft.pk)
        in_part = browser.post(
            go("draft", draft.pk), complete(cast, find=""), headers={"hx-request": "true"}
        )
        assert in_part["HX-Redirect"] == go("validate", draft.pk)

    def test_home_offers_to_go_on_and_to_throw_away(self, cast):
        browser = as_(cast.director)
        browser.post(go("new"), complete(cast, later=""))
        draft = models.Draft.objects.get()
        home = browser.get(go("home")).content.decode()
        assert go("draft", draft.pk) in home
        assert go("discard", draft.pk) in home
        assert "will be gone" in text_of(browser.get(go("discard", draft.pk)))
        assert browser.post(go("discard", draft.pk))["Location"] == go("home")
        assert not models.Draft.objects.exists()
        assert browser.get(go("draft", draft.pk)).status_code == 404

    def test_home_folds_away_all_but_the_newest(self, cast):
        browser = as_(cast.director)
        for _ in range(7):
            browser.post(go("new"), complete(cast, later=""))
        home = browser.get(go("home"))
        assert "2 older unfinished mandates" in text_of(home)
        assert text_of(home).count("Throw away") == 7


class TestRefusals:
    def test_nothing_typed(self, cast):
        said = refused(cast, other_party="", chosen="", groups=[], start="")
        assert set(said) == {"other_party", "groups", "start"}

    def test_a_party_not_confirmed(self, cast):
        said = refused(cast, chosen="")
        assert said == {"chosen": "Confirm that this is the enterprise you mean."}

    def test_a_confirmation_of_somebody_else(self, cast):
        other = register.a_provider("Other")
        said = refused(cast, chosen=other.digits)
        assert set(said) == {"chosen"}

    def test_one_s_own_enterprise(self, cast):
        said = refused(cast, other_party=cast.client.screen, chosen=cast.client.digits)
        assert "your own enterprise" in said["other_party"]

    def test_an_unknown_enterprise(self, cast):
        unknown = numbers.enterprise_number()
        said = refused(cast, other_party=unknown.screen, chosen=unknown.digits)
        assert "knows no enterprise" in said["other_party"]

    def test_wrong_check_digits(self, cast):
        said = refused(cast, other_party="0111.222.348", chosen="")
        assert "check digits" in said["other_party"]

    def test_a_ceased_enterprise(self, cast):
        ceased = register.a_provider("Old", ceased_on=datetime.date(2020, 1, 1))
        said = refused(cast, other_party=ceased.screen, chosen=ceased.digits)
        assert "Old is not active: it ceased on 1 January 2020" in said["other_party"]

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (ProviderStatus.NONE, "is not registered as a service provider"),
            (ProviderStatus.BLOCKED, "is blocked"),
            (ProviderStatus.LAPSED, "is no longer a service provider"),
        ],
    )
    def test_an_enterprise_that_cannot_receive_mandates(self, cast, status, words):
        company = register.an_enterprise("Company", provider=status)
        said = refused(cast, other_party=company.screen, chosen=company.digits)
        assert words in said["other_party"]

    @pytest.mark.parametrize(
        ("start", "end", "field", "words"),
        [
            ("5/2027", "", "start", "no such quarter"),
            ("2027", "", "start", "number and year"),
            ("3/2026", "", "start", "The earliest start quarter is 4/2026."),
            ("1/2028", "", "start", "The latest start quarter is 4/2027"),
            ("1/2027", "4/2026", "end", "before the start quarter"),
            ("1/2027", "x", "end", "number and year"),
        ],
    )
    def test_quarters(self, cast, start, end, field, words):
        said = refused(cast, start=start, end=end)
        assert words in said[field]
        assert set(said) == {field}

    def test_an_unknown_group(self, cast):
        said = refused(cast, groups=["several", "nonsense"])
        assert said == {"groups": "There is no such application group."}

    def test_a_closed_group(self, cast):
        register.a_group("closed", ends=datetime.date(2020, 1, 1))
        assert "No new mandates" in refused(cast, groups=["closed"])["groups"]

    def test_the_mandate_in_the_way_is_shown_to_the_mandator(self, cast):
        rival = register.acting(
            register.a_provider("Rival"), cast.accountant.capacity.quality, may_sign=True
        )
        reference = roads.signed_by_both(cast.director, rival, "single")
        said = refused(cast, groups=["single", "several"])
        assert "single en is already with Rival, from 4/2026 on" in said["replace"]
        assert f"{reference}/1" in said["replace"]

    def test_but_its_reference_is_not_for_another_mandatary(self, cast):
        rival = register.acting(
            register.a_provider("Rival"), cast.accountant.capacity.quality, may_sign=True
        )
        reference = roads.signed_by_both(cast.director, rival, "single")
        said = refused(
            cast,
            actor=cast.accountant,
            other_party=cast.client.screen,
            chosen=cast.client.digits,
            groups=["single"],
        )
        assert "already with Rival" in said["replace"]
        assert str(reference) not in said["replace"]

    def test_all_refusals_of_the_rules_stand_at_their_fields_at_once(self, cast):
        roads.signed_by_both(cast.director, cast.accountant, "several", "single", start="4/2026")
        said = refused(cast, groups=["several", "single"])
        assert "several en is already" in said["groups"]
        assert "single en is already" in said["groups"]


class TestSecondStep:
    def overview(self, browser, cast, **changed):
        page = browser.post(go("new"), complete(cast, **changed), follow=True)
        assert page.redirect_chain[-1][0].endswith("/validate/")
        return page

    def test_shows_everything_and_what_is_signed(self, cast):
        page = text_of(self.overview(as_(cast.director), cast, end="4/2027"))
        assert "Principal your enterprise Bakkerij Peeters" in page
        assert "Mandatary Fiduciaire Dupont" in page
        assert "1/2027 to 4/2027 1 January to 31 December 2027" in page
        assert (
            "I, Anna Peeters, sign for Bakkerij Peeters: Bakkerij Peeters gives Fiduciaire Dupont"
            " the mandates shown above." in page
        )

    def test_says_that_groups_for_employers_wait(self, cast):
        page = text_of(self.overview(as_(cast.director), cast, groups=["employers"]))
        assert "waits until the principal is identified as an employer" in page

    def test_who_may_not_sign_is_told_why_and_can_sign_later(self, cast):
        browser = as_(cast.clerk)
        page = self.overview(browser, cast)
        assert "You may not sign for Bakkerij Peeters" in text_of(page)
        assert 'name="sign"' not in page.content.decode()
        address = page.redirect_chain[-1][0]
        before = written()
        forced = browser.post(address, {"shown": hidden(page, "shown"), "sign": ""})
        assert forced.status_code == 409
        assert written() == before
        later = browser.post(address, {"shown": hidden(page, "shown"), "later": ""}, follow=True)
        assert "To be finalised" in text_of(later)

    def test_going_back_loses_nothing(self, cast):
        browser = as_(cast.director)
        self.overview(browser, cast, start="2/2027")
        page = browser.get(go("draft", models.Draft.objects.get().pk))
        assert page.context["form"]["start"].value() == "2/2027"
        assert page.context["drawing"].other_party.number == cast.provider
        assert not page.context["form"].errors

    def test_a_draft_that_is_not_right_leads_back(self, cast):
        browser = as_(cast.director)
        browser.post(go("new"), complete(cast, start="9/2027", later=""))
        draft = models.Draft.objects.get()
        answer = browser.get(go("validate", draft.pk))
        assert answer["Location"] == f"{go('draft', draft.pk)}?checked=1"

    def test_sent_twice_gives_the_same_authorisation(self, cast):
        browser = as_(cast.director)
        page = self.overview(browser, cast)
        data = {"shown": hidden(page, "shown"), "sign": ""}
        answers = [browser.post(page.redirect_chain[-1][0], data) for _ in range(2)]
        assert answers[0]["Location"] == answers[1]["Location"]
        assert models.Authorisation.objects.count() == 1

    def test_a_draft_that_is_drawn_up_leads_to_its_summary(self, cast):
        browser = as_(cast.director)
        page = self.overview(browser, cast)
        browser.post(page.redirect_chain[-1][0], {"shown": hidden(page, "shown"), "later": ""})
        draft = models.Draft.objects.get()
        assert draft.authorisation is not None
        summary = go("summary", draft.authorisation.reference)
        for name in ("draft", "validate", "discard"):
            assert browser.get(go(name, draft.pk))["Location"] == summary
            assert browser.post(go(name, draft.pk), complete(cast))["Location"] == summary
        assert draft.pk not in {each.draft_id for each in browser.get(go("home")).context["drafts"]}

    def test_what_became_impossible_meanwhile_is_said(self, cast):
        browser = as_(cast.director)
        page = self.overview(browser, cast, groups=["single"])
        roads.signed_by_both(cast.director, cast.accountant, "single")
        before = written()
        answer = browser.post(
            page.redirect_chain[-1][0], {"shown": hidden(page, "shown"), "sign": ""}, follow=True
        )
        assert "single en is already with Fiduciaire Dupont" in text_of(answer)
        assert written() == before


class TestThirdStep:
    @pytest.mark.parametrize(
        ("button", "words"),
        [
            ("sign", "It is now up to Fiduciaire Dupont to sign or refuse it."),
            (
                "later",
                "Both parties still have to sign: Bakkerij Peeters and Fiduciaire Dupont.",
            ),
        ],
    )
    def test_says_what_comes_next_and_who_has_to_do_it(self, cast, button, words):
        browser = as_(cast.director)
        page = browser.post(go("new"), complete(cast, groups=["several", "single"]), follow=True)
        summary = text_of(
            browser.post(
                page.redirect_chain[-1][0],
                {"shown": hidden(page, "shown"), button: ""},
                follow=True,
            )
        )
        assert "2 mandates are registered: 2026-" in summary
        assert words in summary
        assert "What is not signed by 21 February 2027 expires." in summary
