"""The clock over 400 uneven days: each mandate where the table says, each warning exactly once."""

import collections
import contextlib
import dataclasses
import datetime
import random
from zoneinfo import ZoneInfo

import pytest

from mahis.domain.conditions import Limits
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import HOLDING_STATES, State
from mahis.domain.notices import WARNINGS
from mahis.domain.parties import Actor, ProviderStatus, Quality, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.jobs import registry
from mahis.jobs.clock import Clock
from mahis.queries import verify_history
from mahis.store import loading, models
from mahis.usecases import close, draw_up, refuse, sign, withdraw
from tests.factories import mandates, register
from tests.integration.jobs import almanac
from tests.integration.jobs.almanac import (
    ONE_DAY,
    UNFINISHED,
    Paper,
    Place,
    Starter,
    Warned,
    last_day_of,
)

FIRST = datetime.date(2026, 11, 23)
DAYS = 400
LIMITS = Limits()
QUARTERS = [f"{number}/{year}" for year in (2026, 2027) for number in (1, 2, 3, 4)]
#: Long enough to leave out no group of states.
PAPERS = 63


def moment(day, hour=6):
    return datetime.datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Brussels"))


@dataclasses.dataclass
class Town:
    """Companies and providers, what they have signed, and what they do on a day."""

    dice: random.Random
    papers: dict[int, Paper] = dataclasses.field(default_factory=dict)
    directors: dict[int, Actor] = dataclasses.field(default_factory=dict)
    starters: dict[EnterpriseNumber, Starter] = dataclasses.field(default_factory=dict)
    #: Everything that the clock should have warned of, and when.
    warned: dict[Warned, datetime.date] = dataclasses.field(default_factory=dict)

    def __post_init__(self):
        register.a_matrix()
        self.provider = register.a_provider()
        self.accountant = register.acting(self.provider, Quality.SERVICE_PROVIDER, may_sign=True)
        self.groups = [
            register.a_group(f"g{place}", single=place % 2 == 0, employers_only=place % 3 == 0)
            for place in range(6)
        ]

    def company(self):
        """Found a company with a director; some will be employers."""
        number = register.an_enterprise()
        begins = self.dice.choice([None, None, FIRST + self.dice.randrange(-5, 300) * ONE_DAY])
        if begins:
            register.registered_as_employer(number, begins=begins)
        director = register.acting(number, Quality.COMPANY_WITHOUT_STAFF, may_sign=True)
        return number, director, begins

    def populate(self):
        """Write authorisations in every state, drawn up over the last months."""
        states = list(State) * (PAPERS // len(State))
        for state in states:
            self.write(state)
        for after in (-160, -150, -130, -100, -60, 0, 30, 45, 70, 100):
            self.begin_provider(FIRST + after * ONE_DAY)

    def write(self, state):
        number, director, employer_from = self.company()
        groups = self.dice.sample(self.groups, self.dice.choice([1, 1, 2, 3]))
        if state in HOLDING_STATES:
            only = state is State.IDENTIFICATION
            groups = [each for each in groups if each.employers_only == only] or [
                next(each for each in self.groups if each.employers_only == only)
            ]
        start = self.dice.choice(QUARTERS[:5])
        later = [each for each in QUARTERS if last_day_of(each) >= last_day_of(start)]
        end = self.dice.choice([None, *later])
        day = FIRST - self.dice.randrange(0, 89) * ONE_DAY
        row = mandates.an_authorisation(
            number,
            self.provider,
            *groups,
            state=state,
            start=start,
            end=end,
            drawn_up_by=self.dice.choice(list(Side)),
            drawn_up_on=day,
            signed=(self.dice.choice(list(Side)),) if state is State.PENDING else None,
        )
        rows = models.Validation.objects.filter(authorisation=row)
        signed = {side.value for side in rows.values_list("side", flat=True)}
        paper = self.know(row, director, employer_from=employer_from, signed=signed)
        self.grant(paper, groups, state=state.value, ends=end, day=day)

    def know(self, row, director, *, employer_from, signed):
        self.directors[row.pk] = director
        paper = self.papers[row.pk] = Paper(
            number=row.pk,
            expires=row.expires_on,
            signed=signed,
            employer_from=employer_from,
            places={},
        )
        return paper

    @staticmethod
    def grant(paper, groups, *, state, ends, day):
        for place, group in enumerate(groups, start=1):
            paper.places[place] = Place(
                state=state,
                employers_only=group.employers_only,
                ends=last_day_of(ends) if ends else None,
                told=day,
            )

    def begin_provider(self, accepted):
        # Every month has a twenty-eighth.
        accepted = accepted.replace(day=min(accepted.day, 28))
        years, month = divmod(accepted.month + 5, 12)
        last_day = accepted.replace(year=accepted.year + years, month=month + 1)
        number = register.an_enterprise("New Provider")
        models.Provider.objects.create(
            enterprise=number, status=ProviderStatus.ACTIVE, begins=accepted
        )
        self.starters[number] = Starter(accepted=accepted, last_day=last_day)

    # -- what people do

    def act(self, day, *, unwatched):
        """Let a few people do something; more of them where the clock stands still."""
        for _ in range(self.dice.choice([1, 2, 3] if unwatched else [0, 0, 1, 2])):
            self.dice.choice([self.draw, self.sign, self.close, self.give_up, self.begin])(day)

    def pick(self, day, *states):
        """Choose an authorisation whose first mandate truly is in one of some states."""
        fitting = [
            paper
            for paper in self.papers.values()
            if paper.states_on(day)[1] in states and not paper.places[1].is_over(day)
        ]
        return self.dice.choice(fitting) if fitting else None

    def known_by(self, paper, day):
        """Give what every act is told."""
        row = models.Authorisation.objects.get(pk=paper.number)
        return {
            "reference": row.reference,
            "version": row.version,
            "limits": LIMITS,
            "at": moment(day, 10),
            "on": day,
        }

    def draw(self, day, other=None):
        _, director, employer_from = self.company()
        groups = self.dice.sample(self.groups, 2)
        start = Quarter.containing(day) + 1
        end = self.dice.choice([None, start, start + 1])
        reference = draw_up.draw_up(
            actor=director,
            draft_id=None,
            wanted=draw_up.Wanted(
                other_party=other or self.provider,
                groups=tuple(group.code for group in groups),
                period=QuarterPeriod(start, end),
            ),
            signing=False,
            limits=LIMITS,
            at=moment(day, 10),
            on=day,
        )
        row = models.Authorisation.objects.get(pk=reference.number)
        ends = end.screen if end else None
        paper = self.know(row, director, employer_from=employer_from, signed=set())
        self.grant(paper, groups, state="toBeFinalised", ends=ends, day=day)
        return paper

    def sign(self, day, paper=None, accountant=None):
        paper = paper or self.pick(day, *UNFINISHED)
        if paper is None:
            return
        side = self.dice.choice(sorted(set(almanac.SIDES) - paper.signed))
        people = {
            "mandator": self.directors[paper.number],
            "mandatary": accountant or self.accountant,
        }
        sign.sign(actor=people[side], **self.known_by(paper, day))
        paper.signed_by(side, day)

    def close(self, day):
        paper = self.pick(day, "active")
        if paper is None:
            return
        open_ones = [
            number
            for number, place in paper.places.items()
            if place.ends is None and place.state == "active"
        ]
        known = self.known_by(paper, day)
        starts = models.Mandate.objects.filter(authorisation=paper.number)
        end = max([Quarter.containing(day), *(each.quarters.start for each in starts)])
        if not open_ones:
            return
        closing = close.Closing(
            reference=known.pop("reference"),
            version=known.pop("version"),
            places=(open_ones[0],),
            end=end,
        )
        close.close(actor=self.directors[paper.number], closing=closing, **known)
        place = paper.places[open_ones[0]]
        place.ends, place.told = last_day_of(end.screen), day

    def give_up(self, day):
        paper = self.pick(day, "pending")
        if paper is None:
            return
        people = {"mandator": self.directors[paper.number], "mandatary": self.accountant}
        (awaited,) = set(almanac.SIDES) - paper.signed
        known = self.known_by(paper, day)
        drawn_by = models.Authorisation.objects.get(pk=paper.number).drawn_up_by.value
        if drawn_by == awaited:
            refuse.refuse(actor=people[awaited], reason="No longer needed", **known)
            paper.becomes("rejected", day)
        else:
            withdraw.withdraw(actor=people[drawn_by], **known)
            paper.becomes("withdrawn", day)

    def begin(self, day):
        """Give a new provider its first mandate, in time or not."""
        waiting = [
            (number, starter)
            for number, starter in self.starters.items()
            if not (starter.lapsed or starter.mandate_from) and starter.accepted <= day
        ]
        if not waiting or self.dice.random() < 0.85:
            return
        number, starter = self.dice.choice(waiting)
        partner = register.acting(number, Quality.SERVICE_PROVIDER, may_sign=True)
        paper = self.draw(day, other=number)
        for _ in almanac.SIDES:
            self.sign(day, paper, partner)
        starter.mandate_from = day

    # -- what the clock should have done

    def look(self, day):
        """Work out what the clock does on a day."""
        for paper in self.papers.values():
            for warned in paper.look(day):
                self.warned.setdefault(warned, day)
        for number, starter in self.starters.items():
            if starter.look(day):
                key = (number.as_int, "mandatary", "providerLapsesSoon", starter.last_day, 30)
                self.warned[key] = day


def recorded():
    """Give the recorded state of every mandate, by authorisation and place."""
    rows = models.Mandate.objects.values_list("authorisation_id", "place", "state")
    return {(number, place): state.value for number, place, state in rows}


def expected(town, day):
    return {
        (paper.number, place): state
        for paper in town.papers.values()
        for place, state in paper.states_on(day).items()
    }


def warnings():
    """Give every warning and the day on which it was written; fails where one is there twice."""
    found = {}
    for row in models.Notice.objects.filter(telling__in=WARNINGS):
        about = row.authorisation_id or loading.number_of(row.recipient_id).as_int
        key = (about, row.side.value, row.telling.value, row.warns_of, row.days_before)
        assert key not in found
        found[key] = row.created_at.astimezone(ZoneInfo("Europe/Brussels")).date()
    return found


@contextlib.contextmanager
def clock_at(time):
    clock = Clock(registry.JOBS, now=lambda: time["at"])
    try:
        yield clock
    finally:
        clock.close()


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.TRUST = dataclasses.replace(settings.TRUST, folder=tmp_path)
    settings.DOCUMENTS_DIR = tmp_path / "documents"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_every_mandate_is_where_the_table_says_and_every_warning_came_once(committed_db, seed):
    dice = random.Random(seed)
    town = Town(dice)
    town.populate()
    looks = almanac.run_days(dice, first=FIRST, days=DAYS)
    assert max(b - a for a, b in zip(sorted(looks), sorted(looks)[1:], strict=False)).days >= 20
    time: dict[str, datetime.datetime] = {}
    with clock_at(time) as clock:
        for after in range(DAYS + 1):
            day = FIRST + after * ONE_DAY
            if day in looks:
                time["at"] = moment(day)
                ran = clock.run_due()
                assert {each.problem for each in ran} == {""}
                town.look(day)
                assert recorded() == expected(town, day)
                assert warnings() == town.warned
            town.act(day, unwatched=day not in looks)

    told = collections.Counter(telling for _, _, telling, _, _ in town.warned)
    assert min(told.values()) >= 3, "the town is too quiet to show anything"
    assert set(told) == {telling.value for telling in WARNINGS}
    _require_that_what_happened_was_told_once()
    for number, starter in town.starters.items():
        status = loading.provider_statuses([number], on=FIRST + DAYS * ONE_DAY)[number]
        assert (status is ProviderStatus.LAPSED) == starter.lapsed
    assert {starter.lapsed for starter in town.starters.values()} == {True, False}
    checkpoints = verify_history.verify().checkpoints
    assert len(checkpoints) == len(looks)
    assert all(each.holds for each in checkpoints)


def _require_that_what_happened_was_told_once():
    """Require two notices for each thing that an act or the clock did, and a delivery for each."""
    steps = models.HistoryEntry.objects.values_list("authorisation_id", "version").distinct()
    of_steps = models.Notice.objects.filter(history_number__isnull=False)
    # What is about a provider alone is told to it alone.
    told = of_steps.exclude(authorisation=None).values_list(
        "authorisation_id", "history_number", "telling"
    )
    counts = collections.Counter(told)
    assert set(counts.values()) == {2}
    assert len(counts) >= len(steps)
    assert models.Notice.objects.filter(delivery=None).count() == 0


def test_a_second_look_at_the_same_moment_does_nothing(committed_db):
    town = Town(random.Random(3))
    town.populate()
    for after in (0, 61, 84, 120, 300):
        day = FIRST + after * ONE_DAY
        done = [sum(job.run(at=moment(day), on=day).values()) for job in registry.JOBS]
        assert sum(done) > 0
        town.look(day)
        assert (recorded(), warnings()) == (expected(town, day), town.warned)
        # A checkpoint is made once a day, all else whenever something is to be done.
        again = {job.name: job.run(at=moment(day), on=day) for job in registry.JOBS}
        assert {count for counts in again.values() for count in counts.values()} == {0}
