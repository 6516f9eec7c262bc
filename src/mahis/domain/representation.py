"""Who may sign for an enterprise: functions held on a day, held against the representatives matrix.

The real matrix is not public (docs/explanation/divergences.md), so it is data: versions that the
operator loads. This module only says how an answer follows from functions and matrix.
"""

import dataclasses
import datetime
import enum
import itertools

from mahis.domain.groups import Validity
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.refusals import Forbidden

#: What stands in the matrix for natural persons, who have no legal form.
NATURAL_PERSON = "naturalPerson"
#: Functions that a chain may have, from the enterprise to the person; a longer one gives no power.
LONGEST_CHAIN = 20
#: Links that are tried for one office. Far more than any register has, unless enterprises
#: represent each other all round, where trying every way would never end.
_MOST_LINKS = 5_000


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
    #: Legal form and the two functions that sign together, in either order; where they are the
    #: same, two persons hold it.
    joint: frozenset[tuple[str, str, str]] = frozenset()

    def admits(self, *, legal_form: str, function: str) -> bool:
        """Say whether a function may sign alone for enterprises of a legal form."""
        return (legal_form, function) in self.entries

    def partners(self, *, legal_form: str, function: str) -> frozenset[str]:
        """Give the functions together with which a function may sign for a legal form."""
        pairs = [pair for form, *pair in self.joint if form == legal_form and function in pair]
        return frozenset(one if other == function else other for one, other in pairs)


@dataclasses.dataclass(frozen=True, kw_only=True)
class JointPower:
    """One way to sign together with another."""

    #: The offices that give it, from the enterprise to the person.
    chain: tuple[Office, ...]
    #: Codes of the functions of which another person has to hold one.
    partners: frozenset[str]

    @property
    def function(self) -> str:
        """Code of the function in the enterprise itself."""
        return self.chain[0].function


@dataclasses.dataclass(frozen=True, kw_only=True)
class SigningPower:
    """The answer to "may this person sign for this enterprise today", with its ground.

    The person may sign alone, or only together with another (`joint`), or not (`why_not`).
    """

    #: The offices that give the power, from the enterprise to the person; empty: no power.
    chain: tuple[Office, ...] = ()
    #: Why not; None where there is power.
    why_not: NoPower | None = None
    #: Where the person may not sign alone: the ways to sign together with another.
    joint: tuple[JointPower, ...] = ()

    @property
    def granted(self) -> bool:
        """Say whether the person may sign, be it together with another."""
        return self.why_not is None

    @property
    def alone(self) -> bool:
        """Say whether the signature of this person is enough."""
        return self.granted and not self.joint

    @property
    def functions(self) -> frozenset[str]:
        """Give the codes of the functions in the enterprise itself by which the person signs."""
        if self.joint:
            return frozenset(way.function for way in self.joint)
        return frozenset(office.function for office in self.chain[:1])


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
    representative, over LONGEST_CHAIN functions at most; a loop gives no power. Whoever may sign
    alone by one function is not held to sign with another by a second one.
    """
    if matrix is None:
        return SigningPower(why_not=NoPower.NO_MATRIX)
    best = NoPower.NO_FUNCTION
    joint: list[JointPower] = []
    for office in (each for each in offices if each.enterprise == enterprise):
        search = _Search(person=person, offices=offices, matrix=matrix, on=on)
        answer = search.follow(office, frozenset({enterprise}))
        if answer.granted:
            if matrix.admits(legal_form=legal_form, function=office.function):
                return answer
            partners = matrix.partners(legal_form=legal_form, function=office.function)
            if partners:
                joint.append(JointPower(chain=answer.chain, partners=partners))
            answer = SigningPower(why_not=NoPower.FUNCTION_NOT_IN_MATRIX)
        best = _more_telling(best, answer.why_not or best)
    if joint:
        return SigningPower(chain=joint[0].chain, joint=tuple(joint))
    return SigningPower(why_not=best)


def may_sign_together(
    *,
    enterprise: EnterpriseNumber,
    legal_form: str,
    offices: tuple[Office, ...],
    matrix: Matrix | None,
    on: datetime.date,
) -> bool:
    """Say whether two persons could sign together for an enterprise on a day.

    Then a form needs room for two signatures, even where somebody else may sign alone.
    """
    persons = {office.person for office in offices if office.person is not None}
    powers = [
        signing_power(
            person=person,
            enterprise=enterprise,
            legal_form=legal_form,
            offices=offices,
            matrix=matrix,
            on=on,
        )
        for person in persons
    ]
    joint = [power for power in powers if power.joint]
    return any(
        fit(power=one, functions=other.functions) for one, other in itertools.combinations(joint, 2)
    )


def fit(*, power: SigningPower, functions: frozenset[str]) -> frozenset[str]:
    """Give the functions of a person that make a signature whole with one by other functions."""
    return frozenset(way.function for way in power.joint if way.partners & functions)


def require_power(power: SigningPower) -> None:
    """Require that somebody may sign; raises MayNotSign with the reason."""
    if not power.granted:
        raise MayNotSign(reason=power.why_not)


class _Search:
    """The search for a chain from one office to a person, which ends however offices are woven."""

    def __init__(
        self, *, person: Insz, offices: tuple[Office, ...], matrix: Matrix, on: datetime.date
    ) -> None:
        self.person = person
        self.offices = offices
        self.matrix = matrix
        self.on = on
        #: Links that may still be tried; where none is left, what is not found gives no power.
        self.left = _MOST_LINKS

    def follow(self, office: Office, seen: frozenset[EnterpriseNumber]) -> SigningPower:
        """Follow one office to the person who holds it in the end."""
        if office.holder is not None:
            return self._follow_holder(office, office.holder, seen)
        if office.person != self.person:
            return SigningPower(why_not=NoPower.NO_FUNCTION)
        return _in_force(office, self.on)

    def _follow_holder(
        self, office: Office, holder: EnterpriseNumber, seen: frozenset[EnterpriseNumber]
    ) -> SigningPower:
        """Follow an office held by an enterprise through its permanent representatives."""
        if holder in seen:
            return SigningPower(why_not=NoPower.CHAIN_HAS_LOOP)
        best = NoPower.NO_FUNCTION
        for link in self._representatives(office, holder) if len(seen) < LONGEST_CHAIN else ():
            if not self.left:
                return SigningPower(why_not=NoPower.CHAIN_HAS_LOOP)
            self.left -= 1
            answer = self.follow(link, seen | {holder})
            if answer.granted:
                held = _in_force(office, self.on)
                if held.granted:
                    return SigningPower(chain=(office, *answer.chain))
                answer = held
            best = _more_telling(best, answer.why_not or best)
        return SigningPower(why_not=best)

    def _representatives(self, office: Office, holder: EnterpriseNumber) -> list[Office]:
        """Give who represents the holder of an office there, persons first: they end a search."""
        links = [
            link
            for link in self.offices
            if link.enterprise == holder
            and link.function in self.matrix.permanent_representative
            and link.represents_in in (None, office.enterprise)
        ]
        return sorted(links, key=lambda link: link.person is None)


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
