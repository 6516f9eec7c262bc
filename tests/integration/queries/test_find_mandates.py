"""Searching mandates."""

import datetime

import pytest

from mahis.domain import identifiers, mandate
from mahis.domain.mandate import State
from mahis.domain.parties import Quality, Role, Side
from mahis.domain.quarters import Quarter
from mahis.queries import find_mandates, party_text
from mahis.queries.find_mandates import Criteria
from tests.factories import register
from tests.factories.mandates import TODAY, an_authorisation


def find(actor, *, sort="", page=1, page_size=25, limit=1000, language="fr", **criteria):
    return find_mandates.find(
        actor=actor,
        criteria=Criteria(**criteria),
        sort=sort,
        page=page,
        page_size=page_size,
        limit=limit,
        on=TODAY,
        language=language,
    )


def references(results):
    return [str(row.reference) for row in results.rows]


def written(row):
    """Give the references of an authorisation's mandates."""
    return [str(each.reference) for each in row.mandates.order_by("place")]


class TestWhoSeesWhat:
    @pytest.fixture
    def between(self, house):
        return an_authorisation(house.bakery, house.practice, house.dmfa, house.risks)

    def test_both_parties_and_officers_see_a_mandate(self, house, between):
        for actor in (house.baker, house.accountant, house.officer):
            assert references(find(actor)) == written(between)

    def test_strangers_see_nothing_whatever_they_search_for(self, house, between):
        for criteria in ({}, {"reference": str(between.reference)}, {"mandator_text": "peeters"}):
            assert find(house.stranger, **criteria).total == 0

    def test_an_enterprise_sees_its_mandates_on_both_sides_in_any_capacity(self, house, between):
        giving = an_authorisation(house.practice, house.stranger.enterprise, house.risks)
        as_company = register.acting(house.practice, Quality.COMPANY_WITHOUT_STAFF)
        for actor in (house.accountant, as_company):
            results = find(actor)
            assert references(results) == written(giving) + written(between)
            sides = [row.my_side for row in results.rows]
            assert sides == [Side.MANDATOR, Side.MANDATARY, Side.MANDATARY]
        assert references(find(as_company, side=Side.MANDATOR)) == written(giving)

    def test_only_who_manages_on_the_side_may_modify_what_is_active_without_end(self, house):
        an_authorisation(house.bakery, house.practice, house.dmfa)
        consulting = register.acting(house.bakery, Quality.NSSO_EMPLOYER, role=Role.CONSULT)
        other_side = register.acting(house.practice, Quality.COMPANY_WITHOUT_STAFF)
        may = [
            find(actor).rows[0].may_modify
            for actor in (house.baker, house.accountant, house.officer, consulting, other_side)
        ]
        assert may == [True, True, True, False, False]

    @pytest.mark.parametrize(
        ("state", "end"), [(State.ACTIVE, "1/2027"), (State.PENDING, None), (State.CLOSED, None)]
    )
    def test_nobody_may_modify_what_has_an_end_or_is_not_active(self, house, state, end):
        an_authorisation(house.bakery, house.practice, house.dmfa, state=state, end=end)
        assert not find(house.baker).rows[0].may_modify


class TestCriteria:
    @pytest.fixture
    def three(self, house):
        """Write three mandates that differ in everything."""
        butcher = register.an_enterprise("Boucherie Lambert", employer=True)
        register.named(butcher, "Slagerij Lambert", language="2")
        other = register.an_enterprise("Securex", secretariat="331")
        return {
            "ended": an_authorisation(
                house.bakery, house.practice, house.dmfa, start="1/2025", end="3/2026"
            ),
            "pending": an_authorisation(
                butcher, house.practice, house.risks, state=State.PENDING, start="1/2027"
            ),
            "active": an_authorisation(house.bakery, other, house.dimona, start="4/2026"),
        }

    @pytest.mark.parametrize(
        ("criteria", "expected"),
        [
            ({}, {"ended", "pending", "active"}),
            ({"mandator_text": "PEETERS"}, {"ended", "active"}),
            ({"mandator_text": "slagerij"}, {"pending"}),
            ({"mandator_text": "lambert boucherie"}, {"pending"}),
            ({"mandatary_text": "331"}, {"active"}),
            ({"mandatary_text": "nobody"}, set()),
            ({"mandator_text": "peeters", "mandatary_text": "dupont"}, {"ended"}),
            ({"groups": ("dmfa", "risks")}, {"ended", "pending"}),
            ({"groups": ("unknown",)}, set()),
            ({"states": (State.CLOSED,)}, {"ended"}),
            ({"states": (State.ACTIVE, State.PENDING)}, {"active", "pending"}),
            ({"quarter": Quarter.parse("3/2026")}, {"ended"}),
            ({"quarter": Quarter.parse("4/2026")}, {"active"}),
            ({"quarter": Quarter.parse("1/2030")}, {"active", "pending"}),
            ({"quarter": Quarter.parse("4/2024")}, set()),
            ({"awaited": Side.MANDATARY}, {"pending"}),
            ({"awaited": Side.MANDATOR}, set()),
            ({"states": (State.ACTIVE,), "mandator_text": "lambert"}, set()),
        ],
    )
    def test_narrow_the_search_alone_and_together(self, house, three, criteria, expected):
        found = set(references(find(house.officer, **criteria)))
        assert found == {one for key in expected for one in written(three[key])}

    def test_take_enterprise_numbers_and_nsso_numbers(self, house, three):
        expected = set(written(three["ended"]) + written(three["active"]))
        number = register.registered_as_employer(
            house.bakery, begins=datetime.date(2000, 1, 1), ends=datetime.date(2001, 1, 1)
        )
        for text in (house.bakery.screen, f"BE {house.bakery}", number.screen):
            assert set(references(find(house.officer, mandator_text=text))) == expected

    @pytest.mark.parametrize(
        ("criteria", "field", "refusal"),
        [
            ({"mandator_text": "ab"}, "mandator", party_text.TextTooShort),
            ({"mandatary_text": "x\x00yz"}, "mandatary", party_text.TextUnreadable),
            ({"mandatary_text": "x" * 10_000}, "mandatary", party_text.TextTooLong),
            ({"mandator_text": "0403170702"}, "mandator", identifiers.CheckDigitsWrong),
            ({"reference": "20260000001/"}, "reference", mandate.ReferenceUnreadable),
            ({"reference": "x\x00"}, "reference", mandate.ReferenceUnreadable),
            ({"reference": "9" * 13}, "reference", mandate.ReferenceUnreadable),
        ],
    )
    def test_that_cannot_be_read_are_refused_at_their_field(self, house, criteria, field, refusal):
        with pytest.raises(refusal) as refused:
            find(house.baker, **criteria)
        assert refused.value.field == field

    def test_take_a_reference_in_any_of_its_forms(self, house):
        an_authorisation(house.bakery, house.practice, house.dmfa)
        row = an_authorisation(house.bakery, house.practice, house.risks, house.dimona)
        both = written(row)
        for text in (str(row.reference), f" {row.year}-{row.pk} ", str(row.pk)):
            assert references(find(house.baker, reference=text)) == both
        assert references(find(house.baker, reference=both[1])) == both[1:]
        assert find(house.baker, reference=f"1999-{row.pk}").total == 0
        assert find(house.baker, reference="9" * 12).total == 0

    def test_find_expired_ones_before_the_clock_has_recorded_it(self, house):
        row = an_authorisation(
            house.bakery,
            house.practice,
            house.dmfa,
            state=State.PENDING,
            expires_on=TODAY - datetime.timedelta(days=1),
        )
        (found,) = find(house.baker, states=(State.EXPIRED,)).rows
        assert (str(found.reference), found.state) == (written(row)[0], State.EXPIRED)
        assert find(house.baker, states=(State.PENDING,)).total == 0
        assert find(house.baker, awaited=Side.MANDATARY).total == 0


class TestOrder:
    @pytest.fixture
    def rows(self, house):
        """Write three authorisations, whose references grow while all else differs."""
        zebra = register.an_enterprise("Zebra")
        abbey = register.a_provider("Abbaye")
        register.named(abbey, "Zuiderabdij", language="2")
        days = [TODAY - datetime.timedelta(days=days) for days in (9, 2, 5)]
        return [
            an_authorisation(
                zebra, house.practice, house.dmfa, house.risks, start="1/2027", drawn_up_on=days[0]
            ),
            an_authorisation(
                house.bakery, abbey, house.dimona, start="3/2026", end="2/2027", drawn_up_on=days[1]
            ),
            an_authorisation(
                house.bakery,
                house.practice,
                house.risks,
                state=State.PENDING,
                start="2/2026",
                end="4/2027",
                drawn_up_on=days[2],
            ),
        ]

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("", "1/1 2/1 0/1 0/2"),
            ("nonsense", "1/1 2/1 0/1 0/2"),
            ("drawnUp", "0/1 0/2 2/1 1/1"),
            ("reference", "0/1 0/2 1/1 2/1"),
            ("-reference", "2/1 1/1 0/2 0/1"),
            ("mandatorName", "2/1 1/1 0/1 0/2"),
            ("-mandatorName", "0/1 0/2 2/1 1/1"),
            ("mandataryName", "1/1 2/1 0/1 0/2"),
            ("-mandataryName", "2/1 0/1 0/2 1/1"),
            ("group", "1/1 0/1 2/1 0/2"),
            ("start", "2/1 1/1 0/1 0/2"),
            ("end", "1/1 2/1 0/1 0/2"),
            ("-end", "0/1 0/2 2/1 1/1"),
            ("state", "2/1 1/1 0/1 0/2"),
        ],
    )
    def test_is_newest_first_or_by_any_column(self, house, rows, sort, expected):
        places = [each.split("/") for each in expected.split()]
        expected_rows = [f"{rows[int(row)].reference}/{place}" for row, place in places]
        assert references(find(house.officer, sort=sort)) == expected_rows

    @pytest.mark.parametrize("side", ["mandator", "mandatary"])
    def test_can_be_by_number(self, house, rows, side):
        found = find(house.officer, sort=f"{side}Number").rows
        numbers = [getattr(row, f"{side}_number") for row in found]
        assert numbers == sorted(numbers)

    def test_by_name_follows_the_persons_language(self, house, rows):
        found = find(house.officer, sort="mandataryName", language="nl").rows
        assert [row.mandatary_name for row in found][-1] == "Zuiderabdij"

    def test_names_the_order_that_the_rows_stand_in(self, house):
        assert find(house.officer, sort="group").sort == "group"
        assert find(house.officer, sort="'; --").sort == "-drawnUp"


class TestPages:
    @pytest.fixture
    def seven(self, house):
        for _ in range(7):
            an_authorisation(
                house.bakery, register.a_provider("Same name"), house.risks, state=State.REJECTED
            )

    @pytest.mark.parametrize("sort", ["", "mandataryName", "-state", "end", "group"])
    def test_hold_every_row_once_however_many_rows_are_alike(self, house, seven, sort):
        pages = [find(house.baker, sort=sort, page=page, page_size=3) for page in (1, 2, 3)]
        assert [len(page.rows) for page in pages] == [3, 3, 1]
        assert len({one for page in pages for one in references(page)}) == 7
        assert {(page.pages, page.total) for page in pages} == {(3, 7)}

    @pytest.mark.parametrize(("asked", "given"), [(0, 1), (-5, 1), (4, 3), (10**30, 3)])
    def test_that_do_not_exist_become_the_nearest(self, house, seven, asked, given):
        assert find(house.baker, page=asked, page_size=3).page == given

    def test_of_nothing_are_one_empty_page(self, house):
        results = find(house.baker)
        assert (results.rows, results.page, results.pages, results.total) == ((), 1, 1, 0)

    def test_stop_at_the_limit_newest_first(self, house, seven):
        results = find(house.baker, sort="mandataryName", page=9, page_size=3, limit=5)
        assert (results.too_many, results.total, results.pages) == (True, 6, 2)
        assert results.sort == "-drawnUp"
        assert len(results.rows) == 2
        everything = references(find(house.baker))
        assert references(results) == everything[3:5]

    def test_are_complete_where_there_are_exactly_as_many_as_the_limit(self, house, seven):
        results = find(house.baker, sort="group", limit=7)
        assert (results.too_many, results.sort) == (False, "group")


class TestTheCost:
    @pytest.mark.parametrize("sort", ["", "mandatorName", "state"])
    def test_is_three_queries_however_many_rows(self, house, django_assert_num_queries, sort):
        for _ in range(10):
            an_authorisation(house.bakery, register.a_provider("Someone"), house.risks)
        with django_assert_num_queries(3):
            results = find(house.baker, sort=sort, mandator_text="peeters", states=(State.ACTIVE,))
        assert len(results.rows) == 10


def test_rows_say_what_a_table_needs_and_no_national_number(house):
    row = an_authorisation(house.bakery, house.practice, house.dmfa, start="1/2027")
    results = find(house.baker, language="nl")
    (found,) = results.rows
    assert (found.mandator_name, found.mandatary_name) == ("Bakkerij Peeters", "Fiduciaire Dupont")
    assert (found.group_code, found.group_name) == ("dmfa", "dmfa nl")
    assert (found.period.start.screen, found.period.end) == ("1/2027", None)
    assert found.drawn_up_at == row.drawn_up_at
    for digits in row.validations.values_list("person", flat=True):
        assert digits.digits not in repr(results)
