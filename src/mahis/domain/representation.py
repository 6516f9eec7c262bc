"""Who may sign for an enterprise: functions held on a day, held against the representatives matrix.

The real matrix is not public (docs/explanation/divergences.md), so it is data: versions that the
operator loads. This module only says how an answer follows from functions and matrix.
"""

import dataclasses
import datetime
import enum

from mahis.domain.groups import Validity
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.refusals import Forbidden

#: What stands in the matrix for natural persons, who have no legal form.
NATURAL_PERSON = "naturalPerson"


class MayNotSign(Forbidden):
    """The person may not sign or close for this enterprise today (`reason` says why)."""

    code = "mayNotSign"


class NoPower(enum.Enum):
    """Why somebody may not sign."""

    NO_FUNCTION = "noFunction"
    FUNCTION_NOT_BEGUN = "functionNotBegun"
    FUNCTION_ENDED = "functionEnded"
    FUNCTION_NOT_IN_MATRIX = "functionNotInMatrix"
    NO_MATRIX = "noMatrix"
    CHAIN_HAS_LOOP = "chainHasLoop"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Office:
    """One function in one enterprise, held by a person or by another enterprise.

    Exactly one of `person` and `holder` is set.
    """

    enterprise: EnterpriseNumber
    #: Function code of the CBE.
    function: str
    validity: Validity
    person: Insz | None = None
    holder: EnterpriseNumber | None = None
    #: For a permanent representative: the enterprise in which the holder is represented; None:
    #: in all.
    represents_in: EnterpriseNumber | None = None

    def __post_init__(self) -> None:
        if (self.person is None) is (self.holder is None):
            message = "an office is held either by a person or by an enterprise"
            raise ValueError(message)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Matrix:
    """One version of the representatives matrix."""

    #: Name of the version, for people.
    version: str
    validity: Validity
    #: Pairs of legal form code (or NATURAL_PERSON) and function code that may sign.
    entries: frozenset[tuple[str, str]]
    #: Function codes that make somebody the permanent representative of an enterprise that
    #: holds a function elsewhere.
    permanent_representative: frozenset[str]

    def admits(self, *, legal_form: str, function: str) -> bool:
        """Say whether a function may sign for enterprises of a legal form."""
        return (legal_form, function) in self.entries


@dataclasses.dataclass(frozen=True, kw_only=True)
class SigningPower:
    """The answer to "may this person sign for this enterprise today", with its ground."""

    #: The offices that give the power, from the enterprise to the person; empty: no power.
    chain: tuple[Office, ...] = ()
    #: Why not; None where there is power.
    why_not: NoPower | None = None

    @property
    def granted(self) -> bool:
        """Say whether the person may sign."""
        return self.why_not is None


def matrix_on(*, versions: tuple[Matrix, ...], on: datetime.date) -> Matrix | None:
    """Give the version valid on a day; where several are, the one that began last."""
    valid = [version for version in versions if on in version.validity]
    return max(valid, key=lambda version: version.validity.begins, default=None)


def signing_power(
    *,
    person: Insz,
    enterprise: EnterpriseNumber,
    legal_form: str,
    offices: tuple[Office, ...],
    matrix: Matrix | None,
    on: datetime.date,
) -> SigningPower:
    """Say whether a person may sign for an enterprise on a day, and on which ground.

    `offices` holds the offices of the enterprise and of every enterprise that holds one of them,
    as far as the chain goes. A function held by an enterprise is followed to its permanent
    representative, over any number of steps; a loop gives no power.
    """
    if matrix is None:
        return SigningPower(why_not=NoPower.NO_MATRIX)
    best = NoPower.NO_FUNCTION
    for office in (each for each in offices if each.enterprise == enterprise):
        answer = _follow(office, person, offices, matrix, on, frozenset({enterprise}))
        if answer.granted:
            if matrix.admits(legal_form=legal_form, function=office.function):
                return answer
            answer = SigningPower(why_not=NoPower.FUNCTION_NOT_IN_MATRIX)
        best = _more_telling(best, answer.why_not or best)
    return SigningPower(why_not=best)


def require_power(power: SigningPower) -> None:
    """Require that somebody may sign; raises MayNotSign with the reason."""
    if not power.granted:
        raise MayNotSign(reason=power.why_not)


def _follow(  # noqa: PLR0917 - private recursion, the arguments are those of signing_power
    office: Office,
    person: Insz,
    offices: tuple[Office, ...],
    matrix: Matrix,
    on: datetime.date,
    seen: frozenset[EnterpriseNumber],
) -> SigningPower:
    """Follow one office to the person who holds it in the end."""
    if office.person is not None and office.person != person:
        return SigningPower(why_not=NoPower.NO_FUNCTION)
    if office.holder is not None:
        return _follow_holder(office, person, offices, matrix, on, seen)
    return _in_force(office, on)


def _follow_holder(  # noqa: PLR0917 - as above
    office: Office,
    person: Insz,
    offices: tuple[Office, ...],
    matrix: Matrix,
    on: datetime.date,
    seen: frozenset[EnterpriseNumber],
) -> SigningPower:
    """Follow an office held by an enterprise through its permanent representatives."""
    if office.holder in seen:
        return SigningPower(why_not=NoPower.CHAIN_HAS_LOOP)
    best = NoPower.NO_FUNCTION
    for link in offices:
        if (
            link.enterprise != office.holder
            or link.function not in matrix.permanent_representative
            or link.represents_in not in (None, office.enterprise)
        ):
            continue
        answer = _follow(link, person, offices, matrix, on, seen | {link.enterprise})
        if answer.granted:
            held = _in_force(office, on)
            if held.granted:
                return SigningPower(chain=(office, *answer.chain))
            answer = held
        best = _more_telling(best, answer.why_not or best)
    return SigningPower(why_not=best)


def _in_force(office: Office, on: datetime.date) -> SigningPower:
    """Say whether an office is in force on a day."""
    if on < office.validity.begins:
        return SigningPower(why_not=NoPower.FUNCTION_NOT_BEGUN)
    if on not in office.validity:
        return SigningPower(why_not=NoPower.FUNCTION_ENDED)
    return SigningPower(chain=(office,))


#: From the least to the most telling: what a person can best act upon is said.
_TELLING = (
    NoPower.NO_FUNCTION,
    NoPower.CHAIN_HAS_LOOP,
    NoPower.FUNCTION_ENDED,
    NoPower.FUNCTION_NOT_BEGUN,
    NoPower.FUNCTION_NOT_IN_MATRIX,
    NoPower.NO_MATRIX,
)


def _more_telling(one: NoPower, other: NoPower) -> NoPower:
    return max(one, other, key=_TELLING.index)
