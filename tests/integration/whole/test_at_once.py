"""Replacing, closing and delegating one mandate at the same moment, on real connections."""

import dataclasses
import datetime

from mahis.domain.parties import Quality
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.store import models
from mahis.usecases import close, delegate, draw_up
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, LIMITS, moment
from tests.integration.usecases.test_concurrency import all_at_once

ROUNDS = 50
#: What a loser may be told: that something has happened meanwhile, or what stands in the way now.
CLEAR = {"stalePage", "replacedHasEnd", "heldByAnother", "doneMeanwhile"}


class Round:
    """One principal, its present mandatary, a former one, and one that is to take over."""

    def __init__(self, stage, number, former, newcomer):
        client = scene.an_enterprise(1000 + number, name=f"Client {number}")
        director = scene.somebody(
            1000 + number, enterprise=client, quality=Quality.COMPANY_WITHOUT_STAFF
        )
        self.stage = dataclasses.replace(stage, client=client, director=director)
        self.former, self.newcomer = former, newcomer
        past = datetime.date(2025, 2, 10)
        ended = self.stage.draw(
            "single", other=former[0], start="1/2025", end="2/2025", signing=True, on=past
        )
        self.stage.sign(ended, former[1], on=past)
        self.present = self.stage.active("single", start="3/2025", on=datetime.date(2025, 7, 10))
        self.row = models.Mandate.objects.get(authorisation_id=self.present.number)
        self.pending = draw_up.draw_up(
            actor=director,
            draft_id=None,
            wanted=draw_up.Wanted(
                other_party=newcomer[0],
                groups=("single",),
                period=QuarterPeriod(Quarter.parse("2/2027")),
                replaces={"single": self.row.reference},
            ),
            signing=True,
            limits=LIMITS,
            at=moment(),
            on=DAY,
        )
        self.version = self.stage.row(self.present).version

    def replace(self):
        """Let the newcomer sign, who takes over from 2/2027."""
        self.stage.sign(self.pending, self.newcomer[1], version=2)

    def close(self):
        """Let the principal close the mandate, later than the newcomer would take over."""
        closing = close.Closing(
            reference=self.present,
            version=self.version,
            places=(1,),
            end=Quarter.parse("4/2027"),
        )
        close.close(actor=self.stage.director, closing=closing, limits=LIMITS, at=moment(), on=DAY)

    def delegate(self):
        """Let the present mandatary delegate what the former one had."""
        wanted = delegate.Wanted(
            mandate=self.row.reference,
            version=self.version,
            delegate=self.former[0],
            application=None,
            quarters=QuarterPeriod(Quarter.parse("1/2025"), Quarter.parse("2/2025")),
        )
        delegate.delegate(actor=self.stage.accountant, wanted=wanted, at=moment(), on=DAY)

    def check(self, replaced, closed, delegated):
        """Check that what was told is what stands, and that nothing happened by halves."""
        old, new = (
            models.Mandate.objects.get(authorisation_id=each.number)
            for each in (self.present, self.pending)
        )
        took_over = new.state.value == "active"
        given = models.Delegation.objects.filter(mandate=old).count()
        # Both give the mandate its end: the one that comes second finds it there.
        assert (closed is None) is not (replaced is None)
        assert (replaced is None) is took_over
        assert old.quarters.end == Quarter.parse("1/2027" if took_over else "4/2027")
        # Closing and delegating are done from the same page: only the first of them counts.
        assert (delegated is None) is (given == 1)
        assert not (closed is None and delegated is None)
        for refused in filter(None, (replaced, closed, delegated)):
            assert isinstance(refused, Refused)
            assert refused.code in CLEAR, refused
        for reference in (self.present, self.pending):
            assert self.stage.chain_holds(reference)


def test_fifty_times_one_of_those_that_exclude_each_other_wins(committed_db):
    stage = scene.set_up()
    former, newcomer = scene.another_provider(500), scene.another_provider(501)
    for number in range(ROUNDS):
        this = Round(stage, number, former, newcomer)
        this.check(*all_at_once(this.replace, this.close, this.delegate))


def test_an_act_on_what_was_closed_or_replaced_since_says_so(committed_db):
    stage = scene.set_up()
    former, newcomer = scene.another_provider(500), scene.another_provider(501)
    this = Round(stage, 0, former, newcomer)
    assert all_at_once(this.replace) == [None]
    (closed,) = all_at_once(this.close)
    (delegated,) = all_at_once(this.delegate)
    assert (closed.code, delegated.code) == ("stalePage", "stalePage")
