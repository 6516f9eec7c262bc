"""Invented numbers with valid check digits, each different from the last."""

import itertools

from mahis.domain.identifiers import EnterpriseNumber, Insz, NssoNumber

_seeds = itertools.count(1)


def enterprise_number() -> EnterpriseNumber:
    """Make an enterprise number that nothing else in this run has."""
    base = 8_000_000 + next(_seeds)
    return EnterpriseNumber(f"{base:08d}{97 - base % 97:02d}")


def nsso_number() -> NssoNumber:
    """Make a definitive number of an employer."""
    base = 5_000 + next(_seeds)
    return NssoNumber(base * 100 + ((96 - base * 100 % 97) or 97))


def insz() -> Insz:
    """Make the national number of an invented person, born in 1975."""
    month, counter = divmod(next(_seeds), 900)
    base = f"75{month % 12 + 1:02d}01{counter + 1:03d}"
    return Insz(f"{base}{97 - int(base) % 97:02d}")
