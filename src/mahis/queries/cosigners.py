"""Who is awaited where one person has signed for a party, and another has to sign too."""

import dataclasses
import datetime
import enum

from mahis.domain import cosigning
from mahis.domain.cosigning import FirstOfTwo
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.representation import SigningPower
from mahis.queries import labels
from mahis.store import loading
from mahis.store.models import Enterprise


class Part(enum.Enum):
    """What somebody is to the signature of their party, of which another gave the first half."""

    #: They gave it themselves.
    SIGNED = "signed"
    #: They can make it whole.
    COMPLETES = "completes"
    #: They may sign, but not together with the first.
    DOES_NOT_FIT = "doesNotFit"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Cosigning:
    """How the half signature of a party stands, for one of its people."""

    #: None for those who may not sign.
    part: Part | None
    #: Labels of the functions whose holders can make it whole.
    completed_by: tuple[str, ...]


def of(
    *,
    person: Insz,
    power: SigningPower,
    enterprise: EnterpriseNumber,
    first: FirstOfTwo,
    on: datetime.date,
    language: str,
) -> Cosigning:
    """Say who can make a half signature of an enterprise whole, and whether a person is one."""
    return Cosigning(
        part=_part(person, power, first),
        completed_by=functions(
            enterprise=enterprise, beside=first.functions, on=on, language=language
        ),
    )


def functions(
    *, enterprise: EnterpriseNumber, beside: frozenset[str], on: datetime.date, language: str
) -> tuple[str, ...]:
    """Give the labels of the functions whose holders may sign after one by some functions."""
    matrix = loading.matrix_on(on)
    row = Enterprise.objects.filter(number=enterprise).first()
    if matrix is None or row is None:
        return ()
    form = row.form_for_matrix
    codes = {function for known, function in matrix.entries if known == form}
    for function in beside:
        codes |= matrix.partners(legal_form=form, function=function)
    found = labels.of_codes(category=labels.FUNCTION, codes=codes, language=language)
    return tuple(sorted(found.values(), key=str.casefold))


def _part(person: Insz, power: SigningPower, first: FirstOfTwo) -> Part | None:
    if first.person == person:
        return Part.SIGNED
    if not power.granted:
        return None
    completes = cosigning.adding(power=power, first=first).completes
    return Part.COMPLETES if completes else Part.DOES_NOT_FIT
