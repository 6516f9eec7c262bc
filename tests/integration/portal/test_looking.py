"""Choosing a capacity, the home page, searching, representatives and identification."""

import datetime

import pytest
from django.test import Client

from mahis.domain.mandate import State
from mahis.domain.parties import Quality, Role
from mahis.store import models
from tests.factories import mandates, register, roads
from tests.integration.portal.people import as_, go, log_in, somebody, text_of

pytestmark = pytest.mark.django_db


def group(code="several"):
    return models.ApplicationGroup.objects.get(code=code)


class TestCapacity:
    def test_the_only_one_is_taken_at_once(self, cast):
        browser = log_in(Client(), cast.director, choosing=False)
        assert browser.get(go("choose_capacity"))["Location"] == go("home")
        assert browser.get(go("home")).status_code == 200

    def test_leads_where_the_person_wanted_to_go(self, cast):
        browser = log_in(Client(), cast.director, choosing=False)
        answer = browser.get(go("search"), follow=True)
        assert answer.redirect_chain[-1][0] == go("search")

    def test_officers_go_to_their_own_door(self, cast):
        browser = log_in(Client(), cast.officer, choosing=False)
        assert browser.get(go("choose_capacity"))["Location"] == "/office/"

    def test_several_are_offered_with_what_waits_in_each(self, cast):
        register.given_access(cast.director.person, cast.provider, kind=models.AccessKind.PROVIDER)
        roads.drawn_up(cast.director, cast.accountant, "several", "single", signed=True)
        browser = log_in(Client(), cast.director, choosing=False)
        text = text_of(browser.get(go("choose_capacity")))
        assert (
            f"Bakkerij Peeters {cast.client.screen} Company without staff manages mandates" in text
        )
        assert (
            f"Fiduciaire Dupont {cast.provider.screen} Service provider manages mandates"
            " 2 mandates wait for a signature" in text
        )
        code = f"{cast.provider.digits}-serviceProvider-manage"
        assert browser.post(go("choose_capacity"), {"capacity": code})["Location"] == go("home")
        assert "As mandatary" in text_of(browser.get(go("home")))

    def test_switching_marks_the_present_one(self, cast):
        register.given_access(cast.director.person, cast.provider, kind=models.AccessKind.PROVIDER)
        page = as_(cast.director).get(go("choose_capacity"))
        assert text_of(page).count("you act in this capacity now") == 1

    def test_nobody_without_access_is_left_without_a_word(self, cast):
        models.AccessRight.objects.filter(person=cast.director.person.insz).delete()
        browser = log_in(Client(), cast.director, choosing=False)
        text = text_of(browser.get(go("home"), follow=True))
        assert "You have no access yet" in text
        assert "Ask the access manager" in text

    def test_access_taken_away_ends_at_once(self, cast):
        browser = as_(cast.director)
        assert browser.get(go("home")).status_code == 200
        models.AccessRight.objects.filter(person=cast.director.person.insz).update(
            ends=datetime.date(2026, 11, 21)
        )
        assert browser.get(go("home")).status_code == 302


class TestHome:
    def test_is_white_where_nothing_is(self, cast):
        page = as_(cast.director).get(go("home"))
        assert page.content.decode().count("block-empty") == 3
        assert "Waiting for you" not in text_of(page)

    def test_one_mandate_leads_straight_to_its_act(self, cast):
        reference = roads.drawn_up(cast.director, cast.accountant, "several", signed=True)
        page = as_(cast.accountant).get(go("home")).content.decode()
        assert page.count(f'href="{go("sign", reference)}"') == 2

    def test_what_waits_for_the_other_is_only_shown(self, cast):
        reference = roads.drawn_up(cast.director, cast.accountant, "several", signed=True)
        page = as_(cast.director).get(go("home"))
        assert go("mandate", reference, 1) in page.content.decode()
        assert go("sign", reference) not in page.content.decode()

    def test_several_lead_to_the_search_that_lists_them(self, cast):
        reference = roads.drawn_up(cast.director, cast.accountant, "several", "single", signed=True)
        browser = as_(cast.accountant)
        page = browser.get(go("home"))
        address = page.context["waiting"][0].address
        found = browser.get(address)
        assert "2 mandates, signed by the other party, wait for you" in text_of(page)
        assert found.context["results"].total == 2
        assert f"{reference}/2" in text_of(found)
        assert "Your enterprise is: Mandatary" in text_of(found)
        assert "To be signed by: Mandatary" in text_of(found)

    def test_counts_are_per_mandate_and_rejected_is_red(self, cast):
        roads.refused(cast.director, cast.accountant, "several", "single", reason="No.")
        page = as_(cast.director).get(go("home"))
        block = next(
            each for each in page.context["panels"][0].blocks if each.state is State.REJECTED
        )
        assert block.count == 2
        assert "block-bad" in page.content.decode()

    def test_one_rejected_leads_to_its_detail(self, cast):
        reference = roads.refused(cast.director, cast.accountant, "several", reason="No.")
        assert go("mandate", reference, 1) in as_(cast.director).get(go("home")).content.decode()

    def test_both_sides_are_apart_the_present_one_first(self, cast):
        other = register.a_provider("Other")
        mandates.an_authorisation(cast.provider, other, group())
        panels = as_(cast.accountant).get(go("home")).context["panels"]
        assert [panel.acts_here for panel in panels] == [True, False]

    def test_readers_are_told_but_not_sent_to_sign(self, cast):
        roads.drawn_up(cast.accountant, cast.director, "several", signed=True)
        page = as_(cast.reader).get(go("home"))
        assert "Waiting for your enterprise" in text_of(page)
        assert "/sign/" not in page.content.decode()

    @pytest.mark.parametrize(("who", "shown"), [("director", True), ("clerk", False)])
    def test_identification_is_for_representatives(self, cast, who, shown):
        page = as_(getattr(cast, who)).get(go("home"))
        assert page.context["identification"] is shown

    def test_not_for_who_is_a_provider_already(self, cast):
        assert as_(cast.accountant).get(go("home")).context["identification"] is False


class TestSearch:
    @pytest.fixture
    def references(self, cast):
        """Give three authorisations: active, pending, and closed long ago."""
        other = register.a_provider("Zwaluw")
        return {
            "active": mandates.an_authorisation(cast.client, cast.provider, group()).reference,
            "pending": mandates.an_authorisation(
                cast.client, other, group("single"), state=State.PENDING
            ).reference,
            "over": mandates.an_authorisation(
                cast.client, cast.provider, group("single"), start="1/2020", end="4/2020"
            ).reference,
        }

    def found(self, cast, query, who=None):
        page = as_(who or cast.director).get(go("search"), query)
        return {str(row.reference.authorisation) for row in page.context["results"].rows}

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({}, {"active", "pending", "over"}),
            ({"mandatary": "zwal"}, {"pending"}),
            ({"mandatary": "dupont", "states": "closed"}, {"over"}),
            ({"states": ["active", "pending"]}, {"active", "pending"}),
            ({"groups": "single"}, {"pending", "over"}),
            ({"quarter": "2/2020"}, {"over"}),
            ({"side": "mandatary"}, set()),
            ({"side": "nonsense", "unknown": "x"}, {"active", "pending", "over"}),
        ],
    )
    def test_by_any_mix_of_criteria(self, cast, references, query, expected):
        assert self.found(cast, query) == {str(references[name]) for name in expected}

    def test_by_reference(self, cast, references):
        reference = references["pending"]
        for text in (str(reference), f"{reference}/1", str(reference.number)):
            assert self.found(cast, {"reference": text}) == {str(reference)}

    @pytest.mark.parametrize(
        ("field", "typed", "words"),
        [
            ("mandator", "0111.222.348", "check digits"),
            ("mandatary", "ab", "at least 3 letters"),
            ("mandatary", "a\x00bc", "characters that no name"),
            ("mandatary", "x" * 201, "too long"),
            ("quarter", "5/2027", "no such quarter"),
            ("reference", "abc", "A reference looks like"),
            ("states", "nonsense", "no such status"),
        ],
    )
    def test_says_what_is_wrong_at_its_field(self, cast, references, field, typed, words):
        page = as_(cast.director).get(go("search"), {field: typed})
        assert words in " ".join(page.context["form"].errors[field])
        assert "No search was made" in text_of(page)

    def test_sorts_by_every_column_and_turns_round(self, cast, references):
        browser = as_(cast.director)
        page = browser.get(go("search"), {"states": ["active", "pending", "closed"]})
        directions = [each.direction for each in page.context["columns"]]
        assert sorted(set(directions)) == ["descending", "none"]
        for column in page.context["columns"]:
            sorted_page = browser.get(f"{go('search')}?{column.query}")
            assert sorted_page.context["results"].total == 3
            assert "sort=" in column.query
            assert "states=pending" in column.query

    def test_pages_keep_the_search(self, cast, settings):
        settings.SEARCH_ROWS_A_PAGE = 2
        for quarter in ("1/2020", "1/2021", "1/2022"):
            mandates.an_authorisation(
                cast.client, cast.provider, group(), start=quarter, end=f"4{quarter[1:]}"
            )
        browser = as_(cast.director)
        first = browser.get(go("search"), {"states": "closed"})
        assert "Page 1 of 2" in text_of(first)
        second = browser.get(f"{go('search')}?{first.context['later']}")
        assert second.context["results"].page == 2
        assert len(second.context["results"].rows) == 1
        assert "states=closed" in second.context["earlier"]

    @pytest.mark.parametrize("page", ["0", "-1", "999999", "9" * 30, "abc", "1.5"])
    def test_pages_that_do_not_exist_show_the_nearest(self, cast, references, page):
        assert len(self.found(cast, {"page": page})) == 3

    def test_too_many_are_to_be_refined(self, cast, settings, references):
        settings.SEARCH_MOST_FOUND = 2
        text = text_of(as_(cast.director).get(go("search")))
        assert "More than 2 mandates" in text
        assert "Search by a party, a group, a status or a quarter to find fewer." in text

    def test_modifying_is_offered_only_where_it_is_possible(self, cast, references):
        page = as_(cast.director).get(go("search")).content.decode()
        assert f"{go('close', references['active'])}?place=1" in page
        assert go("close", references["pending"]) not in page
        assert go("close", references["over"]) not in page
        assert "/close/" not in as_(cast.reader).get(go("search")).content.decode()

    def test_nothing_yet_says_how_to_get_the_first(self, cast):
        text = text_of(as_(cast.director).get(go("search")))
        assert "No mandates yet" in text
        assert "Draw up a mandate" in text
        assert "Draw up a mandate" not in text_of(as_(cast.reader).get(go("search")))

    def test_nothing_found_says_what_to_do(self, cast, references):
        text = text_of(as_(cast.director).get(go("search"), {"mandatary": "nobody"}))
        assert "No mandate fits this search" in text

    def test_others_see_nothing_of_it(self, cast, references):
        assert self.found(cast, {}, who=cast.stranger) == set()


class TestRepresentatives:
    def test_one_s_own_with_who_may_sign_and_why(self, cast):
        gone = register.a_person("Yves", "Oud")
        register.holding(gone, cast.client, ends=datetime.date(2020, 1, 1))
        register.labelled("Function", register.MANAGER, {"en": "Director"})
        text = text_of(as_(cast.director).get(go("own_representatives")))
        assert (
            "Anna Peeters you Yes Anna Peeters Director in Bakkerij Peeters from 1 January 2000"
            in text
        )
        assert (
            "Yves Oud No Yves Oud Director in Bakkerij Peeters from 1 January 2000"
            " to 1 January 2020 The function has ended." in text
        )

    def test_a_chain_is_shown_step_by_step_with_what_is_wrong_at_each(self, cast):
        holding, top = register.an_enterprise("Holding"), register.an_enterprise("Top")
        link = register.PERMANENT_REPRESENTATIVE
        register.labelled("Function", link, {"en": "Permanent representative"})
        register.holding(holding, cast.client, begins=datetime.date(2027, 1, 1))
        register.holding(top, holding, function=link)
        register.holding(register.a_person("Bert", "Ver"), top, function=link)
        register.holding(holding, top, function=link)
        text = text_of(as_(cast.director).get(go("own_representatives")))
        assert (
            f"Top {top.screen} Permanent representative in Holding from 1 January 2000"
            " Bert Ver Permanent representative in Top from 1 January 2000" in text
        )
        assert "from 1 January 2027 The function has not begun yet." in text
        assert "represent each other in a circle" in text

    @pytest.mark.parametrize(
        ("who", "said"),
        [
            ("director", "You may sign for Bakkerij Peeters"),
            ("reader", "To sign you also need the role to manage them"),
            ("clerk", "You may not sign for Bakkerij Peeters"),
        ],
    )
    def test_the_first_thing_said_is_whether_one_may_sign_oneself(self, cast, who, said):
        assert said in text_of(as_(getattr(cast, who)).get(go("own_representatives")))

    def test_who_signs_with_another_reads_with_whom(self, cast):
        models.MatrixVersion.objects.update(
            entries=[], joint=[f"{register.LEGAL_FORM}:10003+{register.MANAGER}"]
        )
        register.labelled("Function", "10003", {"en": "Managing director"})
        text = text_of(as_(cast.director).get(go("own_representatives")))
        assert "You may sign for Bakkerij Peeters together with another person" in text
        assert "Signs together with another person who is: Managing director" in text

    def test_no_national_number_is_shown(self, cast):
        page = as_(cast.director).get(go("own_representatives")).content.decode()
        assert cast.director.person.insz.digits not in page

    def test_none_known(self, cast):
        models.Office.objects.all().delete()
        text = text_of(as_(cast.director).get(go("own_representatives")))
        assert "No functions are known" in text

    def test_the_matrix_by_legal_form(self, cast):
        models.MatrixVersion.objects.update(illustrative=True)
        register.labelled("JuridicalForm", register.LEGAL_FORM, {"en": "Private company"})
        register.labelled("Function", register.MANAGER, {"en": "Director"})
        text = text_of(as_(cast.reader).get(go("matrix"), {"form": register.LEGAL_FORM}))
        assert "An illustrative matrix" in text
        assert "Private company A person who holds one of these functions may sign:" in text
        assert f"Director {register.MANAGER}" in text
        assert "Version “first”, valid from 1 January 2000" in text

    def test_the_matrix_of_another_day(self, cast):
        register.labelled("JuridicalForm", "014", {"en": "Public company"})
        models.MatrixVersion.objects.create(
            name="next", begins=datetime.date(2027, 1, 1), joint=["014:10002+10003"]
        )
        number = str(models.MatrixVersion.objects.get(name="next").pk)
        browser = as_(cast.reader)
        text = text_of(browser.get(go("matrix"), {"form": "014", "version": number}))
        assert "Two persons who hold these functions sign together:" in text
        assert "Version “next”, valid from 1 January 2027" in text
        now = text_of(browser.get(go("matrix"), {"form": "014"}))
        assert "Version “first”, valid from 1 January 2000 to 31 December 2026" in now
        assert "next from 1 January 2027 To come" in now

    @pytest.mark.parametrize("version", ["0", "x", "9" * 30, "-1", "１"])  # noqa: RUF001 - not ASCII
    def test_no_version_of_the_matrix(self, cast, version):
        assert as_(cast.reader).get(go("matrix"), {"version": version}).status_code == 404

    def test_a_form_that_the_matrix_does_not_know(self, cast):
        text = text_of(as_(cast.reader).get(go("matrix"), {"form": "999"}))
        assert "nobody may sign for it" in text

    def test_no_matrix(self, cast):
        models.MatrixVersion.objects.all().delete()
        assert "No matrix is in force" in text_of(as_(cast.reader).get(go("matrix")))
        assert as_(cast.reader).get(go("own_representatives")).status_code == 200


class TestIdentification:
    def test_all_conditions_met(self, cast):
        models.UserAccount.objects.create(
            enterprise=cast.client, begins=register.LONG_AGO, ebox_opened_on=register.LONG_AGO
        )
        text = text_of(as_(cast.director).get(go("identification")))
        assert text.count("Not met") == 0
        assert "Not all conditions are met" not in text
        assert "Make a request" in text

    def test_each_that_is_not_says_why(self, cast):
        text = text_of(as_(cast.clerk).get(go("identification")))
        assert "knows no function of yours" in text
        assert "Open it once" in text
        assert "Not all conditions are met" in text


def test_the_menu_shows_where_one_is_and_only_what_one_may_do(cast):
    page = as_(cast.director).get(go("matrix")).content.decode()
    assert 'href="/representatives/matrix/" aria-current="page"' in page
    assert go("new") in page
    assert go("new") not in as_(cast.reader).get(go("matrix")).content.decode()
    assert go("identification") not in as_(cast.accountant).get(go("matrix")).content.decode()


def test_screens_ask_a_bounded_number_of_questions(cast, django_assert_max_num_queries):
    second = somebody(cast.client, Quality.COMPANY_WITHOUT_STAFF, role=Role.MANAGE, may_sign=True)
    for number in range(12):
        other = register.a_provider(f"Provider {number}")
        mandates.an_authorisation(cast.client, other, group(), group("single"), group("employers"),
                                  state=State.PENDING)  # fmt: skip
    running = roads.signed_by_both(cast.director, cast.accountant, "several", "single")
    browser = as_(second)
    for address, most in (
        (go("home"), 21),
        (go("search"), 14),
        (go("notices"), 17),
        (go("authorisation", running), 34),
        (go("mandate", running, 1), 30),
        (go("sign", running), 30),
        (go("close", running), 30),
        (go("form", running), 30),
        (go("attach", running), 33),
        (go("new"), 11),
        (go("own_representatives"), 15),
        (go("matrix"), 14),
        (go("identification"), 14),
        (go("choose_capacity"), 14),
    ):
        with django_assert_max_num_queries(most):
            browser.get(address)
