"""Whatever people, the clock and the register do in whatever order: the rules hold all the time.

A machine drives the use cases on a real database beside the small model in `reference.py`. Each act
must be taken by both or refused by both, and after each the register must stand as the model does.
"""

import collections
import contextlib
import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from mahis.domain.parties import Actor, ProviderStatus, Quality
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.queries import history
from mahis.store import delegations, models
from mahis.usecases import (
    close,
    delegate,
    draw_up,
    end_delegation,
    expire,
    identify_employer,
    reach_end,
    refuse,
    sign,
    withdraw,
)
from tests.integration.usecases import scene
from tests.integration.whole import reference
from tests.integration.whole.reference import SIDES, Delegated, Line, Paper

_FIRST_DAY = datetime.date(2026, 2, 10)
_MANDATORS, _MANDATARIES = ("m1", "m2"), ("p1", "p2", "p3")
_GROUPS_TOGETHER = (
    ("single",),
    ("single",),
    ("single",),
    ("several",),
    ("payroll",),
    ("single", "several"),
    ("payroll", "single"),
)
_MOSTLY = st.sampled_from((True, True, True, False))
_FIRST_KINDS = ("draw_up", "draw_up", "become_employer")
#: What people do, the oftener the more often it stands here.
_KINDS = (
    *("draw_up",) * 5,
    *("pass_on",) * 4,
    *("sign",) * 2,
    *("close",) * 3,
    *("delegate",) * 4,
    *("end_delegation",) * 2,
    *("withdraw_replacement",) * 3,
    *("wait",) * 2,
    *("withdraw",) * 2,
    *("refuse",) * 2,
    "let_the_clock_work",
    "become_employer",
)


class Sequence(RuleBasedStateMachine):
    """Acts in any order; every example begins with an empty register."""

    #: How often each act was taken and refused, and what else was done.
    counted: collections.Counter[tuple[str, str]] = collections.Counter()

    def __init__(self) -> None:
        super().__init__()
        self._undone = contextlib.ExitStack()
        self._undone.enter_context(_undone_at_the_end())
        self.model = reference.Register(_FIRST_DAY)
        self.numbers: dict[int, Delegated] = {}
        self.people = self._stage()

    def teardown(self) -> None:
        """Check that every history is whole, then undo it all."""
        try:
            for paper in self.model.papers:
                shown = history.of_authorisation(
                    actor=self.people["office"], reference=paper.reference, language="en"
                )
                assert shown is not None
                assert shown.chain_holds
        finally:
            self._undone.close()

    @staticmethod
    def _stage() -> dict[str, Actor]:
        people = {}
        for seed, name in enumerate((*_MANDATORS, *_MANDATARIES, "office"), start=1):
            number = scene.an_enterprise(seed, name=name)
            quality = Quality.COMPANY_WITHOUT_STAFF
            if name in _MANDATARIES:
                quality = Quality.SERVICE_PROVIDER
                models.Provider.objects.create(
                    enterprise=number,
                    status=ProviderStatus.ACTIVE,
                    begins=datetime.date(2010, 1, 1),
                )
            if name == "office":
                quality = Quality.NSSO_OFFICER
            people[name] = scene.somebody(seed, enterprise=number, quality=quality)
        models.MatrixVersion.objects.create(
            name="test",
            begins=datetime.date(2000, 1, 1),
            entries=[f"{scene.LEGAL_FORM}:{scene.MANAGER_FUNCTION}"],
        )
        for code, (single, employers) in reference.GROUPS.items():
            scene.a_group(code, single=single, employers_only=employers)
        return people

    # -- what both do, and whether both do it

    def both(self, expected: bool, act, *, name: str = "", **told) -> Any:  # noqa: FBT001 - what the model said
        """Do in the register what the model did or refused; nothing half-way."""
        moment: dict[str, Any] = {"at": scene.moment(self.model.day), "on": self.model.day}
        name = name or act.__name__
        try:
            given = act(**told, **moment)
        except Refused:
            if expected:
                raise
            self.counted[name, "refused"] += 1
            return None
        self.counted[name, "taken"] += 1
        assert expected, "the register takes what the model refuses"
        return given

    def row(self, paper: Paper) -> models.Authorisation:
        """Read an authorisation."""
        return models.Authorisation.objects.get(pk=paper.reference.number)

    def of(self, paper: Paper, side: str) -> dict[str, Any]:
        """Give who acts on an authorisation for a side, on a page made just now."""
        return {
            "actor": self.people[paper.party(side)],
            "reference": paper.reference,
            "version": self.row(paper).version,
        }

    @rule(data=st.data())
    def act(self, data):
        """Let somebody do something, mostly what can be done, or let time pass."""
        chosen = data.draw(st.sampled_from(_KINDS if self.model.papers else _FIRST_KINDS))
        getattr(self, chosen)(data.draw)

    def draw_up(self, draw):
        """Draw up, perhaps to replace whoever is in the way, and perhaps sign at once."""
        lasting = draw(st.sampled_from((None, None, None, 0, 1, 3)))
        start = self.model.now + draw(st.sampled_from((0, 0, 0, 1, 1, 2, 3, 4, 5, -1)))
        parties = draw(st.sampled_from(_MANDATORS)), draw(st.sampled_from(_MANDATARIES))
        lines = [
            Line(
                group=group,
                mandator=parties[0],
                mandatary=parties[1],
                start=start,
                end=None if lasting is None else start + lasting,
            )
            for group in draw(st.sampled_from(_GROUPS_TOGETHER))
        ]
        replacing = draw(st.sampled_from((True, True, False)))
        signing = draw(st.sampled_from(((), SIDES[:1], SIDES[1:], SIDES, SIDES, SIDES)))
        self._draw(lines, side=draw(st.sampled_from(SIDES)), replacing=replacing, signing=signing)

    def pass_on(self, draw):
        """Let another mandatary take over what somebody has, and perhaps wait until it begins."""
        _, held = self._line(
            draw,
            lambda paper, line: (
                line.state == "active" and line.end is None and reference.GROUPS[line.group][0]
            ),
        )
        first = max(self.model.now, held.start + 1)
        taking_over = Line(
            group=held.group,
            mandator=held.mandator,
            mandatary=draw(
                st.sampled_from([each for each in _MANDATARIES if each != held.mandatary])
            ),
            start=first + draw(st.sampled_from((0, 1, 1, 2))),
            end=None,
        )
        side = draw(st.sampled_from(SIDES))
        self._draw([taking_over], side=side, replacing=True, signing=SIDES)
        if draw(st.booleans()):
            self.wait(draw)

    def _draw(self, lines: list[Line], *, side: str, replacing: bool, signing) -> None:
        paper = Paper(reference=None, lines=lines, drawn_by=side, last_day=self.model.day)
        if replacing:
            for line in lines:
                holders = self.model.in_the_way(line)
                line.replaces = holders[0] if holders and reference.GROUPS[line.group][0] else None
        expected = self.model.draw(paper)
        paper.reference = self.both(
            expected,
            draw_up.draw_up,
            actor=self.people[paper.party(side)],
            draft_id=None,
            wanted=draw_up.Wanted(
                other_party=self.people[paper.party(_other(side))].enterprise,
                groups=tuple(line.group for line in lines),
                period=_period(lines[0].start, lines[0].end),
                replaces={
                    line.group: self.reference_of(line.replaces)
                    for line in lines
                    if line.replaces is not None
                },
            ),
            signing=False,
            limits=scene.LIMITS,
        )
        for each in signing if expected else ():
            self._sign(paper, each)

    def sign(self, draw):
        """Sign for a party."""
        paper = self._paper(draw, lambda paper, line: line.state in reference.UNFINISHED)
        self._sign(paper, self._side(draw, paper))

    def _sign(self, paper: Paper, side: str) -> None:
        told = self.of(paper, side)
        self.both(self.model.sign(paper, side), sign.sign, **told, limits=scene.LIMITS)

    def refuse(self, draw):
        """Refuse to sign."""
        paper = self._paper(draw, lambda paper, line: line.state == "pending")
        side = self._side(draw, paper)
        told = self.of(paper, side)
        expected = self.model.refuse(paper, side)
        self.both(expected, refuse.refuse, **told, reason="no", limits=scene.LIMITS)

    def withdraw(self, draw):
        """Take back what one drew up, all of it."""
        paper = self._paper(
            draw,
            lambda paper, line: (
                line.state in reference.UNFINISHED and not paper.signed - {paper.drawn_by}
            ),
        )
        side = paper.drawn_by if draw(_MOSTLY) else draw(st.sampled_from(SIDES))
        told = self.of(paper, side)
        if all(self.model.shown(paper, line) in reference.RUNNING for line in paper.lines):
            expected = self.model.undo(paper, paper.lines)
        else:
            expected = self.model.withdraw(paper, side)
        self.both(expected, withdraw.withdraw, **told, limits=scene.LIMITS)

    def withdraw_replacement(self, draw):
        """Take back one replacement."""
        paper, line = self._line(
            draw, lambda paper, line: line.replaces and line.start > self.model.now
        )
        side = draw(st.sampled_from(SIDES))
        told = self.of(paper, side)
        if self.model.shown(paper, line) in reference.UNFINISHED:
            return
        expected = self.model.undo(paper, [line])
        places = (paper.lines.index(line) + 1,)
        self.both(
            expected, withdraw.withdraw, name="undo", **told, places=places, limits=scene.LIMITS
        )

    def close(self, draw):
        """Give a mandate its end quarter."""
        paper, line = self._line(
            draw, lambda paper, line: line.state in reference.RUNNING and line.end is None
        )
        end = max(self.model.now, line.start) + draw(st.sampled_from((0, 0, 0, 1, 3, -1, -2)))
        told = self.of(paper, draw(st.sampled_from(SIDES)))
        closing = close.Closing(
            reference=paper.reference,
            version=told["version"],
            places=(paper.lines.index(line) + 1,),
            end=_quarter(end),
        )
        expected = self.model.close(paper, line, end)
        self.both(expected, close.close, actor=told["actor"], closing=closing, limits=scene.LIMITS)

    def delegate(self, draw):
        """Let a former mandatary act for past quarters."""
        paper, source = self._line(draw, lambda paper, line: self._formers(line))
        formers = self._formers(source)
        if formers and draw(st.sampled_from((True, True, False))):
            former = draw(st.sampled_from(formers))
            delegate_to, start = former.mandatary, former.start
            end = draw(st.sampled_from((former.start, former.end, former.end + 1)))
        else:
            delegate_to = draw(st.sampled_from(_MANDATARIES))
            start = self.model.now - draw(st.integers(0, 5))
            end = start + draw(st.integers(0, 3))
        wanted = Delegated(source=source, delegate=delegate_to, start=start, end=end)
        told = self.of(paper, "mandatary")
        number = self.both(
            self.model.delegate(source, wanted),
            delegate.delegate,
            actor=told["actor"],
            wanted=delegate.Wanted(
                mandate=self.reference_of(source),
                version=told["version"],
                delegate=self.people[delegate_to].enterprise,
                application=None,
                quarters=_period(start, end),
            ),
        )
        if number is not None:
            self.numbers[number] = wanted

    def end_delegation(self, draw):
        """End a delegation, by either of the two."""
        if not self.numbers:
            return
        number = draw(st.sampled_from(sorted(self.numbers)))
        delegation = self.numbers[number]
        who = draw(st.sampled_from((delegation.delegate, delegation.source.mandatary)))
        self.both(
            self.model.end_delegation(delegation),
            end_delegation.end,
            actor=self.people[who],
            number=number,
            limits=scene.LIMITS,
        )

    def wait(self, draw):
        """Let time pass, with nobody recording it."""
        self.model.day += datetime.timedelta(days=draw(st.sampled_from((1, 30, 90, 90, 100))))
        self.counted["wait", "taken"] += 1

    def let_the_clock_work(self, draw):
        """Record what time has brought about."""
        moment: dict[str, Any] = {"at": scene.moment(self.model.day), "on": self.model.day}
        expire.record_expired(**moment)
        reach_end.record_ended(**moment)
        end_delegation.record_over(**moment)
        self.model.tick()
        self.counted["clock", "taken"] += 1

    def become_employer(self, draw):
        """Register an employer, for whom what waited becomes active."""
        which = draw(st.sampled_from(_MANDATORS))
        if which in self.model.employers:
            return
        number = self.people[which].enterprise
        models.Employer.objects.create(enterprise=number, nsso_number=100006, begins=self.model.day)
        identify_employer.identify(at=scene.moment(self.model.day), on=self.model.day)
        self.model.employ(which)
        self.counted["employ", "taken"] += 1

    # -- choosing: mostly where something can be done, sometimes anywhere

    def _line(self, draw, fits) -> tuple[Paper, Line]:
        lines = self.model.lines()
        fitting = [each for each in lines if fits(*each)]
        return draw(st.sampled_from(fitting if fitting and draw(_MOSTLY) else lines))

    def _paper(self, draw, fits) -> Paper:
        return self._line(draw, fits)[0]

    def _side(self, draw, paper: Paper) -> str:
        awaited = [side for side in SIDES if side not in paper.signed]
        return draw(st.sampled_from(awaited if awaited and draw(_MOSTLY) else SIDES))

    def _formers(self, source: Line) -> list[Line]:
        """Give the mandates that others had of what somebody has now."""
        if not self.model.runs(source):
            return []
        return [
            line
            for _, line in self.model.lines()
            if (line.mandator, line.group) == (source.mandator, source.group)
            and line.mandatary != source.mandatary
            and line.state in reference.HOLDING
            and line.end is not None
            and line.end < self.model.now
        ]

    # -- what must hold after every act

    @invariant()
    def the_register_stands_as_the_model_does(self):
        """States, as shown and as recorded, periods, and who replaced whom."""
        for paper in self.model.papers:
            rows = models.Mandate.objects.filter(authorisation=paper.reference.number)
            for row, line in zip(rows.order_by("place"), paper.lines, strict=True):
                assert row.state.value == line.state
                assert row.quarters == _period(line.start, line.end)
                assert (row.replaces is None) is (line.replaces is None)
                if row.replaces is not None and line.replaces is not None:
                    assert row.replaces.reference == self.reference_of(line.replaces)

    @invariant()
    def nobody_shares_what_one_alone_may_have(self):
        """In no quarter do two mandataries hold a group that is for one at a time."""
        rows = models.Mandate.objects.filter(
            group__single_mandatary=True, state__in=reference.HOLDING
        )
        held: dict[tuple[object, object], list[QuarterPeriod]] = {}
        for row in rows:
            others = held.setdefault((row.mandator_id, row.group_id), [])
            assert not any(row.quarters.overlaps(other) for other in others)
            others.append(row.quarters)

    @invariant()
    def no_quarter_is_lost_or_doubled_between_two(self):
        """Who was replaced holds until the quarter before the other's first."""
        replacing = models.Mandate.objects.filter(
            replaces__isnull=False, state__in=reference.HOLDING
        ).select_related("replaces")
        for row in replacing:
            assert row.replaces is not None
            assert row.replaces.quarters.end == row.quarters.start - 1

    @invariant()
    def no_right_survives_its_source(self):
        """A delegation holds exactly where the model says so: never without its mandate."""
        day = self.model.day
        for number, delegation in self.numbers.items():
            row = models.Delegation.objects.select_related(
                "application", "mandate__authorisation", "mandate__group"
            ).get(pk=number)
            holds = delegations.of_row(row).because(day) is None
            assert holds is self.model.holds(delegation)
            if holds:
                assert row.mandate.state.value == "active"
                assert Quarter.containing(day) in row.mandate.quarters

    def reference_of(self, line: Line):
        """Give the reference of a mandate."""
        paper = next(paper for paper, each in self.model.lines() if each is line)
        rows = models.Mandate.objects.select_related("authorisation")
        place = paper.lines.index(line) + 1
        return rows.get(authorisation=paper.reference.number, place=place).reference


@contextlib.contextmanager
def _undone_at_the_end():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _other(side: str) -> str:
    return next(each for each in SIDES if each != side)


def _quarter(number: int) -> Quarter:
    return Quarter(number)


def _period(start: int, end: int | None) -> QuarterPeriod:
    return QuarterPeriod(_quarter(start), None if end is None else _quarter(end))


#: What has to have happened, so that the rules were really tried: each act, yes and no.
_ACTS = ("draw_up", "sign", "refuse", "withdraw", "undo", "close", "delegate", "end")


def _try(*, examples: int, steps: int) -> None:
    run(
        Sequence,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        ),
    )


@pytest.mark.django_db
def test_a_few_sequences_leave_the_register_as_the_rules_say():
    _try(examples=12, steps=30)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.timeout(1800)
def test_ten_thousand_steps_leave_the_register_as_the_rules_say():
    Sequence.counted.clear()
    while Sequence.counted.total() < 10_000:
        _try(examples=50, steps=60)
    for act in _ACTS:
        for outcome in ("taken", "refused"):
            assert Sequence.counted[act, outcome] >= 5, Sequence.counted
