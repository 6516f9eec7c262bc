"""National numbers: which exist, and that none ever shows itself."""

import dataclasses
import datetime
import pprint
import re
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain.identifiers import CheckDigitsWrong, Insz, NumberUnreadable
from mahis.domain.parties import Person
from mahis.domain.refusals import Refused
from tests.unit.domain import slips


def _with_check(nine: str, century: int) -> str:
    base = int(("2" if century == 2000 else "") + nine)
    return f"{nine}{97 - base % 97:02d}"


def _number(day: datetime.date, shift: int, counter: int) -> str:
    nine = f"{day.year % 100:02d}{day.month + shift:02d}{day.day:02d}{counter:03d}"
    return _with_check(nine, day.year // 100 * 100)


#: Months as numbers write them; nought is a month that is not known.
MONTHS = range(13)

NUMBERS = st.builds(
    _number,
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)),
    st.sampled_from([0, 20, 40]),
    st.integers(1, 998),
)


def _exists(digits: str) -> bool:
    """Say the same as the reference validator, written once more and differently."""
    year, month, day, counter = (int(digits[a:b]) for a, b in ((0, 2), (2, 4), (4, 6), (6, 9)))
    is_ordinary = month in MONTHS
    if is_ordinary and counter in (0, 999):
        return False
    month = {raised + month: month for raised in (0, 20, 40) for month in MONTHS}.get(month, 99)
    for century in (1900, 2000):
        if _with_check(digits[:9], century) != digits:
            continue
        if 0 in (month, day) and month in MONTHS:
            return True
        try:
            datetime.date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


class TestAPublishedVector:
    @pytest.mark.parametrize(
        "digits",
        [
            "53480200724",
            "81050103522",
            "10000100182",
            "92400006909",
            "00003241778",
            "80240199943",
            "19282416134",
            "19082416188",
        ],
    )
    def test_is_read(self, digits):
        assert Insz.parse(digits).digits == digits

    @pytest.mark.parametrize(
        ("digits", "why"),
        [
            ("81130103578", "there is no month 13"),
            ("81022903534", "1981 had no 29 February"),
            ("47060200096", "an ordinary number does not count from 000"),
            ("99020299964", "an ordinary number does not count to 999"),
            ("81050103521", "the check digits are wrong"),
        ],
    )
    def test_is_refused_because(self, digits, why):
        with pytest.raises(CheckDigitsWrong):
            Insz.parse(digits)
        assert why


class TestANationalNumber:
    @given(NUMBERS)
    def test_of_a_day_of_two_centuries_is_read(self, digits):
        assert Insz.parse(digits).digits == digits

    @given(NUMBERS)
    def test_is_read_with_the_marks_that_people_write(self, digits):
        text = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:9]}.{digits[9:]}"
        assert Insz.parse(text) == Insz(digits)

    @given(NUMBERS)
    def test_is_a_bis_number_where_the_month_is_raised(self, digits):
        assert Insz(digits).is_bis is (int(digits[2:4]) > 12)

    @given(NUMBERS)
    def test_with_one_slip_is_accepted_only_where_the_reference_would(self, digits):
        for slip in (*slips.single_digits(digits), *slips.swaps(digits)):
            assert _is_accepted(slip) is _exists(slip), slip

    @given(st.integers(0, 999_999_999), st.sampled_from([1900, 2000]))
    def test_of_any_nine_digits_is_accepted_only_where_the_reference_would(self, nine, century):
        digits = _with_check(f"{nine:09d}", century)
        assert _is_accepted(digits) is _exists(digits)

    @given(NUMBERS)
    def test_with_one_wrong_digit_never_fits_the_same_century(self, digits):
        fitting = {
            century for century in (1900, 2000) if _with_check(digits[:9], century) == digits
        }
        for slip in (*slips.single_digits(digits), *slips.swaps(digits)):
            for century in fitting:
                assert _with_check(slip[:9], century) != slip

    @pytest.mark.parametrize(
        ("nine", "century", "exists"),
        [
            # 1900 was no leap year, 2000 was.
            ("000229001", 2000, True),
            ("000229001", 1900, False),
            # An unknown day stands in a month that exists, or in an unknown one.
            ("811200001", 1900, True),
            ("811300001", 1900, False),
            ("810000001", 1900, True),
            ("815300001", 1900, False),
        ],
    )
    def test_has_a_day_that_was_or_one_that_is_not_known(self, nine, century, exists):
        assert _is_accepted(_with_check(nine, century)) is exists

    @pytest.mark.parametrize(
        "text",
        ["", "8105010352", "810501035222", "8105010352a", "\uff1881050103522"[:11], "8" * 41],
    )
    def test_of_another_form_is_unreadable(self, text):
        with pytest.raises(NumberUnreadable):
            Insz.parse(text)


class TestSecrecy:
    @pytest.mark.parametrize(
        "shown",
        [
            str,
            repr,
            format,
            pprint.pformat,
            "{}".format,
            "{0!r}".format,
            lambda number: f"{number}",
            lambda number: "%s" % number,  # noqa: UP031 - logging writes so
            lambda number: "%r" % number,  # noqa: UP031 - and so
            lambda number: repr([number, {number: number}]),
            lambda number: repr(Person(insz=number, given_name="An", family_name="Peeters")),
            lambda number: str(dataclasses.replace(number)),
            lambda number: number.masked,
        ],
    )
    @given(digits=NUMBERS)
    def test_leaves_at_most_the_year_of_birth_to_be_seen(self, shown, digits):
        seen = "".join(re.findall(r"[0-9]+", shown(Insz(digits))))
        assert seen in ("", digits[:2])

    def test_shows_the_year_of_birth_where_officers_look(self):
        assert Insz("81050103522").masked == "81.••.••-•••.••"
        assert repr(Insz("81050103522")) == "Insz(•••)"

    @given(
        st.one_of(
            NUMBERS.flatmap(lambda digits: st.sampled_from([*slips.swaps(digits)])), st.text()
        )
    )
    def test_is_kept_by_refusals_too(self, text):
        refusal = _refusal(text)
        if refusal is not None:
            assert refusal.found == {"kind": "insz"}
            assert refusal.args == (refusal.code,)
            # Nothing hangs on to the failure to make a date, which names its parts.
            assert refusal.__context__ is None
            told = "".join(traceback.format_exception_only(refusal))
            assert not re.search(r"[0-9]", told)


def _refusal(text: str) -> Refused | None:
    try:
        Insz.parse(text)
    except Refused as refusal:
        return refusal
    return None


def _is_accepted(digits: str) -> bool:
    return _refusal(digits) is None
