"""Numbers of enterprises, employers, secretariats and persons: each a type that checks itself.

The rules are those of the Belgif reference validators; sources are named at each type.
"""

import dataclasses
import datetime
import re
from typing import ClassVar, Self

from mahis.domain.refusals import Refused

_MODULUS = 97
_SEPARATORS = re.compile(r"[\s.\-/]")
_LONGEST_TEXT = 40


class NumberUnreadable(Refused):
    """The text cannot be this kind of number: wrong length, first digit or characters."""

    code = "numberUnreadable"


class CheckDigitsWrong(Refused):
    """The number has the right form, but its check digits say that a digit is wrong."""

    code = "checkDigitsWrong"


def _digits(text: str, kind: str) -> str:
    """Take out spaces, dots, dashes and slashes; what is left must be plain digits."""
    bare = _SEPARATORS.sub("", text) if len(text) <= _LONGEST_TEXT else ""
    if not (bare.isascii() and bare.isdigit()):
        raise NumberUnreadable(kind=kind)
    return bare


def _complement_check(base: int) -> int:
    """Give the check of enterprise numbers and national numbers: 97 - (base mod 97), 1 to 97."""
    return _MODULUS - base % _MODULUS


def _employer_check(base: int) -> int:
    """Give the check of NSSO employer numbers: 96 - ((base * 100) mod 97), where 0 becomes 97."""
    return (96 - (base * 100) % _MODULUS) or _MODULUS


def _split_check(number: int) -> tuple[int, int]:
    """Split a number into what is checked and its two check digits."""
    return divmod(number, 100)


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class _TenDigits:
    """A number of ten digits whose last two are 97 minus the remainder of the first eight."""

    #: The ten digits, leading zeros kept.
    digits: str

    kind: ClassVar[str]
    form: ClassVar[re.Pattern[str]]

    def __post_init__(self) -> None:
        if not self.form.fullmatch(self.digits):
            raise NumberUnreadable(kind=self.kind)
        base, check = _split_check(int(self.digits))
        if _complement_check(base) != check:
            raise CheckDigitsWrong(kind=self.kind)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as people write it, with dots, spaces or dashes.

        Raises NumberUnreadable or CheckDigitsWrong.
        """
        return cls(_digits(text, cls.kind))

    @property
    def as_int(self) -> int:
        """The number as the whole number that the database stores."""
        return int(self.digits)

    @classmethod
    def from_int(cls, number: int) -> Self:
        """Make the number from its stored form; raises like `parse`."""
        return cls(f"{number:010d}")

    def __str__(self) -> str:
        return self.digits


class EnterpriseNumber(_TenDigits):
    """Number of an enterprise in the Crossroads Bank for Enterprises: ten digits, the first 0 or 1.

    Source: Belgif schema EnterpriseNumber. Numbers of nine digits, older than 2005, are read
    with a zero put in front.
    """

    __slots__ = ()
    kind = "enterprise"
    form = re.compile(r"[01][0-9]{9}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as people write it: dots, spaces, `BE` in front, nine old digits.

        Raises NumberUnreadable or CheckDigitsWrong.
        """
        bare = text.strip()
        if bare[:2].upper() == "BE":
            bare = bare[2:]
        digits = _digits(bare, cls.kind)
        old_length = 9
        return cls("0" + digits if len(digits) == old_length else digits)

    @property
    def screen(self) -> str:
        """The number as screens and letters show it: `0123.456.749`."""
        return f"{self.digits[:4]}.{self.digits[4:7]}.{self.digits[7:]}"


class EstablishmentNumber(_TenDigits):
    """Number of an establishment unit: ten digits, the first 2 to 8.

    Source: Belgif schema EstablishmentUnitNumber.
    """

    __slots__ = ()
    kind = "establishment"
    form = re.compile(r"[2-8][0-9]{9}")

    @property
    def screen(self) -> str:
        """The number as screens show it: `2.297.964.444`."""
        return f"{self.digits[0]}.{self.digits[1:4]}.{self.digits[4:7]}.{self.digits[7:]}"


class BranchNumber(_TenDigits):
    """Number of a branch of a foreign entity in KBO Open Data: ten digits, the first 9."""

    __slots__ = ()
    kind = "branch"
    form = re.compile(r"9[0-9]{9}")

    @property
    def screen(self) -> str:
        """The number as KBO Open Data writes it: `9.000.006.626`."""
        return f"{self.digits[0]}.{self.digits[1:4]}.{self.digits[4:7]}.{self.digits[7:]}"


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class NssoNumber:
    """Number of an employer at the NSSO, definitive or provisional (Belgif EmployerId).

    Definitive numbers count up to nine digits, provisional ones have ten and start with 5.
    The reference validator checks digits, not the documented sub-range of definitive
    numbers, and so does this type.
    """

    #: The number without category, as a whole number.
    number: int

    kind: ClassVar[str] = "nsso"
    LOWEST: ClassVar[int] = 100_006
    HIGHEST_DEFINITIVE: ClassVar[int] = 999_999_999
    LOWEST_PROVISIONAL: ClassVar[int] = 5_000_000_120
    HIGHEST_PROVISIONAL: ClassVar[int] = 5_999_999_989

    def __post_init__(self) -> None:
        if not (
            self.LOWEST <= self.number <= self.HIGHEST_DEFINITIVE
            or self.LOWEST_PROVISIONAL <= self.number <= self.HIGHEST_PROVISIONAL
        ):
            raise NumberUnreadable(kind=self.kind)
        base, check = _split_check(self.number)
        if _employer_check(base) != check:
            raise CheckDigitsWrong(kind=self.kind)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as people write it, for example `0009354-67`.

        Raises NumberUnreadable or CheckDigitsWrong.
        """
        return cls(int(_digits(text, cls.kind)))

    @property
    def is_provisional(self) -> bool:
        """Say whether the number stands in for a definitive one that is still to come."""
        return self.number >= self.LOWEST_PROVISIONAL

    @property
    def screen(self) -> str:
        """The number as screens show it: seven digits (provisional: eight), a dash, two more."""
        base, check = _split_check(self.number)
        return f"{base:08d}-{check:02d}" if self.is_provisional else f"{base:07d}-{check:02d}"

    def __str__(self) -> str:
        return str(self.number)


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class PplNumber:
    """Number of a provincial or local administration: up to six digits and two check digits.

    A value may pass this rule or that of NssoNumber; both number spaces share one type in
    the Belgif schema EmployerId.
    """

    #: The number as a whole number.
    number: int

    kind: ClassVar[str] = "ppl"
    LOWEST: ClassVar[int] = 101
    HIGHEST: ClassVar[int] = 99_999_926

    def __post_init__(self) -> None:
        if not self.LOWEST <= self.number <= self.HIGHEST:
            raise NumberUnreadable(kind=self.kind)
        base, check = _split_check(self.number)
        if (base % _MODULUS or _MODULUS) != check:
            raise CheckDigitsWrong(kind=self.kind)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as people write it; raises NumberUnreadable, CheckDigitsWrong."""
        return cls(int(_digits(text, cls.kind)))

    def __str__(self) -> str:
        return str(self.number)


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class SsaNumber:
    """Recognition number of a social secretariat: three digits, with an optional branch.

    No check digit is published; the branch is the second part that messages to secretariats
    carry. See docs/explanation/divergences.md.
    """

    #: Three digits, leading zeros kept.
    house: str
    #: Branch of the parent house: up to three digits; empty for the house itself.
    branch: str = ""

    kind: ClassVar[str] = "ssa"
    form: ClassVar[re.Pattern[str]] = re.compile(r"([0-9]{3})(?:[/\-. ]([0-9]{1,3}))?")

    def __post_init__(self) -> None:
        match = self.form.fullmatch(str(self))
        if match is None or (match[1], match[2] or "") != (self.house, self.branch):
            raise NumberUnreadable(kind=self.kind)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `331` or `331/2`; raises NumberUnreadable."""
        match = cls.form.fullmatch(text.strip())
        if match is None or not text.isascii():
            raise NumberUnreadable(kind=cls.kind)
        return cls(match[1], match[2] or "")

    def __str__(self) -> str:
        return f"{self.house}/{self.branch}" if self.branch else self.house


_BIS_UNKNOWN_GENDER = 20
_BIS_KNOWN_GENDER = 40
_MONTHS = 12
_LAST_COUNTER = 999


@dataclasses.dataclass(frozen=True, order=True, slots=True, repr=False)
class Insz:
    """National number of a person (INSZ, NISS), ordinary or bis: eleven digits.

    Source: the Belgif reference validator of Ssin. Its text and representation are masked so
    that a number cannot reach a log or an error text by accident; `digits` is the number.
    """

    #: The eleven digits, leading zeros kept.
    digits: str

    kind: ClassVar[str] = "insz"

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{11}", self.digits):
            raise NumberUnreadable(kind=self.kind)
        if not any(self._holds_in(century) for century in (1900, 2000)):
            raise CheckDigitsWrong(kind=self.kind)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as people write it, for example `53.48.02-007.24`.

        Raises NumberUnreadable or CheckDigitsWrong.
        """
        return cls(_digits(text, cls.kind))

    def _holds_in(self, century: int) -> bool:
        base, check = _split_check(int(self.digits))
        if _complement_check(base + (2_000_000_000 if century == 2000 else 0)) != check:  # noqa: PLR2004
            return False
        return self._counter_exists and self._birth_exists(century)

    @property
    def is_bis(self) -> bool:
        """Say whether this is a bis number, given to persons outside the national register."""
        return int(self.digits[2:4]) >= _BIS_UNKNOWN_GENDER

    @property
    def _counter_exists(self) -> bool:
        return self.is_bis or 0 < int(self.digits[6:9]) < _LAST_COUNTER

    def _birth_exists(self, century: int) -> bool:
        """Say whether the six digits can be a date of birth; month and day may be unknown (00)."""
        year, month, day = (int(self.digits[start : start + 2]) for start in (0, 2, 4))
        for shift in (_BIS_KNOWN_GENDER, _BIS_UNKNOWN_GENDER):
            if month >= shift:
                month -= shift
                break
        if month > _MONTHS:
            return False
        if month == 0 or day == 0:
            # An unknown part of the date is 00; behind an unknown month the days count on past 31.
            return True
        try:
            datetime.date(century + year, month, day)
        except ValueError:
            return False
        return True

    @property
    def masked(self) -> str:
        """The number with only the birth year left, for screens of officers: `53.••.••-•••.••`."""
        return f"{self.digits[:2]}.••.••-•••.••"

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return "Insz(•••)"
