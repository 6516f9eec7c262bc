"""Giving and ending delegations: who may, what is written, who is told (L8)."""

import dataclasses
import datetime

import pytest

from mahis.domain import conditions, delegation, lifecycle, parties
from mahis.domain.delegation import EndedBecause, Standing
from mahis.domain.mandate import State
from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import ProviderStatus, Quality, Role
from mahis.domain.quarters import Quarter
from mahis.domain.representation import MayNotSign
from mahis.store import delegations, models
from mahis.usecases import close, delegate, end_delegation, reach_end
from mahis.usecases.meanwhile import AuthorisationUnknown, StalePage
from tests.integration.usecases import handing_over, scene
from tests.integration.usecases.scene import DAY, LIMITS, moment

YEAR_LATER = datetime.date(2027, 4, 2)


@pytest.fixture
def handed(stage):
    """Give a mandate that went from one mandatary to the next."""
    return handing_over.hand_over(stage)


def an_application(code="dimona", *, ends=None, group="single"):
    """Write an application that is in a group."""
    names = {f"name_{each}": f"{code} {each}" for each in ("fr", "nl", "de", "en")}
    application = models.Application.objects.create(code=code, **names)
    models.GroupMembership.objects.create(
        group=models.ApplicationGroup.objects.get(code=group),
        application=application,
        begins=datetime.date(2010, 1, 1),
        ends=ends,
    )


def end(number, actor, *, reason="", on=DAY):
    """End a delegation."""
    end_delegation.end(
        actor=actor, number=number, reason=reason, limits=LIMITS, at=moment(on, 30), on=on
    )


def last_entry(handed):
    """Give the newest step of the authorisation."""
    found = models.HistoryEntry.objects.filter(authorisation_id=handed.reference.number)
    return found.order_by("-number")[0]


def told(handed, telling):
    """Give who was told of something."""
    rows = models.Notice.objects.filter(authorisation_id=handed.reference.number, telling=telling)
    return {row.recipient_id for row in rows}


def closed(handed, end_quarter, *, on=DAY):
    """Close the present mandate."""
    closing = close.Closing(
        reference=handed.reference,
        version=handed.stage.row(handed.reference).version,
        places=(1,),
        end=Quarter.parse(end_quarter),
    )
    close.close(
        actor=handed.stage.director, closing=closing, limits=LIMITS, at=moment(on, 40), on=on
    )


class TestDelegating:
    def test_lets_a_former_mandatary_act_and_tells_all_three(self, handed):
        number = handed.delegate()

        row = handed.row(number)
        assert delegations.of_row(row).standing(DAY) is Standing.RUNNING
        assert (row.created_by, row.ended_at) == (handed.manager.person.insz, None)
        everybody = {handed.stage.client, handed.stage.provider, handed.former}
        assert told(handed, Telling.DELEGATED) == everybody
        to_delegate = models.Notice.objects.get(
            recipient_id=handed.former, telling=Telling.DELEGATED
        )
        assert to_delegate.channel is Channel.EBOX
        assert models.Delivery.objects.filter(notice=to_delegate).exists()
        assert handed.stage.chain_holds(handed.reference)

    def test_is_the_same_once_the_clock_has_recorded_that_the_former_mandate_is_over(self, handed):
        reach_end.record_ended(at=moment(DAY), on=DAY)
        former = models.Mandate.objects.get(mandatary=handed.former)
        assert former.state is State.CLOSED
        assert handed.row(handed.delegate()).delegate_id == handed.former

    def test_changes_nothing_of_the_mandate_and_counts_as_an_act(self, handed):
        before = handed.stage.row(handed.reference).version
        handed.delegate()
        assert handed.stage.states(handed.reference) == ["active"]
        assert handed.stage.row(handed.reference).version == before + 1
        entry = last_entry(handed)
        assert entry.act is lifecycle.Act.DELEGATE
        assert entry.evidence["delegate"] == str(handed.former)
        assert entry.evidence["quarters"] == ["2025Q1", "2025Q4"]

    def test_can_be_for_one_application_of_the_group(self, handed):
        an_application()
        row = handed.row(handed.delegate(application="dimona"))
        assert row.application is not None
        assert row.application.code == "dimona"
        assert handed.stage.chain_holds(handed.reference)

    def test_is_refused_for_an_application_that_had_left_the_group(self, handed):
        an_application(ends=datetime.date(2025, 6, 30))
        handed.delegate("1/2025", "2/2025", application="dimona")
        with pytest.raises(delegation.ApplicationNotInGroup):
            handed.delegate("3/2025", "3/2025", application="dimona")

    def test_is_refused_for_an_application_of_another_group(self, handed):
        an_application(group="several")
        with pytest.raises(delegation.ApplicationNotInGroup):
            handed.delegate(application="dimona")

    @pytest.mark.parametrize(
        ("quarters", "refusal"),
        [
            (("4/2024", "4/2025"), delegation.QuartersNotHeld),
            (("4/2025", "1/2026"), delegation.QuartersNotHeld),
            (("1/2025", "4/2026"), delegation.QuartersNotPast),
        ],
    )
    def test_is_refused_for_other_quarters(self, handed, quarters, refusal):
        with pytest.raises(refusal):
            handed.delegate(*quarters)
        assert not models.Delegation.objects.exists()

    def test_is_refused_to_somebody_who_never_was_mandatary(self, handed):
        stranger, _ = scene.another_provider(91)
        with pytest.raises(delegation.NotAFormerMandatary):
            handed.delegate(delegate=stranger)
        with pytest.raises(delegation.NotAFormerMandatary):
            handed.delegate(delegate=scene.enterprise_number(1234))

    @pytest.mark.parametrize("clock", [True, False], ids=["closed", "over"])
    def test_is_refused_for_what_ended_before_it_became_active(self, stage, clock):
        """Its quarters were held while it waited for an employer, but nobody could act in them."""
        former, clerk = scene.another_provider(90)
        waiting = stage.draw(
            "employers", other=former, signing=True, start="1/2025", on=handing_over.LONG_AGO
        )
        stage.sign(waiting, clerk, on=handing_over.LONG_AGO)
        assert stage.states(waiting) == ["identification"]
        closing = close.Closing(
            reference=waiting,
            version=stage.row(waiting).version,
            places=(1,),
            end=Quarter.parse("4/2025"),
        )
        at = moment(handing_over.LONG_AGO, 50)
        close.close(
            actor=stage.director, closing=closing, limits=LIMITS, at=at, on=handing_over.LONG_AGO
        )
        if clock:
            reach_end.record_ended(at=moment(handing_over.SINCE), on=handing_over.SINCE)
            assert stage.states(waiting) == ["closed"]
        stage.become_employer(handing_over.SINCE)
        reference = stage.active("employers", start="1/2026", on=handing_over.SINCE)
        handed = handing_over.HandedOver(stage, former, clerk, reference)
        with pytest.raises(delegation.NotAFormerMandatary):
            handed.delegate()

    @pytest.mark.parametrize("party", ["client", "provider"])
    def test_is_refused_to_a_party(self, handed, party):
        with pytest.raises(delegation.DelegateIsAParty):
            handed.delegate(delegate=getattr(handed.stage, party))

    def test_is_refused_to_a_blocked_provider(self, handed):
        models.Provider.objects.filter(enterprise=handed.former).update(
            status=ProviderStatus.BLOCKED
        )
        with pytest.raises(parties.NotAProvider):
            handed.delegate()

    def test_is_refused_twice_and_part_beside_the_whole(self, handed):
        an_application()
        number = handed.delegate()
        for application in (None, "dimona"):
            with pytest.raises(delegation.DelegatedAlready) as refusal:
                handed.delegate("4/2025", "4/2025", application=application)
            assert refusal.value.found["number"] == number
        end(number, handed.manager)
        handed.delegate("4/2025", "4/2025", application="dimona")

    def test_is_refused_where_both_have_the_group_at_once(self, stage):
        """In a group for several mandataries the former one may have come back."""
        handed = handing_over.hand_over(stage, "several")
        back = stage.draw("several", other=handed.former, signing=True, start="4/2026")
        stage.sign(back, handed.clerk)
        with pytest.raises(delegation.StillAMandatary):
            handed.delegate()

    def test_is_refused_before_the_mandate_begins(self, stage):
        former, clerk = scene.another_provider(90)
        before = stage.draw("single", other=former, signing=True, start="4/2026", end="4/2026")
        stage.sign(before, clerk)
        reference = stage.active("single", start="1/2027")
        handed = handing_over.HandedOver(stage, former, clerk, reference)
        with pytest.raises(delegation.MandateNotBegun):
            handed.delegate("4/2026", "4/2026")

    def test_needs_no_function_that_may_sign_but_the_role_to_manage(self, handed):
        clerk = scene.somebody(
            95,
            enterprise=handed.stage.provider,
            quality=Quality.SERVICE_PROVIDER,
            may_sign=False,
        )
        assert handed.delegate(actor=clerk)

    def test_is_for_a_manager_of_the_mandatary_alone(self, handed):
        consulting = scene.somebody(
            96,
            enterprise=handed.stage.provider,
            quality=Quality.SERVICE_PROVIDER,
            role=Role.CONSULT,
        )
        for actor in (handed.stage.director, handed.stage.officer, consulting):
            with pytest.raises((lifecycle.NotForYou, MayNotSign)):
                handed.delegate(actor=actor)
        with pytest.raises(AuthorisationUnknown):
            handed.delegate(actor=handed.clerk)
        assert not models.Delegation.objects.exists()

    def test_from_a_page_made_before_another_act_is_refused(self, handed):
        version = handed.stage.row(handed.reference).version
        handed.delegate("1/2025", "2/2025")
        with pytest.raises(StalePage):
            handed.delegate("3/2025", "4/2025", version=version)

    def test_of_a_place_that_is_not_there_is_refused(self, handed):
        wanted = handed.wanted()
        nowhere = dataclasses.replace(wanted, mandate=dataclasses.replace(wanted.mandate, place=2))
        with pytest.raises(AuthorisationUnknown):
            delegate.rehearse(actor=handed.manager, wanted=nowhere, on=DAY)

    def test_is_rehearsed_without_a_trace(self, handed):
        delegate.rehearse(actor=handed.manager, wanted=handed.wanted(), on=DAY)
        assert not models.Delegation.objects.exists()
        assert not told(handed, Telling.DELEGATED)


class TestEnding:
    @pytest.mark.parametrize(
        ("who", "because"),
        [
            ("manager", EndedBecause.DELEGATOR),
            ("clerk", EndedBecause.DELEGATE),
        ],
    )
    def test_is_for_either_mandatary_and_tells_all_three(self, handed, who, because):
        number = handed.delegate()
        end(number, getattr(handed, who))
        row = handed.row(number)
        assert row.ended_because is because
        assert row.ended_by == getattr(handed, who).person.insz
        assert delegations.of_row(row).standing(DAY) is Standing.ENDED
        everybody = {handed.stage.client, handed.stage.provider, handed.former}
        assert told(handed, Telling.DELEGATION_ENDED) == everybody
        assert handed.stage.chain_holds(handed.reference)

    def test_by_an_officer_needs_a_reason(self, handed):
        number = handed.delegate()
        with pytest.raises(conditions.ReasonMissing):
            end(number, handed.stage.officer)
        end(number, handed.stage.officer, reason="Asked for by letter.")
        row = handed.row(number)
        assert row.ended_because is EndedBecause.OFFICER
        entry = last_entry(handed)
        assert entry.reason == "Asked for by letter."

    def test_is_not_for_the_principal_nor_for_whom_only_consults(self, handed):
        number = handed.delegate()
        consulting = scene.somebody(
            96, enterprise=handed.former, quality=Quality.SERVICE_PROVIDER, role=Role.CONSULT
        )
        for actor in (handed.stage.director, consulting):
            with pytest.raises(lifecycle.NotForYou):
                end(number, actor)
        assert handed.row(number).ended_at is None

    def test_is_hidden_from_everybody_else(self, handed):
        number = handed.delegate()
        _, stranger = scene.another_provider(91)
        with pytest.raises(delegation.DelegationUnknown):
            end(number, stranger)
        with pytest.raises(delegation.DelegationUnknown):
            end(number + 1, handed.manager)

    def test_happens_once(self, handed):
        number = handed.delegate()
        end(number, handed.manager)
        with pytest.raises(delegation.DelegationEnded):
            end(number, handed.clerk)
        assert handed.row(number).ended_because is EndedBecause.DELEGATOR

    def test_is_for_the_clock_once_the_mandate_is_over(self, handed):
        number = handed.delegate()
        closed(handed, "4/2026")
        with pytest.raises(lifecycle.NotForYou):
            end(number, handed.manager, on=YEAR_LATER)


class TestTheEndOfTheMandate:
    def test_ends_what_was_delegated_before_any_clock_runs(self, handed):
        number = handed.delegate()
        closed(handed, "4/2026")
        known = delegations.of_row(handed.row(number))
        assert known.standing(datetime.date(2026, 12, 31)) is Standing.RUNNING
        assert known.because(datetime.date(2027, 1, 1)) is EndedBecause.SOURCE_ENDED
        for day in (DAY, datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)):
            runs = models.Delegation.objects.filter(delegations.running(day)).exists()
            assert runs is (known.standing(day) is Standing.RUNNING)

    def test_is_recorded_by_the_clock_and_told_once(self, handed):
        number = handed.delegate("1/2025", "2/2025")
        other = handed.delegate("3/2025", "4/2025")
        closed(handed, "4/2026")
        day, at = YEAR_LATER, moment(YEAR_LATER)
        assert end_delegation.record_over(at=at, on=day) == 0, "the clock records the end first"
        assert reach_end.record_ended(at=at, on=day) == 2, "the former mandate and the present one"
        assert end_delegation.record_over(at=at, on=day) == 2
        assert end_delegation.record_over(at=at, on=day) == 0
        for each in (number, other):
            row = handed.row(each)
            assert row.ended_because is EndedBecause.SOURCE_ENDED
            assert row.ended_by is None
        assert models.Notice.objects.filter(telling=Telling.DELEGATION_ENDED).count() == 6
        assert handed.stage.chain_holds(handed.reference)

    def test_leaves_alone_what_was_ended_before(self, handed):
        number = handed.delegate()
        end(number, handed.clerk)
        closed(handed, "4/2026")
        reach_end.record_ended(at=moment(YEAR_LATER), on=YEAR_LATER)
        assert end_delegation.record_over(at=moment(YEAR_LATER), on=YEAR_LATER) == 0
        assert handed.row(number).ended_because is EndedBecause.DELEGATE
