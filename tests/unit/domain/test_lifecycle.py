"""The life of a mandate: every state, every act, everybody; what is not open is refused.

The table below is the specification. The cells around it are made from the enums, so a new
state, act or kind of doer is tested, and refused everywhere, before anybody writes a line for it.
"""

import dataclasses
import datetime
import enum
import functools
import itertools
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from mahis.domain.conditions import Case
from mahis.domain.lifecycle import (
    TABLE,
    Act,
    ActNotPossible,
    Doer,
    Kind,
    NotForYou,
    Standing,
    may,
    rows_for,
    take,
)
from mahis.domain.mandate import (
    RUNNING_STATES,
    AuthorisationReference,
    Mandate,
    MandateReference,
    State,
)
from mahis.domain.parties import ActivityPeriod, Party, Side
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.refusals import Conflict, Forbidden, Refused
from mahis.domain.representation import MayNotSign, NoPower, Office, SigningPower
from mahis.domain.signing import Level
from tests.unit.domain import reading, situations
from tests.unit.domain.reading import WHO, words
from tests.unit.domain.situations import NOW, ON

# The awaited party is one that has not signed. "upload signed 1": a document with signatures of
# one party that had not signed yet. "active*": identification instead, where the group is for
# employers only and the mandator is none. "no, ...": refused for that reason, whoever does it.
# "delegate 1": a mandate that has begun.
# "X, ending": the end quarter is known and still to come. "X, over": the end quarter and the
# limit for finishing have passed. "withdraw 1": what both have signed, and took the place of
# another mandate; "withdraw 0": took the place of none. A state without such lines of its own is
# treated as X.
OPEN_CELLS = """
state                 | act               | who                               | leads to

not drawn up          | draw up           | manager of either party           | to be finalised
not drawn up, over    | draw up           | manager of either party           | no, startTooEarly

to be finalised       | validate          | representative of awaited party   | pending
to be finalised       | upload scan       | manager of either party           | to be validated
to be finalised       | upload signed 0   | manager of either party           | no, noNewSignature
to be finalised       | upload signed 1   | manager of either party           | pending
to be finalised       | upload signed 2   | manager of either party           | active*
to be finalised       | withdraw          | manager of the party that drew up | withdrawn
to be finalised       | expire            | clock                             | no, notYet
to be finalised       | cease             | register                          | expired
to be finalised, over | expire            | clock                             | expired

pending               | validate          | representative of awaited party   | active*
pending               | upload signed 0   | manager of either party           | no, noNewSignature
pending               | upload signed 1   | manager of either party           | active*
pending               | refuse            | manager of awaited party          | rejected
pending               | withdraw          | manager, drew up and signed       | withdrawn
pending               | withdraw          | manager, drew up, other signed    | no, othersHaveSigned
pending               | expire            | clock                             | no, notYet
pending               | cease             | register                          | expired
pending, over         | expire            | clock                             | expired

to be validated       | approve           | officer                           | active*
to be validated       | reject            | officer                           | rejected
to be validated       | cease             | register                          | expired
to be validated, over | approve           | officer                           | no, periodOver
to be validated, over | cease             | register                          | expired
to be validated, over | reject            | officer                           | rejected

identification        | identify employer | register                          | active
identification        | close             | representative of either party    | identification
identification        | close             | officer                           | identification
identification        | withdraw 0        | representative of either party    | no, replacesNothing
identification        | withdraw 1        | representative of either party    | withdrawn
identification        | replace           | newer mandate                     | identification
identification        | reopen            | newer mandate                     | no, endOfItsOwn
identification        | reach end         | clock                             | no, notYet
identification        | cease             | register                          | withdrawn
identification, ending | identify employer | register                         | active
identification, ending | close            | representative of either party    | no, endAlreadySet
identification, ending | close            | officer                           | no, endAlreadySet
identification, ending | withdraw 0       | representative of either party    | no, replacesNothing
identification, ending | withdraw 1       | representative of either party    | no, endAlreadySet
identification, ending | replace          | newer mandate                     | no, endAlreadySet
identification, ending | reopen           | newer mandate                     | identification
identification, ending | reach end        | clock                             | no, notYet
identification, ending | cease            | register                          | withdrawn
identification, over  | reach end         | clock                             | closed

active                | close             | representative of either party    | active
active                | close             | officer                           | active
active                | withdraw 0        | representative of either party    | no, replacesNothing
active                | withdraw 1        | representative of either party    | withdrawn
active                | replace           | newer mandate                     | active
active                | reopen            | newer mandate                     | no, endOfItsOwn
active                | reach end         | clock                             | no, notYet
active                | cease             | register                          | withdrawn
active                | end employer      | register                          | active
active                | delegate 0        | manager of mandatary              | no, mandateNotBegun
active                | delegate 1        | manager of mandatary              | active
active                | end delegation    | manager of mandatary              | active
active                | end delegation    | manager of delegate               | active
active                | end delegation    | officer                           | active
active, ending        | close             | representative of either party    | no, endAlreadySet
active, ending        | close             | officer                           | no, endAlreadySet
active, ending        | withdraw 0        | representative of either party    | no, replacesNothing
active, ending        | withdraw 1        | representative of either party    | no, endAlreadySet
active, ending        | replace           | newer mandate                     | no, endAlreadySet
active, ending        | reopen            | newer mandate                     | active
active, ending        | reach end         | clock                             | no, notYet
active, ending        | cease             | register                          | withdrawn
active, ending        | end employer      | register                          | active
active, ending        | delegate 0        | manager of mandatary              | no, mandateNotBegun
active, ending        | delegate 1        | manager of mandatary              | active
active, ending        | end delegation    | manager of mandatary              | active
active, ending        | end delegation    | manager of delegate               | active
active, ending        | end delegation    | officer                           | active
active, over          | reach end         | clock                             | closed

closed                | end delegation    | clock                             | closed
"""

# Both parties are told of every step, under this heading.
TOLD = """
act               | the mandate is now | both parties are told

draw up           | to be finalised    | drawn up
validate          | pending            | signed by one
validate          | active             | active
validate          | identification     | awaits identification
upload scan       | to be validated    | submitted to office
upload signed     | pending            | signed by one
upload signed     | active             | active
upload signed     | identification     | awaits identification
refuse            | rejected           | refused by party
approve           | active             | active
approve           | identification     | awaits identification
reject            | rejected           | rejected by office
identify employer | active             | active
withdraw          | withdrawn          | withdrawn
expire            | expired            | expired
close             | active             | end set
close             | identification     | end set
reach end         | closed             | closed
replace           | active             | replaced
delegate          | active             | delegated
end delegation    | active             | delegation ended
end delegation    | closed             | delegation ended
replace           | identification     | replaced
reopen            | active             | reopened
reopen            | identification     | reopened
cease             | expired            | party ceased
cease             | withdrawn          | party ceased
end employer      | active             | employer ceased
"""


class Line(NamedTuple):
    """One open cell, as written above."""

    state: str
    act: str
    who: str
    leads_to: str


class Time(enum.Enum):
    """How the mandate's period and its limit for finishing stand to the day of the act."""

    RUNNING = ""
    ENDING = ", ending"
    OVER = ", over"


class Cell(NamedTuple):
    """One cell of the product, with the lines that are written for its state and act."""

    doer: Doer
    case: Case
    act: Act
    lines: tuple[Line, ...]


LINES = [Line(*cells) for cells in reading.lines(OPEN_CELLS)]
HEADINGS = {(act, state): told for act, state, told in reading.lines(TOLD)}
STATES = [None, *State]
PERIODS = {
    Time.RUNNING: QuarterPeriod(NOW + 1),
    Time.ENDING: QuarterPeriod(NOW + 1, NOW + 3),
    Time.OVER: QuarterPeriod(NOW - 3, NOW - 1),
}
LIMITS_PASS = {
    Time.RUNNING: ON,
    Time.ENDING: ON + datetime.timedelta(days=90),
    Time.OVER: ON - datetime.timedelta(days=1),
}
OLDER = MandateReference(AuthorisationReference(2025, 7), 1)
SUBSETS = [frozenset(sides) for count in range(3) for sides in itertools.combinations(Side, count)]


def _lines_for(state: State | None, time: Time, doer: Doer) -> list[Line]:
    own = [line for line in LINES if line.state == words(state) + time.value]
    general = [line for line in LINES if line.state == words(state)]
    if not own or time is not Time.OVER:
        return own or general
    if doer.kind is Kind.CLOCK:
        # The clock meets the state that it is about to change.
        return own + general
    # To all others the state has changed already, recorded or not.
    met = "closed" if state in RUNNING_STATES else ""
    return [line for line in own if line.who != "clock"] + [
        line for line in LINES if line.state == met
    ]


def _mandates(state: State | None, time: Time) -> Iterator[Mandate]:
    older = (None, OLDER) if state in RUNNING_STATES else (None,)
    for drawn_up_by, signed, employers_only, replaces in itertools.product(
        Side, SUBSETS, [False, True], older
    ):
        if len(signed) in situations.SIGNATURES[state]:
            yield situations.mandate(
                state=state,
                period=PERIODS[time],
                expires_on=LIMITS_PASS[time],
                drawn_up_by=drawn_up_by,
                signed=signed,
                first_level=Level.AUTHENTICATION if signed else None,
                group=dataclasses.replace(situations.GROUP, employers_only=employers_only),
                replaces=replaces,
            )


def _cases(act: Act, doer: Doer, mandate: Mandate) -> Iterator[Case]:
    """Give the cases in which everything that the act asks for is there."""
    signings = [frozenset[Side]()]
    if act is Act.VALIDATE and doer.side is not None:
        signings = [frozenset({doer.side})]
    if act is Act.UPLOAD_SIGNED:
        signings = SUBSETS
    if act is Act.DELEGATE and mandate.period.start > NOW:
        begun = dataclasses.replace(mandate, period=QuarterPeriod(NOW - 1, mandate.period.end))
        yield situations.case(mandate=begun)
    for signing, is_employer in itertools.product(signings, [True, False]):
        if act is Act.IDENTIFY_EMPLOYER and not is_employer:
            continue
        if act is Act.END_EMPLOYER and (is_employer or not mandate.group.employers_only):
            continue
        yield situations.case(
            mandate=mandate,
            mandator=_mandator(act, is_employer=is_employer),
            signing=signing,
            level=Level.EID if act is Act.UPLOAD_SIGNED else Level.AUTHENTICATION,
            end=NOW + 2 if act in (Act.CLOSE, Act.REPLACE) else None,
            undone_end=NOW + 3 if act is Act.REOPEN else None,
        )


def _mandator(act: Act, *, is_employer: bool) -> Party:
    """Give the mandator: ceased, or an employer no more, for the acts that are about that."""
    yesterday = ON - datetime.timedelta(days=1)
    activity = situations.bakery().activity
    return situations.bakery(
        is_employer=is_employer,
        activity=ActivityPeriod(activity.begins, yesterday if act is Act.CEASE else None),
        employer_until=yesterday if act is Act.END_EMPLOYER else None,
    )


def _act_as_written(act: Act, case: Case) -> str:
    if act is Act.UPLOAD_SIGNED:
        return f"{words(act)} {len(case.signing - case.mandate.signed)}"
    if act is Act.WITHDRAW and case.mandate.state in RUNNING_STATES:
        return f"{words(act)} {int(case.mandate.replaces is not None)}"
    if act is Act.DELEGATE:
        return f"{words(act)} {int(case.mandate.period.start <= NOW)}"
    return words(act)


@functools.cache
def _cells(state: State | None, act: Act) -> list[Cell]:
    return [
        Cell(doer, case, act, tuple(line for line in lines if line.act == written))
        for time in Time
        for doer in reading.DOERS
        for lines in [_lines_for(state, time, doer)]
        for mandate in _mandates(state, time)
        for case in _cases(act, doer, mandate)
        for written in [_act_as_written(act, case)]
    ]


def _open_line(cell: Cell) -> Line | None:
    admitting = (line for line in cell.lines if WHO[line.who](cell.doer, cell.case.mandate))
    return next(admitting, None)


def _refusal(cell: Cell) -> Refused | None:
    try:
        take(act=cell.act, doer=cell.doer, case=cell.case)
    except Refused as refusal:
        return refusal
    return None


def _refusal_of_closed(cell: Cell) -> type[Refused]:
    if not cell.lines:
        return ActNotPossible
    with_function = dataclasses.replace(cell.doer, standing=Standing.REPRESENTS)
    lacks_function = cell.doer.standing is Standing.MANAGES and _open_line(
        cell._replace(doer=with_function)
    )
    return MayNotSign if lacks_function else NotForYou


def _arrival(line: Line, case: Case) -> str:
    waits = case.mandate.group.employers_only and not case.mandator.is_employer
    return "identification" if line.leads_to == "active*" and waits else line.leads_to.rstrip("*")


def _period_after(act: Act, case: Case) -> QuarterPeriod:
    if act is Act.REOPEN:
        return QuarterPeriod(NOW + 1)
    return QuarterPeriod(NOW + 1, NOW + 2) if case.end else case.mandate.period


EVERY_STATE_AND_ACT = pytest.mark.parametrize(
    ("state", "act"), [*itertools.product(STATES, Act)], ids=str
)


class TestEveryCell:
    @EVERY_STATE_AND_ACT
    def test_that_is_open_leads_where_the_table_says_and_tells_so(self, state, act):
        for cell in _cells(state, act):
            line = _open_line(cell)
            if line is None or line.leads_to.startswith("no, "):
                continue
            step = take(act=act, doer=cell.doer, case=cell.case)
            after = _arrival(line, cell.case)
            assert words(step.after) == after, cell
            assert words(step.telling) == HEADINGS[words(act), after]
            assert (step.act, step.before) == (act, state)
            assert step.period == _period_after(act, cell.case)

    @EVERY_STATE_AND_ACT
    def test_that_is_open_but_lacks_something_is_refused_for_that_reason(self, state, act):
        for cell in _cells(state, act):
            line = _open_line(cell)
            if line is not None and line.leads_to.startswith("no, "):
                refusal = _refusal(cell)
                assert refusal is not None, cell
                assert refusal.code == line.leads_to.removeprefix("no, "), cell

    @EVERY_STATE_AND_ACT
    def test_that_is_not_open_is_refused(self, state, act):
        for cell in _cells(state, act):
            if _open_line(cell) is None:
                assert type(_refusal(cell)) is _refusal_of_closed(cell), cell

    @EVERY_STATE_AND_ACT
    def test_offers_the_act_exactly_to_those_for_whom_it_is_open(self, state, act):
        for cell in _cells(state, act):
            is_open = _open_line(cell) is not None
            assert may(act=act, doer=cell.doer, case=cell.case) is is_open, cell


class TestTheTable:
    def test_has_a_cell_for_every_line_written_above(self):
        met = {
            _open_line(cell)
            for state, act in itertools.product(STATES, Act)
            for cell in _cells(state, act)
        }
        assert set(LINES) <= met

    def test_has_no_line_that_is_not_written_above(self):
        written = {(line.state, line.act.rstrip(" 012")) for line in LINES}
        for row in TABLE:
            assert {(words(row.state) + time.value, words(row.act)) for time in Time} & written

    def test_names_a_notice_for_every_arrival(self):
        for row in TABLE:
            assert len(row.to) == len(row.telling) == len(set(row.to))

    def test_leaves_no_state_without_a_way_in_and_none_without_a_way_out_but_the_final_ones(self):
        ways_in = {state for row in TABLE for state in row.to}
        ways_out = {row.state for row in TABLE if set(row.to) - {row.state}}
        assert ways_in == set(State)
        assert set(State) - ways_out == {
            State.REJECTED,
            State.CLOSED,
            State.WITHDRAWN,
            State.EXPIRED,
        }

    def test_lists_the_lines_of_a_state_and_an_act(self):
        for state, act in itertools.product(STATES, Act):
            assert list(rows_for(state=state, act=act)) == [
                row for row in TABLE if (row.state, row.act) == (state, act)
            ]


#: Parties without a side, outsiders with one, and persons of whom nobody asked what they may do.
NOBODY = [
    *(Doer(kind=Kind.PARTY, standing=standing) for standing in Standing),
    *(Doer(kind=Kind.PARTY, side=side) for side in Side),
    *(Doer(kind=Kind.OUTSIDER, side=side, standing=Standing.REPRESENTS) for side in Side),
    Doer(kind=Kind.OFFICER),
    Doer(kind=Kind.OUTSIDER),
]


class TestARefusal:
    def test_of_an_act_that_is_not_possible_names_state_and_act(self):
        refusal = _refusal_in(State.CLOSED, Act.CLOSE, Standing.REPRESENTS)
        assert refusal.found == {"state": State.CLOSED, "act": Act.CLOSE}
        assert isinstance(refusal, Conflict)

    def test_of_an_act_for_others_names_them(self):
        refusal = _refusal_in(State.TO_BE_VALIDATED, Act.APPROVE, Standing.REPRESENTS)
        (row,) = rows_for(state=State.TO_BE_VALIDATED, act=Act.APPROVE)
        assert refusal.found == {
            "state": State.TO_BE_VALIDATED,
            "act": Act.APPROVE,
            "who": row.who,
        }
        assert isinstance(refusal, Forbidden)

    def test_of_a_signature_says_why_there_is_no_power_to_sign(self):
        power = SigningPower(why_not=NoPower.FUNCTION_ENDED)
        refusal = _refusal_in(State.TO_BE_FINALISED, Act.VALIDATE, Standing.MANAGES, power=power)
        assert isinstance(refusal, MayNotSign)
        assert refusal.found == {"reason": NoPower.FUNCTION_ENDED}

    def test_never_lets_a_manager_sign_whatever_the_power(self):
        granted = SigningPower(chain=(_office(),))
        refusal = _refusal_in(State.TO_BE_FINALISED, Act.VALIDATE, Standing.MANAGES, power=granted)
        assert isinstance(refusal, NotForYou)

    @pytest.mark.parametrize("doer", NOBODY, ids=str)
    def test_meets_everybody_of_whom_too_little_is_known(self, doer):
        for state, act in itertools.product(STATES, Act):
            case = situations.case(mandate=situations.mandate(state=state))
            assert not may(act=act, doer=doer, case=case)

    def test_is_no_answer_to_a_pending_mandate_that_nobody_signed(self):
        # Such a row cannot be; if it is, nobody may take it for a mandate signed by both.
        case = situations.case(
            mandate=situations.mandate(state=State.PENDING),
            signing=frozenset({Side.MANDATARY}),
        )
        doer = Doer(kind=Kind.PARTY, side=Side.MANDATARY, standing=Standing.REPRESENTS)
        with pytest.raises(AssertionError, match="arrival"):
            take(act=Act.VALIDATE, doer=doer, case=case)

    def test_meets_an_end_quarter_given_to_an_act_that_sets_none(self):
        for act in set(Act) - {Act.CLOSE, Act.REPLACE}:
            with pytest.raises(ValueError, match="end quarter"):
                take(act=act, doer=reading.DOERS[0], case=situations.case(end=NOW + 2))

    def test_meets_an_end_quarter_taken_away_by_an_act_that_takes_none(self):
        for act in set(Act) - {Act.REOPEN}:
            with pytest.raises(ValueError, match="end quarter away"):
                take(act=act, doer=reading.DOERS[0], case=situations.case(undone_end=NOW + 2))


def _refusal_in(state, act, standing, **case):
    doer = Doer(kind=Kind.PARTY, side=Side.MANDATARY, standing=standing)
    cell = Cell(doer, situations.case(mandate=situations.mandate(state=state), **case), act, ())
    refusal = _refusal(cell)
    assert refusal is not None
    return refusal


def _office():
    return Office(
        enterprise=situations.ACCOUNTANT,
        function="10002",
        validity=situations.GROUP.validity,
        holder=situations.BAKERY,
    )
