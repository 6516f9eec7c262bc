"""A small model of the register: what may happen, and what then holds, in plain numbers.

It is written from the requirements and not from the code: quarters are whole numbers, parties are
letters, and each rule is one line. Whatever the register does differently is a mistake in one.
"""

import dataclasses
import datetime
from typing import Any

MANDATOR, MANDATARY = "mandator", "mandatary"
SIDES = (MANDATOR, MANDATARY)
UNFINISHED = ("toBeFinalised", "pending")
RUNNING = ("active", "identification")
HOLDING = (*RUNNING, "closed")
AHEAD = 4
DAYS_TO_FINISH = 90
#: Groups by code: whether one mandatary at a time, whether for employers only.
GROUPS = {"single": (True, False), "several": (False, False), "payroll": (True, True)}


def quarter_of(day: datetime.date) -> int:
    """Give the number of the quarter that holds a day."""
    return day.year * 4 + (day.month - 1) // 3


@dataclasses.dataclass(eq=False)
class Line:
    """One mandate."""

    group: str
    mandator: str
    mandatary: str
    start: int
    end: int | None
    state: str = "toBeFinalised"
    #: What it is to replace, and later what it has replaced.
    replaces: "Line | None" = None
    #: Whether it ever gave a right: what ended while it still waited never did.
    was_active: bool = False

    def covers(self, quarter: int) -> bool:
        """Say whether a quarter lies in the period."""
        return self.start <= quarter and (self.end is None or quarter <= self.end)

    def overlaps(self, other: "Line") -> bool:
        """Say whether two periods share a quarter."""
        starts_in_time = other.end is None or self.start <= other.end
        return starts_in_time and (self.end is None or other.start <= self.end)


@dataclasses.dataclass(eq=False)
class Paper:
    """One authorisation."""

    #: As the register calls it; None until it is drawn up there.
    reference: Any
    lines: list[Line]
    drawn_by: str
    last_day: datetime.date
    signed: set[str] = dataclasses.field(default_factory=set)

    def party(self, side: str) -> str:
        """Give who stands on a side."""
        line = self.lines[0]
        return line.mandator if side == MANDATOR else line.mandatary


@dataclasses.dataclass(eq=False)
class Delegated:
    """One delegation."""

    source: Line
    delegate: str
    start: int
    end: int
    is_ended: bool = False


class Register:
    """Everything that there is, and the day."""

    def __init__(self, day: datetime.date) -> None:
        self.day = day
        self.papers: list[Paper] = []
        self.delegations: list[Delegated] = []
        self.employers: set[str] = set()

    # -- what holds

    @property
    def now(self) -> int:
        """The quarter of the day."""
        return quarter_of(self.day)

    def shown(self, paper: Paper, line: Line) -> str:
        """Give the state that holds on the day, whatever the clock has recorded."""
        if line.state in RUNNING and line.end is not None and line.end < self.now:
            return "closed"
        if line.state in UNFINISHED and self.day > paper.last_day:
            return "expired"
        return line.state

    def lines(self) -> list[tuple[Paper, Line]]:
        """Give every mandate with its authorisation."""
        return [(paper, line) for paper in self.papers for line in paper.lines]

    def in_the_way(self, wanted: Line, paper: Paper | None = None) -> list[Line]:
        """Give who holds quarters that a mandate needs for itself."""
        return [
            line
            for other, line in self.lines()
            if other is not paper
            and line.state in HOLDING
            and (line.group, line.mandator) == (wanted.group, wanted.mandator)
            and (GROUPS[wanted.group][0] or line.mandatary == wanted.mandatary)
            and line.overlaps(wanted)
        ]

    def gives_way(self, wanted: Line, paper: Paper | None = None) -> bool:
        """Say whether nobody is in the way, or only the one who is to be replaced."""
        holders = self.in_the_way(wanted, paper)
        return all(
            holder is wanted.replaces
            and holder.mandatary != wanted.mandatary
            and holder.end is None
            and holder.start < wanted.start
            for holder in holders
        )

    def runs(self, line: Line) -> bool:
        """Say whether a mandate gives a right today."""
        return line.state == "active" and line.covers(self.now)

    def holds(self, delegation: Delegated) -> bool:
        """Say whether a delegation gives a right today."""
        return not delegation.is_ended and self.runs(delegation.source)

    # -- what may happen; each act says whether it may, and does it

    def draw(self, paper: Paper) -> bool:
        """Draw up an authorisation."""
        for line in paper.lines:
            if not self.now <= line.start <= self.now + AHEAD:
                return False
            if line.end is not None and line.end < line.start:
                return False
            named = line.replaces
            if named is not None and named not in self.in_the_way(line):
                return False
            if not self.gives_way(line):
                return False
        paper.last_day = self.day + datetime.timedelta(days=DAYS_TO_FINISH)
        self.papers.append(paper)
        return True

    def sign(self, paper: Paper, side: str) -> bool:
        """Sign for a party."""
        for line in paper.lines:
            over = line.end is not None and line.end < self.now
            unfinished = self.shown(paper, line) in UNFINISHED
            if not unfinished or over or not self.gives_way(line, paper):
                return False
        if side in paper.signed:
            return False
        paper.signed.add(side)
        for line in paper.lines:
            self._arrive(paper, line)
        return True

    def _arrive(self, paper: Paper, line: Line) -> None:
        if paper.signed != set(SIDES):
            line.state = "pending"
            return
        waits = GROUPS[line.group][1] and line.mandator not in self.employers
        line.state = "identification" if waits else "active"
        line.was_active = not waits
        if line.replaces is not None and line.replaces in self.in_the_way(line, paper):
            line.replaces.end = line.start - 1
        else:
            line.replaces = None

    def refuse(self, paper: Paper, side: str) -> bool:
        """Refuse what the other party has signed."""
        if side in paper.signed or any(
            self.shown(paper, line) != "pending" for line in paper.lines
        ):
            return False
        return self._all_become(paper, "rejected")

    def withdraw(self, paper: Paper, side: str) -> bool:
        """Take back what nobody else has signed."""
        if any(self.shown(paper, line) not in UNFINISHED for line in paper.lines):
            return False
        if side != paper.drawn_by or paper.signed - {side}:
            return False
        return self._all_become(paper, "withdrawn")

    def undo(self, paper: Paper, lines: list[Line]) -> bool:
        """Withdraw replacements that have not begun; who was replaced goes on."""
        for line in lines:
            if self.shown(paper, line) not in RUNNING or line.replaces is None:
                return False
            if line.start <= self.now or line.end is not None:
                return False
        for line in lines:
            line.state = "withdrawn"
            assert line.replaces is not None
            line.replaces.end = None
        return True

    def close(self, paper: Paper, line: Line, end: int) -> bool:
        """Give a mandate its last quarter."""
        if self.shown(paper, line) not in RUNNING or line.end is not None:
            return False
        if end < line.start or end < self.now:
            return False
        line.end = end
        return True

    def delegate(self, source: Line, wanted: Delegated) -> bool:
        """Give a former mandatary past quarters that it had."""
        past = [
            line
            for paper, line in self.lines()
            if (line.mandator, line.group, line.mandatary)
            == (source.mandator, source.group, wanted.delegate)
            and line.state in HOLDING
            and line.was_active
        ]
        over = [line for line in past if line.end is not None and line.end < self.now]
        still = any(self.runs(line) for line in past)
        had = all(
            any(line.covers(quarter) for line in over)
            for quarter in range(wanted.start, wanted.end + 1)
        )
        twice = any(
            other.source is source
            and other.delegate == wanted.delegate
            and not other.is_ended
            and other.start <= wanted.end
            and wanted.start <= other.end
            for other in self.delegations
        )
        if not self.runs(source) or wanted.delegate == source.mandatary or still or twice:
            return False
        if not over or not had or wanted.end >= self.now or wanted.end < wanted.start:
            return False
        self.delegations.append(wanted)
        return True

    def end_delegation(self, delegation: Delegated) -> bool:
        """End a delegation that holds."""
        if not self.holds(delegation):
            return False
        delegation.is_ended = True
        return True

    # -- what happens by itself

    def tick(self) -> None:
        """Record what time has brought about."""
        for paper, line in self.lines():
            line.state = self.shown(paper, line)
        for delegation in self.delegations:
            delegation.is_ended = delegation.is_ended or not self.runs(delegation.source)

    def employ(self, mandator: str) -> None:
        """Make a mandator an employer, for whom what waited becomes active."""
        self.employers.add(mandator)
        for paper, line in self.lines():
            if line.mandator == mandator and self.shown(paper, line) == "identification":
                line.state, line.was_active = "active", True

    @staticmethod
    def _all_become(paper: Paper, state: str) -> bool:
        for line in paper.lines:
            line.state = state
        return True
