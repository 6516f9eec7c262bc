"""Numbers with right check digits from ranges that nobody was given a number from."""

import datetime

from mahis.domain.identifiers import (
    EnterpriseNumber,
    EstablishmentNumber,
    Insz,
    NssoNumber,
    SsaNumber,
)

_MODULUS = 97

#: Numbers that official documents use as examples; invented ones must not be taken for them.
PUBLISHED = frozenset(
    {
        "0202239951", "0206731645", "0409536968", "0314595348", "0884303369", "0473077710",
        "0200065765", "2297964444", "53480200724", "81050103522", "10000100182", "92400006909",
        "00003241778", "80240199943", "19282416134", "19082416188",
    }
)  # fmt: skip

# The oldest enterprise numbers begin with 02; those from 0150 on were never given out.
_FIRST_ENTERPRISE = 1_500_000
_ENTERPRISE_STEP = 137
# Establishments really begin with 20 to 23.
_FIRST_ESTABLISHMENT = 80_000_000
_ESTABLISHMENT_STEP = 89
# The high end of the published range of employers, and of that of provisional numbers.
_FIRST_EMPLOYER = 1_800_000
_FIRST_PROVISIONAL = 59_000_000
_FIRST_SECRETARIAT = 901
# Real counters of a day of birth seldom pass a few hundred.
_FIRST_COUNTER = 900
_COUNTERS = 90
_FIRST_BIRTH = datetime.date(1945, 1, 1)
# Days of birth end with 1999, and a step without common divisor visits each of them once.
_BIRTH_DAYS = 20_001
_BIRTH_STEP = 7_919


class Numbers:
    """Gives every number once, always in the same order."""

    def __init__(self) -> None:
        self._enterprises = 0
        self._establishments = 0
        self._employers = 0
        self._provisional = 0
        self._secretariats = 0
        self._persons = 0

    def enterprise(self) -> EnterpriseNumber:
        """Give the next enterprise number."""
        base = _FIRST_ENTERPRISE + self._enterprises * _ENTERPRISE_STEP
        self._enterprises += 1
        return EnterpriseNumber(_ten_digits(base))

    def establishment(self) -> EstablishmentNumber:
        """Give the next establishment number."""
        base = _FIRST_ESTABLISHMENT + self._establishments * _ESTABLISHMENT_STEP
        self._establishments += 1
        return EstablishmentNumber(_ten_digits(base))

    def employer(self) -> NssoNumber:
        """Give the next definitive number of an employer."""
        self._employers += 1
        return _nsso(_FIRST_EMPLOYER + self._employers * 7)

    def provisional(self) -> NssoNumber:
        """Give the next provisional number of an employer."""
        self._provisional += 1
        return _nsso(_FIRST_PROVISIONAL + self._provisional)

    def secretariat(self) -> SsaNumber:
        """Give the next number of a social secretariat."""
        self._secretariats += 1
        return SsaNumber(f"{_FIRST_SECRETARIAT + self._secretariats - 1:03d}")

    def person(self) -> Insz:
        """Give the next national number."""
        place = self._persons
        self._persons += 1
        rounds, day = divmod(place, _BIRTH_DAYS)
        birth = _FIRST_BIRTH + datetime.timedelta(days=day * _BIRTH_STEP % _BIRTH_DAYS)
        return person_number(birth, counter=_FIRST_COUNTER + (place + rounds) % _COUNTERS)


def person_number(birth: datetime.date, *, counter: int, bis: bool = False) -> Insz:
    """Give the national number of a day of birth and a counter; `bis`: of somebody abroad."""
    month = birth.month + (40 if bis else 0)
    base = f"{birth.year % 100:02d}{month:02d}{birth.day:02d}{counter:03d}"
    checked = int(base) + (2_000_000_000 if birth.year >= 2000 else 0)  # noqa: PLR2004
    return Insz(f"{base}{_MODULUS - checked % _MODULUS:02d}")


def _ten_digits(base: int) -> str:
    return f"{base:08d}{_MODULUS - base % _MODULUS:02d}"


def _nsso(base: int) -> NssoNumber:
    check = (96 - (base * 100) % _MODULUS) or _MODULUS
    return NssoNumber(base * 100 + check)
