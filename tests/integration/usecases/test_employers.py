"""Officers register and end employers; what waits becomes active, and both parties are told."""

import dataclasses
import datetime

import pytest

from mahis.domain import employers
from mahis.domain.changes import Subject
from mahis.domain.conditions import ReasonMissing, ReasonTooLong
from mahis.domain.employers import Registration, Source
from mahis.domain.identifiers import NssoNumber
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.notices import Telling
from mahis.domain.parties import PartyNotActive, Role, Side
from mahis.queries import changes
from mahis.store import models
from mahis.usecases import end_employer, identify_employer, register_employer, tell_employers_ended
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, LIMITS, moment

NUMBER = NssoNumber(100006)
TOMORROW = DAY + datetime.timedelta(days=1)
YESTERDAY = DAY - datetime.timedelta(days=1)
REGISTERED, ENDED = moment(minute=40), moment(minute=45)
REASON = "Registered by letter"


def registration(stage, **different):
    wanted = Registration(enterprise=stage.client, nsso_number=NUMBER, begins=DAY)
    return dataclasses.replace(wanted, **different)


def register(stage, *, actor=None, reason=REASON, at=REGISTERED, on=DAY, **different):
    return register_employer.register(
        actor=actor or stage.officer,
        wanted=registration(stage, **different),
        reason=reason,
        limits=LIMITS,
        at=at,
        on=on,
    )


def ending(stage, last_day=YESTERDAY, **different):
    row = models.Employer.objects.get(enterprise=stage.client)
    number = models.Change.objects.filter(subject=Subject.EMPLOYER).count()
    wanted = end_employer.Ending(
        enterprise=stage.client,
        registration=row.pk,
        change_seen=number,
        last_day=last_day,
        reason="Ended by letter",
    )
    return dataclasses.replace(wanted, **different)


def end(stage, wanted, *, actor=None, at=ENDED, on=DAY):
    return end_employer.end(
        actor=actor or stage.officer, ending=wanted, limits=LIMITS, at=at, on=on
    )


def told(reference, telling):
    rows = models.Notice.objects.filter(authorisation_id=reference.number, telling=telling)
    return sorted(row.side.value for row in rows)


def consulting(actor):
    return dataclasses.replace(
        actor, capacity=dataclasses.replace(actor.capacity, role=Role.CONSULT)
    )


class TestRegistering:
    def test_makes_what_waits_active_at_once_and_tells_both(self, stage):
        reference = stage.active("several", "employers")
        assert register(stage) == 1
        assert stage.states(reference) == ["active", "active"]
        last = models.HistoryEntry.objects.latest("id")
        assert (last.act, last.kind, last.place) == (Act.IDENTIFY_EMPLOYER, Kind.REGISTER, 2)
        notices = models.Notice.objects.filter(telling=Telling.ACTIVE, places=[2])
        assert {notice.side for notice in notices} == set(Side)

    def test_touches_nobody_else(self, stage):
        other = scene.an_enterprise(40, name="Other")
        assert register(stage, enterprise=other) == 0

    def test_for_a_later_day_is_left_to_the_clock(self, stage):
        reference = stage.active("employers")
        assert register(stage, begins=TOMORROW) == 0
        assert stage.states(reference) == ["identification"]
        assert identify_employer.identify(at=moment(TOMORROW), on=TOMORROW) == 1
        assert stage.states(reference) == ["active"]

    def test_is_recorded_with_who_and_why(self, stage):
        register(stage)
        row = models.Employer.objects.get()
        assert (row.source, row.nsso_number, row.ends) == (Source.OFFICE, 100006, None)
        (change,) = changes.of(
            actor=stage.officer, subject=Subject.EMPLOYER, key=stage.client.digits
        )
        assert (change.act, change.kind, change.reason) == ("registered", Kind.OFFICER, REASON)
        assert change.person_name == stage.officer.person.name
        assert change.before == {}
        assert change.after == {"nssoNumber": "0001000-06", "begins": "2026-11-23", "ends": None}

    def test_rehearses_and_writes_nothing(self, stage):
        assert register(stage, at=None) == 0
        assert not models.Employer.objects.exists()

    @pytest.mark.parametrize(
        ("different", "refusal"),
        [
            ({"reason": " \n"}, ReasonMissing),
            ({"reason": "x" * 1001}, ReasonTooLong),
            ({"enterprise": scene.enterprise_number(99)}, employers.EnterpriseNotKnown),
            ({"begins": datetime.date(1999, 12, 31)}, PartyNotActive),
        ],
    )
    def test_is_refused_for_what_is_wrong(self, stage, different, refusal):
        for at in (None, moment()):
            with pytest.raises(refusal):
                register(stage, at=at, **different)
        assert not models.Employer.objects.exists()
        assert not models.Change.objects.exists()

    def test_is_for_officers_who_act(self, stage):
        for actor in (stage.director, stage.accountant, consulting(stage.officer)):
            with pytest.raises(employers.OnlyOfficersRegister):
                register(stage, actor=actor)

    def test_twice_for_the_same_days_is_refused(self, stage):
        register(stage)
        with pytest.raises(employers.AlreadyAnEmployer):
            register(stage, begins=TOMORROW, nsso_number=NssoNumber(100103))

    def test_under_a_number_of_another_is_refused(self, stage):
        register(stage)
        other = scene.an_enterprise(41, name="Other")
        with pytest.raises(employers.NssoNumberTaken) as caught:
            register(stage, enterprise=other)
        assert caught.value.found["number"] == stage.client

    def test_again_after_an_end_is_possible(self, stage):
        register(stage, begins=DAY - datetime.timedelta(days=60))
        end(stage, ending(stage))
        register(stage)
        assert models.Employer.objects.count() == 2


class TestEnding:
    @pytest.fixture
    def reference(self, stage):
        stage.become_employer(datetime.date(2020, 1, 1))
        return stage.active("several", "employers", start="4/2026")

    def test_leaves_the_mandates_and_tells_both_parties_once(self, stage, reference):
        assert end(stage, ending(stage)) == 1
        assert stage.states(reference) == ["active", "active"]
        assert told(reference, Telling.EMPLOYER_CEASED) == ["mandatary", "mandator"]
        last = models.HistoryEntry.objects.latest("id")
        assert (last.act, last.place, last.before) == (Act.END_EMPLOYER, 2, last.after)
        assert last.evidence == {"employerUntil": "2026-11-22"}
        assert tell_employers_ended.tell(at=moment(minute=50), on=DAY) == 0
        assert tell_employers_ended.tell(at=moment(TOMORROW), on=TOMORROW) == 0
        assert stage.chain_holds(reference)

    def test_tells_on_the_day_after_a_last_day_to_come(self, stage, reference):
        assert end(stage, ending(stage, last_day=DAY)) == 0
        assert told(reference, Telling.EMPLOYER_CEASED) == []
        assert tell_employers_ended.tell(at=moment(TOMORROW), on=TOMORROW) == 1

    def test_once_more_of_a_second_end_tells_once_more(self, stage, reference):
        end(stage, ending(stage, last_day=DAY - datetime.timedelta(days=9)))
        register(stage, begins=DAY - datetime.timedelta(days=5), nsso_number=NssoNumber(100103))
        assert tell_employers_ended.tell(at=moment(TOMORROW), on=TOMORROW) == 0
        row = models.Employer.objects.get(nsso_number=100103)
        wanted = ending_of(stage, row, last_day=YESTERDAY)
        assert end(stage, wanted) == 1
        assert len(told(reference, Telling.EMPLOYER_CEASED)) == 4

    def test_is_recorded_with_what_it_was_before(self, stage, reference):
        end(stage, ending(stage))
        change = models.Change.objects.get()
        assert (change.act, change.reason) == ("ended", "Ended by letter")
        assert change.before["ends"] is None
        assert change.after["ends"] == "2026-11-22"
        assert models.Employer.objects.get().source is Source.OFFICE

    def test_can_be_corrected(self, stage, reference):
        end(stage, ending(stage))
        end(stage, ending(stage, last_day=DAY))
        assert models.Employer.objects.get().ends == DAY

    @pytest.mark.parametrize(
        ("different", "refusal"),
        [
            ({"last_day": datetime.date(2019, 12, 31)}, employers.EmployerEndsBeforeItBegins),
            ({"reason": ""}, ReasonMissing),
            ({"registration": 10**15}, employers.RegistrationUnknown),
            ({"change_seen": 7}, employers.RegistrationChanged),
        ],
    )
    def test_is_refused_for_what_is_wrong(self, stage, reference, different, refusal):
        for at in (None, moment()):
            with pytest.raises(refusal):
                end(stage, ending(stage, **different), at=at)
        assert models.Employer.objects.get().ends is None

    def test_on_the_same_day_again_is_refused(self, stage, reference):
        end(stage, ending(stage))
        with pytest.raises(employers.EndUnchanged):
            end(stage, ending(stage))

    def test_is_for_officers_who_act(self, stage, reference):
        for actor in (stage.director, consulting(stage.officer)):
            with pytest.raises(employers.OnlyOfficersRegister):
                end(stage, ending(stage), actor=actor)

    def test_of_a_company_that_has_ceased_is_not_told_beside_that(self, stage, reference):
        models.Enterprise.objects.filter(pk=stage.client).update(ceased_on=DAY)
        end(stage, ending(stage))
        assert told(reference, Telling.EMPLOYER_CEASED) == []


def ending_of(stage, row, *, last_day):
    return dataclasses.replace(
        end_employer.Ending(
            enterprise=stage.client,
            registration=row.pk,
            change_seen=models.Change.objects.filter(subject=Subject.EMPLOYER).count(),
            last_day=last_day,
            reason="Ended by letter",
        )
    )
