"""Numbers of enterprises, establishments, employers, administrations and secretariats."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain.identifiers import (
    BranchNumber,
    CheckDigitsWrong,
    EnterpriseNumber,
    EstablishmentNumber,
    Insz,
    NssoNumber,
    NumberUnreadable,
    PplNumber,
    SsaNumber,
)
from mahis.domain.mandate import AuthorisationReference, MandateReference
from mahis.domain.quarters import Quarter
from mahis.domain.refusals import Refused
from tests.unit.domain import slips

# Valid numbers made from what is checked, by the formula of the reference validators.
ENTERPRISES = st.integers(0, 19_999_999).map(lambda base: f"{base:08d}{97 - base % 97:02d}")
ESTABLISHMENTS = st.integers(20_000_000, 89_999_999).map(lambda base: f"{base}{97 - base % 97:02d}")
BRANCHES = st.integers(90_000_000, 99_999_999).map(lambda base: f"{base}{97 - base % 97:02d}")
EMPLOYERS = st.integers(1_001, 9_999_998).map(
    lambda base: f"{base}{(96 - base * 100 % 97) or 97:02d}"
)
PROVISIONAL_EMPLOYERS = st.integers(50_000_002, 59_999_998).map(
    lambda base: f"{base}{(96 - base * 100 % 97) or 97:02d}"
)
ADMINISTRATIONS = st.integers(1, 999_999).map(lambda base: f"{base}{base % 97 or 97:02d}")

CHECKED = [
    (EnterpriseNumber, ENTERPRISES),
    (EstablishmentNumber, ESTABLISHMENTS),
    (BranchNumber, BRANCHES),
    (NssoNumber, EMPLOYERS),
    (NssoNumber, PROVISIONAL_EMPLOYERS),
    (PplNumber, ADMINISTRATIONS),
]
CHECKED_IDS = ["enterprise", "establishment", "branch", "employer", "provisional", "administration"]

READERS = [
    EnterpriseNumber,
    EstablishmentNumber,
    BranchNumber,
    NssoNumber,
    PplNumber,
    SsaNumber,
    Insz,
    Quarter,
    AuthorisationReference,
    MandateReference,
]

OTHER_DIGITS = st.text(st.characters(categories=["Nd", "No", "Nl"]), min_size=1, max_size=14)
CONTROLS_AMONG_DIGITS = st.text(
    st.one_of(st.sampled_from("0123456789"), st.characters(categories=["Cc", "Cf", "Zs"])),
    max_size=16,
)
SHAPED = st.from_regex(r"(BE)? ?[0-9]{1,11}[./-]?[0-9]{0,3}", fullmatch=True)


class TestAPublishedVector:
    @pytest.mark.parametrize(
        "digits",
        [
            "0202239951",
            "0206731645",
            "0409536968",
            "0314595348",
            "0884303369",
            "0473077710",
            "0200065765",
        ],
    )
    def test_of_an_enterprise_is_read(self, digits):
        assert EnterpriseNumber.parse(digits).digits == digits

    @pytest.mark.parametrize(
        ("digits", "refusal"),
        [("0884303370", CheckDigitsWrong), ("2111111111", NumberUnreadable)],
    )
    def test_of_no_enterprise_is_refused(self, digits, refusal):
        with pytest.raises(refusal):
            EnterpriseNumber.parse(digits)

    def test_of_an_establishment_is_read_and_of_none_is_refused(self):
        assert EstablishmentNumber.parse("2.297.964.444").digits == "2297964444"
        with pytest.raises(CheckDigitsWrong):
            EstablishmentNumber.parse("2297964445")

    @pytest.mark.parametrize(
        "text",
        [
            "100006",
            "187995796",
            "168676597",
            "93017373",
            "20620259",
            "125482497",
            "0009354-67",
            # Above the documented 199999934, yet accepted by the reference validator.
            "212345609",
            "312345625",
            "499999982",
        ],
    )
    def test_of_an_employer_is_read_as_a_definitive_number(self, text):
        number = NssoNumber.parse(text)
        assert number.number == int(text.replace("-", ""))
        assert not number.is_provisional

    @pytest.mark.parametrize("text", ["5134794036", "5678901277", "5000000120", "5999999989"])
    def test_of_an_employer_to_be_is_read_as_a_provisional_number(self, text):
        number = NssoNumber.parse(text)
        assert number.number == int(text)
        assert number.is_provisional

    @pytest.mark.parametrize(
        ("text", "refusal"),
        [
            ("193", NumberUnreadable),
            ("196", NumberUnreadable),
            ("4000000100", NumberUnreadable),
            ("1000000047", NumberUnreadable),
            ("6000000086", NumberUnreadable),
            ("5678901279", CheckDigitsWrong),
            ("5000000121", CheckDigitsWrong),
        ],
    )
    def test_of_no_employer_is_refused(self, text, refusal):
        with pytest.raises(refusal):
            NssoNumber.parse(text)

    @pytest.mark.parametrize("text", ["43220065", "2130057", "22300094", "5170096", "55290097"])
    def test_of_an_administration_is_read(self, text):
        assert PplNumber.parse(text).number == int(text)

    @pytest.mark.parametrize("text", ["193", "196", "43220066"])
    def test_of_no_administration_is_refused(self, text):
        with pytest.raises(CheckDigitsWrong):
            PplNumber.parse(text)

    @pytest.mark.parametrize(
        ("text", "house", "branch"),
        [("290", "290", ""), ("331", "331", ""), ("331/2", "331", "2"), (" 331-02 ", "331", "02")],
    )
    def test_of_a_secretariat_is_read(self, text, house, branch):
        number = SsaNumber.parse(text)
        assert (number.house, number.branch) == (house, branch)


class TestACheckedNumber:
    @pytest.mark.parametrize(("kind", "numbers"), CHECKED, ids=CHECKED_IDS)
    @given(data=st.data())
    def test_with_the_right_check_digits_is_read_and_written_back(self, kind, numbers, data):
        digits = data.draw(numbers)
        assert str(kind.parse(digits)) == digits

    @pytest.mark.parametrize(("kind", "numbers"), CHECKED, ids=CHECKED_IDS)
    @given(data=st.data())
    def test_with_one_wrong_digit_is_refused(self, kind, numbers, data):
        for slip in slips.single_digits(data.draw(numbers)):
            with pytest.raises(Refused):
                kind.parse(slip)

    @pytest.mark.parametrize(("kind", "numbers"), CHECKED, ids=CHECKED_IDS)
    @given(data=st.data())
    def test_with_two_neighbours_swapped_is_refused(self, kind, numbers, data):
        for slip in slips.swaps(data.draw(numbers)):
            with pytest.raises(Refused):
                kind.parse(slip)

    @pytest.mark.parametrize(("kind", "numbers"), CHECKED, ids=CHECKED_IDS)
    @given(data=st.data())
    def test_reads_back_from_what_screens_show(self, kind, numbers, data):
        number = kind.parse(data.draw(numbers))
        assert kind.parse(getattr(number, "screen", str(number))) == number

    @pytest.mark.parametrize(("kind", "numbers"), CHECKED[:3], ids=CHECKED_IDS[:3])
    @given(data=st.data())
    def test_reads_back_from_what_the_database_stores(self, kind, numbers, data):
        number = kind.parse(data.draw(numbers))
        assert kind.from_int(number.as_int) == number
        assert number.as_int == int(number.digits)

    def test_of_one_kind_never_equals_one_of_another(self):
        # The number spaces of employers and of administrations overlap: this one is in both.
        assert len({NssoNumber.parse("109124"), PplNumber.parse("109124")}) == 2

    def test_sorts_as_a_number(self):
        assert NssoNumber(100006) < NssoNumber(93017373)


class TestAnEnterpriseNumber:
    @pytest.mark.parametrize(
        "text",
        [
            "0206731645",
            "0206.731.645",
            " 0206 731 645 ",
            "BE0206731645",
            "be 0206.731.645",
            "BE-0206-731-645",
            "0206\u00a0731\u00a0645",
            # Written before 2005, with nine digits.
            "206731645",
            "206.731.645",
        ],
    )
    def test_is_read_as_people_write_it(self, text):
        assert EnterpriseNumber.parse(text) == EnterpriseNumber("0206731645")

    def test_may_stand_among_blanks_up_to_forty_characters(self):
        assert EnterpriseNumber.parse("0206 731 645" + 28 * ".").digits == "0206731645"
        with pytest.raises(NumberUnreadable):
            EnterpriseNumber.parse("0206 731 645" + 29 * ".")

    def test_is_shown_in_groups(self):
        assert EnterpriseNumber("0206731645").screen == "0206.731.645"

    def test_may_begin_with_one(self):
        assert EnterpriseNumber.parse("1000000021").digits == "1000000021"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "BE",
            "BE BE 0206731645",
            "FR0206731645",
            "0206731",
            "02067316450",
            "0206731645" * 5,
            "0206,731,645",
            "0206_731_645",
            "+0206731645",
            "-1",
            "\uff10206731645",
            "\u0660206731645",
            "020673164\u2075",
            "0206731645\x00",
            "0206731645;",
        ],
    )
    def test_is_unreadable_with_anything_else_in_it(self, text):
        with pytest.raises(NumberUnreadable) as refusal:
            EnterpriseNumber.parse(text)
        assert refusal.value.found == {"kind": "enterprise"}

    @pytest.mark.parametrize("stored", [-1, 0, 10**10, 2297964444])
    def test_is_not_made_from_a_stored_number_that_cannot_be_one(self, stored):
        with pytest.raises(Refused):
            EnterpriseNumber.from_int(stored)

    def test_ends_in_97_where_the_remainder_is_nought_and_never_in_00(self):
        assert EnterpriseNumber.parse("0000009797").digits == "0000009797"
        with pytest.raises(CheckDigitsWrong):
            EnterpriseNumber.parse("0000009700")


class TestAnUnitNumber:
    def test_of_an_establishment_begins_with_two_to_eight_and_is_shown_in_groups(self):
        assert EstablishmentNumber("2297964444").screen == "2.297.964.444"
        for text in ("0206731645", "1000000021", "9000006626"):
            with pytest.raises(NumberUnreadable):
                EstablishmentNumber.parse(text)

    def test_of_a_branch_begins_with_nine_and_is_shown_in_groups(self):
        assert BranchNumber.parse("9.000.006.626").screen == "9.000.006.626"
        with pytest.raises(NumberUnreadable):
            BranchNumber.parse("2297964444")


class TestAnEmployerNumber:
    @pytest.mark.parametrize(
        ("text", "screen"),
        [("935467", "0009354-67"), ("187995796", "1879957-96"), ("5134794036", "51347940-36")],
    )
    def test_is_shown_with_its_leading_noughts(self, text, screen):
        assert NssoNumber.parse(text).screen == screen

    @pytest.mark.parametrize(
        ("number", "readable"),
        [
            (99_909, False),
            (100_006, True),
            (999_999_965, True),
            (1_000_000_062, False),
            (5_000_000_023, False),
            (5_000_000_120, True),
            (5_999_999_989, True),
            (6_000_000_086, False),
        ],
    )
    def test_with_right_check_digits_lies_inside_one_of_two_ranges(self, number, readable):
        assert number % 97 == 96
        if readable:
            assert NssoNumber(number).number == number
        else:
            with pytest.raises(NumberUnreadable):
                NssoNumber(number)

    @pytest.mark.parametrize(
        ("number", "readable"),
        [(0, False), (100, False), (101, True), (99_999_926, True), (100_000_027, False)],
    )
    def test_of_an_administration_lies_inside_its_range(self, number, readable):
        if readable:
            assert str(PplNumber(number)) == str(number)
        else:
            with pytest.raises(NumberUnreadable):
                PplNumber(number)


class TestASecretariatNumber:
    @pytest.mark.parametrize("text", ["331/2", "331-2", "331.2", "331 2", " 331/2"], ids=repr)
    def test_is_read_with_any_separator_before_the_branch(self, text):
        assert str(SsaNumber.parse(text)) == "331/2"

    @pytest.mark.parametrize(
        "text", ["", "33", "3312", "331/", "331/1234", "331//2", "A31", "\uff1331", "331/\u0662"]
    )
    def test_of_another_form_is_unreadable(self, text):
        with pytest.raises(NumberUnreadable):
            SsaNumber.parse(text)

    @pytest.mark.parametrize(("house", "branch"), [("331/2", ""), ("331", "2/"), ("", "331")])
    def test_cannot_hide_its_branch_in_the_house(self, house, branch):
        with pytest.raises(NumberUnreadable):
            SsaNumber(house, branch)

    def test_keeps_its_leading_noughts(self):
        assert str(SsaNumber.parse("007")) == "007"


class TestAnyText:
    @pytest.mark.parametrize("kind", READERS, ids=lambda kind: kind.__name__)
    @given(text=st.one_of(st.text(), OTHER_DIGITS, CONTROLS_AMONG_DIGITS, SHAPED))
    def test_is_read_or_refused_and_never_breaks_a_reader(self, kind, text):
        with contextlib.suppress(Refused):
            assert str(kind.parse(text))

    @pytest.mark.parametrize("kind", READERS, ids=lambda kind: kind.__name__)
    @given(text=OTHER_DIGITS.filter(lambda text: not text.isascii()))
    def test_in_digits_of_another_script_is_refused(self, kind, text):
        with pytest.raises(Refused):
            kind.parse(text)

    @pytest.mark.parametrize("kind", READERS, ids=lambda kind: kind.__name__)
    @pytest.mark.parametrize("text", ["1" * 10_000, " " * 10_000, "\x00" * 10, "\ud800", "\x1b[2J"])
    def test_of_a_hostile_kind_is_refused(self, kind, text):
        with pytest.raises(Refused):
            kind.parse(text)
