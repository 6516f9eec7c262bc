"""A party that has ceased: its mandates end, are withdrawn or expire; both are told, once."""

import datetime

import pytest

from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import MandateReference
from mahis.domain.notices import Telling
from mahis.domain.parties import Side
from mahis.jobs import settle_ceased as job
from mahis.queries import ceased
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import models
from mahis.usecases import settle_ceased
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, moment


def cease(number, day):
    """Let an enterprise have ceased from a day on."""
    models.Enterprise.objects.filter(pk=number).update(ceased_on=day)


def settle(on=DAY, minute=50):
    return settle_ceased.settle(at=moment(on, minute), on=on)


def mandate(reference, place=1):
    return models.Mandate.objects.get(authorisation_id=reference.number, place=place)


def told(reference, telling=Telling.PARTY_CEASED):
    rows = models.Notice.objects.filter(authorisation_id=reference.number, telling=telling)
    return [(row.side, row.places) for row in rows.order_by("side")]


def last_entry(reference):
    return models.HistoryEntry.objects.filter(authorisation_id=reference.number).latest("number")


class TestAnActiveMandate:
    def test_ends_with_the_quarter_of_the_last_day(self, stage):
        reference = stage.active(start="4/2026")
        cease(stage.client, datetime.date(2026, 11, 20))
        assert settle() == 1
        row = mandate(reference)
        assert (row.state.value, row.quarters.end.screen) == ("active", "4/2026")
        entry = last_entry(reference)
        assert (entry.act, entry.kind) == (Act.CEASE, Kind.REGISTER)
        assert entry.evidence == {"ceased": "mandator", "lastDay": "2026-11-19", "end": "2026Q4"}
        assert told(reference) == [(Side.MANDATARY, [1]), (Side.MANDATOR, [1])]
        assert stage.chain_holds(reference)

    def test_is_closed_at_once_where_that_quarter_is_over(self, stage):
        reference = stage.active(start="4/2026")
        later = datetime.date(2027, 2, 1)
        cease(stage.provider, datetime.date(2027, 1, 1))
        assert settle(on=later) == 1
        row = mandate(reference)
        assert (row.state.value, row.quarters.end.screen) == ("closed", "4/2026")

    def test_that_was_to_begin_later_is_withdrawn_with_its_period(self, stage):
        reference = stage.active(start="1/2027", end="2/2027")
        cease(stage.provider, DAY)
        assert settle() == 1
        row = mandate(reference)
        assert (row.state.value, row.quarters.end.screen) == ("withdrawn", "2/2027")
        assert len(told(reference)) == 2

    def test_that_ends_later_gets_the_earlier_end(self, stage):
        reference = stage.active(start="4/2026", end="3/2027")
        cease(stage.client, DAY)
        assert settle() == 1
        assert mandate(reference).quarters.end.screen == "4/2026"

    def test_that_ends_in_time_is_left_as_it_is(self, stage):
        reference = stage.active(start="4/2026", end="4/2026")
        cease(stage.client, DAY)
        assert settle() == 0
        assert told(reference) == []

    def test_goes_on_while_the_day_has_not_come(self, stage):
        reference = stage.active(start="4/2026")
        cease(stage.client, DAY + datetime.timedelta(days=1))
        assert settle() == 0
        assert settle(on=DAY + datetime.timedelta(days=1)) == 1
        assert mandate(reference).quarters.end.screen == "4/2026"

    def test_names_the_party_that_ceased_first_where_both_have(self, stage):
        reference = stage.active(start="4/2026")
        cease(stage.client, DAY)
        cease(stage.provider, DAY - datetime.timedelta(days=5))
        assert settle() == 1
        assert last_entry(reference).evidence["ceased"] == "mandatary"

    def test_is_settled_and_told_once(self, stage):
        reference = stage.active("several", "single", start="4/2026")
        cease(stage.client, DAY)
        assert settle() == 2
        assert settle(minute=51) == 0
        assert job.run(at=moment(DAY, 52), on=DAY) == {"mandates": 0}
        assert told(reference) == [(Side.MANDATARY, [1, 2]), (Side.MANDATOR, [1, 2])]


class TestAMandateThatIsNotActive:
    def test_expires_where_it_was_to_be_signed(self, stage):
        unsigned, signed_by_one = stage.draw(), stage.draw("single", signing=True)
        cease(stage.provider, DAY)
        assert settle() == 2
        assert stage.states(unsigned) == stage.states(signed_by_one) == ["expired"]
        assert len(told(unsigned)) == len(told(signed_by_one)) == 2

    def test_expires_where_the_office_was_to_check_it(self, stage):
        reference = stage.draw()
        models.Mandate.objects.filter(authorisation_id=reference.number).update(
            state="toBeValidated"
        )
        cease(stage.client, DAY)
        assert settle() == 1
        assert stage.states(reference) == ["expired"]

    def test_waits_no_more_where_it_waited_for_an_employer(self, stage):
        reference = stage.active("employers", start="4/2026")
        assert stage.states(reference) == ["identification"]
        cease(stage.client, DAY)
        assert settle() == 1
        row = mandate(reference)
        assert (row.state.value, row.quarters.end.screen) == ("identification", "4/2026")

    def test_that_is_over_stays_so(self, stage):
        reference = stage.draw()
        models.Mandate.objects.filter(authorisation_id=reference.number).update(state="rejected")
        cease(stage.client, DAY)
        assert settle() == 0

    def test_whose_limit_has_passed_is_left_to_the_clock(self, stage):
        stage.draw()
        models.Authorisation.objects.update(expires_on=DAY - datetime.timedelta(days=1))
        cease(stage.client, DAY)
        assert settle() == 0


class TestAReplacementThatNeverBegins:
    def test_gives_the_place_back(self, stage):
        first = stage.active("single", start="4/2026")
        other, accountant = scene.another_provider(30)
        replacing = stage.draw(
            "single",
            other=other,
            start="1/2027",
            signing=True,
            replaces={"single": MandateReference(first, 1)},
        )
        stage.sign(replacing, accountant)
        assert mandate(first).quarters.end.screen == "4/2026"
        cease(other, DAY)
        assert settle() == 1
        assert stage.states(replacing) == ["withdrawn"]
        assert mandate(first).quarters.end is None


class TestTheOfficersList:
    def test_holds_every_mandate_touched_and_who_has_ceased(self, stage):
        reference = stage.active("several", "single", start="4/2026")
        cease(stage.provider, DAY)
        settle()
        found = ceased.all_settled(actor=stage.officer, on=DAY, language="en")
        assert [str(line.reference) for line in found.lines] == [f"{reference}/2", f"{reference}/1"]
        line = found.lines[0]
        assert (line.number, line.name, line.is_back) == (stage.provider, "Provider BV", False)
        assert line.settled.last_day == DAY - datetime.timedelta(days=1)
        assert (found.total, found.back) == (2, 0)

    def test_says_where_the_register_says_otherwise_by_now(self, stage):
        stage.active(start="4/2026")
        cease(stage.provider, DAY)
        settle()
        cease(stage.provider, None)
        assert settle(minute=51) == 0
        found = ceased.all_settled(actor=stage.officer, on=DAY, language="en", only_back=True)
        assert (found.total, found.back, found.lines[0].is_back) == (1, 1, True)

    def test_is_for_officers(self, stage):
        with pytest.raises(OfficersOnly):
            ceased.all_settled(actor=stage.director, on=DAY, language="en")
