"""The life of a mandate: the one function that takes a step, along the table of life.

Nothing else in the project assigns a state. The words of the table (acts, doers, lines) are
reached from here. The reference docs/reference/lifecycle.md is generated from it.
"""

import dataclasses

from mahis.domain import ceasing, checks, representation
from mahis.domain.conditions import Case
from mahis.domain.doers import Doer, Kind, Standing, Who, party_doer
from mahis.domain.life_table import TABLE, Act, Row
from mahis.domain.mandate import RUNNING_STATES, State
from mahis.domain.notices import Telling
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.refusals import Conflict, Forbidden, Refused

__all__ = [
    "TABLE",
    "Act",
    "ActNotPossible",
    "Doer",
    "Kind",
    "NotForYou",
    "Row",
    "Standing",
    "Step",
    "Who",
    "may",
    "party_doer",
    "require",
    "rows_for",
    "take",
    "would_take",
]


#: The acts that give a mandate its end quarter; every other leaves the period as it is.
_SETS_AN_END = frozenset({Act.CLOSE, Act.REPLACE})


class ActNotPossible(Conflict):
    """The act is not possible in the state that the mandate is in (`state`, `act`)."""

    code = "actNotPossible"


class NotForYou(Forbidden):
    """The act is possible, but for somebody else (`who` names them)."""

    code = "notForYou"


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
    not hold; ValueError where an end quarter comes with an act that sets, or takes away, none.
    """
    if case.end is not None and act not in _SETS_AN_END:
        message = f"{act.value} sets no end quarter"
        raise ValueError(message)
    if case.undone_end is not None and act is not Act.REOPEN:
        message = f"{act.value} takes no end quarter away"
        raise ValueError(message)
    row = _row(act=act, doer=doer, case=case)
    for condition in row.conditions:
        checks.require(condition, case)
    after, telling = _arrival(row, case)
    return Step(
        act=act,
        before=case.mandate.state,
        after=after,
        period=_period_after(act, case),
        telling=telling,
    )


def may(*, act: Act, doer: Doer, case: Case) -> bool:
    """Say whether state and doer allow an act, whatever its conditions; for showing buttons."""
    rows = rows_for(state=_state_for(doer, case), act=act)
    return any(row.who.admits(doer=doer, case=case) for row in rows)


def require(*, act: Act, doer: Doer, case: Case) -> None:
    """Require that state and doer allow an act, whatever its conditions.

    Raises ActNotPossible, NotForYou or MayNotSign.
    """
    _row(act=act, doer=doer, case=case)


def would_take(*, act: Act, doer: Doer, case: Case) -> bool:
    """Say whether a step would be taken, conditions and all; for the clock and the register."""
    try:
        take(act=act, doer=doer, case=case)
    except Refused:
        return False
    return True


def _period_after(act: Act, case: Case) -> QuarterPeriod:
    """Give the period after a step; a party that has ceased cuts off what comes after it."""
    if act is Act.CEASE and case.ceased is not None and case.mandate.state in RUNNING_STATES:
        return ceasing.period_left(case.mandate.period, case.ceased)
    return case.period_after


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
    """Give the state that a doer meets: the clock the recorded one, all others the true one."""
    return case.mandate.state if doer.kind is Kind.CLOCK else case.mandate.state_on(case.on)


def _lacks_only_power(rows: tuple[Row, ...], doer: Doer, case: Case) -> bool:
    """Say whether a manager would be admitted with a function that may sign."""
    with_power = dataclasses.replace(doer, standing=Standing.REPRESENTS)
    return any(row.who.admits(doer=with_power, case=case) for row in rows)


def _arrival(row: Row, case: Case) -> tuple[State, Telling]:
    """Choose the state that a step leads to where a line names several."""
    arrivals = dict(zip(row.to, row.telling, strict=True))
    for state, telling in arrivals.items():
        if len(arrivals) == 1 or checks.enters(state, case):
            return state, telling
    message = "the last arrival of a line always holds"
    raise AssertionError(message)
