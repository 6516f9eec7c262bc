"""The life of a mandate: one table of steps, and the one function that takes a step.

Nothing else in the project assigns a state. The table reads as sentences: in this state, this
act, done by these, under these conditions, leads to that state, and is told so. The reference
docs/reference/lifecycle.md is generated from it.
"""

import dataclasses
import enum

from mahis.domain import conditions, representation
from mahis.domain.conditions import Case, Condition
from mahis.domain.mandate import State
from mahis.domain.notices import Telling
from mahis.domain.parties import Side
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.refusals import Conflict, Forbidden


class ActNotPossible(Conflict):
    """The act is not possible in the state that the mandate is in (`state`, `act`)."""

    code = "actNotPossible"


class NotForYou(Forbidden):
    """The act is possible, but for somebody else (`who` names them)."""

    code = "notForYou"


class Act(enum.Enum):
    """Everything that can happen to a mandate."""

    DRAW_UP = "drawUp"
    VALIDATE = "validate"
    UPLOAD_SCAN = "uploadScan"
    UPLOAD_SIGNED = "uploadSigned"
    REFUSE = "refuse"
    APPROVE = "approve"
    REJECT = "reject"
    IDENTIFY_EMPLOYER = "identifyEmployer"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    CLOSE = "close"
    REACH_END = "reachEnd"
    REPLACE = "replace"


class Kind(enum.Enum):
    """What kind of doer stands behind an act."""

    PARTY = "party"
    OUTSIDER = "outsider"
    OFFICER = "officer"
    CLOCK = "clock"
    REGISTER = "register"
    SUCCESSOR = "successor"


class Standing(enum.IntEnum):
    """What a person may do in a capacity; each standing includes those before it."""

    CONSULTS = 1
    MANAGES = 2
    #: Manages, and holds a function that may sign for the enterprise today.
    REPRESENTS = 3


@dataclasses.dataclass(frozen=True, kw_only=True)
class Doer:
    """Who does an act, seen from the mandate."""

    kind: Kind
    #: The side stood on; None for those that are no party.
    side: Side | None = None
    #: None for the clock, the register and a successor.
    standing: Standing | None = None


class Who(enum.Enum):
    """Who may do an act, as a sentence that a lawyer can check."""

    MANAGER_OF_EITHER_PARTY = "a manager of either party"
    MANAGER_OF_DRAWING_PARTY = "a manager of the party that drew up"
    MANAGER_OF_AWAITED_PARTY = "a manager of the party that has not signed"
    REPRESENTATIVE_OF_EITHER_PARTY = "a representative of either party"
    REPRESENTATIVE_OF_AWAITED_PARTY = "a representative of the party that has not signed"
    OFFICER = "an officer of the NSSO"
    CLOCK = "the clock"
    REGISTER = "the register of employers"
    SUCCESSOR = "the activation of a newer mandate for the same group"

    def admits(self, *, doer: Doer, case: Case) -> bool:
        """Say whether somebody is one of these."""
        if self in _ALONE:
            managing = doer.standing is None or doer.standing >= Standing.MANAGES
            return doer.kind is _ALONE[self] and managing
        if doer.kind is not Kind.PARTY or doer.side is None or doer.standing is None:
            return False
        standing, sides = _OF_PARTIES[self]
        return doer.standing >= standing and doer.side in sides(case)


def _either(case: Case) -> frozenset[Side]:  # noqa: ARG001 - one shape for the three
    return frozenset(Side)


def _drawing(case: Case) -> frozenset[Side]:
    return frozenset({case.mandate.drawn_up_by})


def _awaited(case: Case) -> frozenset[Side]:
    return case.mandate.awaited


_ALONE = {
    Who.OFFICER: Kind.OFFICER,
    Who.CLOCK: Kind.CLOCK,
    Who.REGISTER: Kind.REGISTER,
    Who.SUCCESSOR: Kind.SUCCESSOR,
}

_OF_PARTIES = {
    Who.MANAGER_OF_EITHER_PARTY: (Standing.MANAGES, _either),
    Who.MANAGER_OF_DRAWING_PARTY: (Standing.MANAGES, _drawing),
    Who.MANAGER_OF_AWAITED_PARTY: (Standing.MANAGES, _awaited),
    Who.REPRESENTATIVE_OF_EITHER_PARTY: (Standing.REPRESENTS, _either),
    Who.REPRESENTATIVE_OF_AWAITED_PARTY: (Standing.REPRESENTS, _awaited),
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table of life."""

    #: The state before; None: the mandate does not exist yet.
    state: State | None
    act: Act
    who: Who
    conditions: tuple[Condition, ...]
    #: The states that the step can lead to, in the order in which they are tried: the first
    #: whose own entry condition holds is taken.
    to: tuple[State, ...]
    telling: tuple[Telling, ...]


_PARTIES_FIT = (
    Condition.PARTIES_DIFFER,
    Condition.PARTIES_ACTIVE,
    Condition.MANDATARY_IS_PROVIDER,
    Condition.PERIOD_INSIDE_ACTIVITY,
)
_BOTH_SIGNED = (State.IDENTIFICATION, State.ACTIVE)
_BOTH_SIGNED_TELLING = (Telling.AWAITS_IDENTIFICATION, Telling.ACTIVE)

TABLE: tuple[Row, ...] = (
    Row(
        state=None,
        act=Act.DRAW_UP,
        who=Who.MANAGER_OF_EITHER_PARTY,
        conditions=(
            *_PARTIES_FIT,
            Condition.GROUP_OPEN,
            Condition.START_WITHIN_LIMITS,
            Condition.NO_OTHER_MANDATARY,
        ),
        to=(State.TO_BE_FINALISED,),
        telling=(Telling.DRAWN_UP,),
    ),
    Row(
        state=State.TO_BE_FINALISED,
        act=Act.VALIDATE,
        who=Who.REPRESENTATIVE_OF_AWAITED_PARTY,
        conditions=(*_PARTIES_FIT, Condition.PERIOD_NOT_OVER, Condition.NO_OTHER_MANDATARY),
        to=(State.PENDING,),
        telling=(Telling.SIGNED_BY_ONE,),
    ),
    Row(
        state=State.TO_BE_FINALISED,
        act=Act.UPLOAD_SCAN,
        who=Who.MANAGER_OF_EITHER_PARTY,
        conditions=(*_PARTIES_FIT, Condition.PERIOD_NOT_OVER, Condition.NO_OTHER_MANDATARY),
        to=(State.TO_BE_VALIDATED,),
        telling=(Telling.SUBMITTED_TO_OFFICE,),
    ),
    Row(
        state=State.TO_BE_FINALISED,
        act=Act.UPLOAD_SIGNED,
        who=Who.MANAGER_OF_EITHER_PARTY,
        conditions=(*_PARTIES_FIT, Condition.PERIOD_NOT_OVER, Condition.NO_OTHER_MANDATARY),
        to=(State.PENDING, *_BOTH_SIGNED),
        telling=(Telling.SIGNED_BY_ONE, *_BOTH_SIGNED_TELLING),
    ),
    Row(
        state=State.PENDING,
        act=Act.VALIDATE,
        who=Who.REPRESENTATIVE_OF_AWAITED_PARTY,
        conditions=(
            *_PARTIES_FIT,
            Condition.PERIOD_NOT_OVER,
            Condition.LEVEL_NOT_BELOW_FIRST,
            Condition.NO_OTHER_MANDATARY,
        ),
        to=_BOTH_SIGNED,
        telling=_BOTH_SIGNED_TELLING,
    ),
    Row(
        state=State.PENDING,
        act=Act.UPLOAD_SIGNED,
        who=Who.MANAGER_OF_EITHER_PARTY,
        conditions=(
            *_PARTIES_FIT,
            Condition.PERIOD_NOT_OVER,
            Condition.LEVEL_NOT_BELOW_FIRST,
            Condition.NO_OTHER_MANDATARY,
        ),
        to=_BOTH_SIGNED,
        telling=_BOTH_SIGNED_TELLING,
    ),
    Row(
        state=State.PENDING,
        act=Act.REFUSE,
        who=Who.MANAGER_OF_AWAITED_PARTY,
        conditions=(Condition.REASON_GIVEN,),
        to=(State.REJECTED,),
        telling=(Telling.REFUSED_BY_PARTY,),
    ),
    Row(
        state=State.TO_BE_VALIDATED,
        act=Act.APPROVE,
        who=Who.OFFICER,
        conditions=(*_PARTIES_FIT, Condition.PERIOD_NOT_OVER, Condition.NO_OTHER_MANDATARY),
        to=_BOTH_SIGNED,
        telling=_BOTH_SIGNED_TELLING,
    ),
    Row(
        state=State.TO_BE_VALIDATED,
        act=Act.REJECT,
        who=Who.OFFICER,
        conditions=(Condition.REASON_GIVEN,),
        to=(State.REJECTED,),
        telling=(Telling.REJECTED_BY_OFFICE,),
    ),
    Row(
        state=State.IDENTIFICATION,
        act=Act.IDENTIFY_EMPLOYER,
        who=Who.REGISTER,
        conditions=(Condition.MANDATOR_IS_EMPLOYER,),
        to=(State.ACTIVE,),
        telling=(Telling.ACTIVE,),
    ),
    Row(
        state=State.TO_BE_FINALISED,
        act=Act.WITHDRAW,
        who=Who.MANAGER_OF_DRAWING_PARTY,
        conditions=(Condition.NOBODY_ELSE_SIGNED,),
        to=(State.WITHDRAWN,),
        telling=(Telling.WITHDRAWN,),
    ),
    Row(
        state=State.PENDING,
        act=Act.WITHDRAW,
        who=Who.MANAGER_OF_DRAWING_PARTY,
        conditions=(Condition.NOBODY_ELSE_SIGNED,),
        to=(State.WITHDRAWN,),
        telling=(Telling.WITHDRAWN,),
    ),
    Row(
        state=State.TO_BE_FINALISED,
        act=Act.EXPIRE,
        who=Who.CLOCK,
        conditions=(Condition.LIMIT_PASSED,),
        to=(State.EXPIRED,),
        telling=(Telling.EXPIRED,),
    ),
    Row(
        state=State.PENDING,
        act=Act.EXPIRE,
        who=Who.CLOCK,
        conditions=(Condition.LIMIT_PASSED,),
        to=(State.EXPIRED,),
        telling=(Telling.EXPIRED,),
    ),
    Row(
        state=State.ACTIVE,
        act=Act.CLOSE,
        who=Who.REPRESENTATIVE_OF_EITHER_PARTY,
        conditions=(
            Condition.PARTIES_ACTIVE,
            Condition.NO_END_YET,
            Condition.END_NOT_BEFORE_START,
            Condition.END_NOT_PAST,
            Condition.PERIOD_INSIDE_ACTIVITY,
        ),
        to=(State.ACTIVE,),
        telling=(Telling.END_SET,),
    ),
    Row(
        state=State.ACTIVE,
        act=Act.CLOSE,
        who=Who.OFFICER,
        conditions=(
            Condition.REASON_GIVEN,
            Condition.NO_END_YET,
            Condition.END_NOT_BEFORE_START,
        ),
        to=(State.ACTIVE,),
        telling=(Telling.END_SET,),
    ),
    Row(
        state=State.ACTIVE,
        act=Act.REACH_END,
        who=Who.CLOCK,
        conditions=(Condition.END_PASSED,),
        to=(State.CLOSED,),
        telling=(Telling.CLOSED,),
    ),
    Row(
        state=State.ACTIVE,
        act=Act.REPLACE,
        who=Who.SUCCESSOR,
        conditions=(Condition.NO_END_YET, Condition.END_NOT_BEFORE_START),
        to=(State.ACTIVE,),
        telling=(Telling.REPLACED,),
    ),
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Step:
    """One step taken in the life of one mandate."""

    act: Act
    before: State | None
    after: State
    #: The period after the step; a closing gives it its end.
    period: QuarterPeriod
    telling: Telling


def rows_for(*, state: State | None, act: Act) -> tuple[Row, ...]:
    """Give the lines of the table for a state and an act; none where the act is not possible."""
    return tuple(row for row in TABLE if row.state is state and row.act is act)


def take(*, act: Act, doer: Doer, case: Case) -> Step:
    """Take one step: look it up, check who does it, check its conditions.

    `case` holds the mandate and everything that the conditions look at. The state looked up is
    the one that holds on `case.on`, so that an ended or expired mandate is treated as such even
    before the clock has recorded it; the clock itself, which records it, looks at the record.

    Raises ActNotPossible, NotForYou, MayNotSign, or the refusal of the first condition that does
    not hold.
    """
    row = _row(act=act, doer=doer, case=case)
    for condition in row.conditions:
        conditions.require(condition, case)
    after, telling = _arrival(row, case)
    return Step(
        act=act,
        before=case.mandate.state,
        after=after,
        period=case.period_after,
        telling=telling,
    )


def may(*, act: Act, doer: Doer, case: Case) -> bool:
    """Say whether state and doer allow an act, whatever its conditions; for showing buttons."""
    rows = rows_for(state=_state_for(doer, case), act=act)
    return any(row.who.admits(doer=doer, case=case) for row in rows)


def _row(*, act: Act, doer: Doer, case: Case) -> Row:
    state = _state_for(doer, case)
    rows = rows_for(state=state, act=act)
    if not rows:
        raise ActNotPossible(state=state, act=act)
    for row in rows:
        if row.who.admits(doer=doer, case=case):
            return row
    if doer.standing is Standing.MANAGES and _lacks_only_power(rows, doer, case):
        representation.require_power(case.power)
    raise NotForYou(state=state, act=act, who=rows[0].who)


def _state_for(doer: Doer, case: Case) -> State | None:
    """Give the state that a doer meets: for the clock the recorded one, for all others the true one."""
    return case.mandate.state if doer.kind is Kind.CLOCK else case.mandate.state_on(case.on)


def _lacks_only_power(rows: tuple[Row, ...], doer: Doer, case: Case) -> bool:
    """Say whether a manager would be admitted with a function that may sign."""
    with_power = dataclasses.replace(doer, standing=Standing.REPRESENTS)
    return any(row.who.admits(doer=with_power, case=case) for row in rows)


def _arrival(row: Row, case: Case) -> tuple[State, Telling]:
    """Choose the state that a step leads to where a line names several."""
    arrivals = dict(zip(row.to, row.telling, strict=True))
    for state, telling in arrivals.items():
        if len(arrivals) == 1 or conditions.enters(state, case):
            return state, telling
    message = "the last arrival of a line always holds"
    raise AssertionError(message)
