"""The road of a mandate: drawn up, signed by both, refused, withdrawn, closed."""

import dataclasses
import datetime

import pytest

from mahis.domain import conditions, lifecycle, parties, representation
from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import Role, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.store import history_chain, models
from mahis.usecases import (
    _transaction,
    close,
    draw_up,
    expire,
    identify_employer,
    meanwhile,
    reach_end,
    refuse,
    save_draft,
    withdraw,
)
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, LIMITS, moment


def act(usecase, stage, reference, actor, *, on=DAY, **more):
    usecase(
        actor=actor,
        reference=reference,
        version=more.pop("version", stage.row(reference).version),
        limits=LIMITS,
        at=moment(on, 30),
        on=on,
        **more,
    )


def closing(stage, reference, *places, end="2/2027", reason="", version=None):
    return close.Closing(
        reference=reference,
        version=version or stage.row(reference).version,
        places=places,
        end=Quarter.parse(end),
        reason=reason,
    )


class TestDrawingUp:
    def test_makes_one_mandate_a_group_to_be_finalised(self, stage):
        reference = stage.draw("several", "single")
        assert stage.states(reference) == ["toBeFinalised", "toBeFinalised"]
        assert str(reference).startswith("2026-")

    def test_is_open_to_the_mandatary_as_well(self, stage):
        reference = stage.draw(actor=stage.accountant, other=stage.client)
        row = stage.row(reference)
        assert (row.drawn_up_by, row.mandator_id) == (Side.MANDATARY, stage.client)

    def test_needs_no_function_but_a_managing_role(self, stage):
        assert stage.states(stage.draw(actor=stage.clerk)) == ["toBeFinalised"]
        consulting = dataclasses.replace(
            stage.director,
            capacity=dataclasses.replace(stage.director.capacity, role=Role.CONSULT),
        )
        with pytest.raises(lifecycle.NotForYou):
            stage.draw(actor=consulting)

    def test_of_the_same_draft_twice_makes_one_authorisation(self, stage):
        draft = save_draft.save(
            actor=stage.director, draft_id=None, typed={"start": "1/2027"}, at=moment()
        )
        first = stage.draw(draft_id=draft)
        assert stage.draw(draft_id=draft) == first
        assert models.Authorisation.objects.count() == 1

    def test_and_signing_at_once_is_pending_and_tells_each_party_once(self, stage):
        reference = stage.draw(signing=True)
        assert stage.states(reference) == ["pending"]
        notices = models.Notice.objects.filter(authorisation_id=reference.number)
        assert {(notice.side, notice.telling, notice.must_act) for notice in notices} == {
            (Side.MANDATOR, Telling.SIGNED_BY_ONE, False),
            (Side.MANDATARY, Telling.SIGNED_BY_ONE, True),
        }

    def test_that_cannot_be_signed_is_not_drawn_up_either(self, stage):
        with pytest.raises(representation.MayNotSign):
            stage.draw(actor=stage.clerk, signing=True)
        assert not models.Authorisation.objects.exists()

    @pytest.mark.parametrize(
        ("what", "refusal", "field"),
        [
            ({"start": "1/2028"}, conditions.StartTooLate, "start"),
            ({"start": "3/2026"}, conditions.StartTooEarly, "start"),
            ({"other": scene.enterprise_number(99)}, draw_up.OtherPartyUnknown, "other_party"),
            ({"other": scene.enterprise_number(1)}, parties.PartiesAreTheSame, "other_party"),
            ({"other": scene.enterprise_number(3)}, parties.NotAProvider, "other_party"),
        ],
    )
    def test_is_refused_at_the_field(self, stage, what, refusal, field):
        with pytest.raises(refusal) as caught:
            stage.draw(**what)
        assert caught.value.field == field
        assert not models.Authorisation.objects.exists()

    def test_rehearses_every_refusal_and_writes_nothing(self, stage):
        stage.active("single")
        other, _ = scene.another_provider(20)
        refusals = draw_up.rehearse(
            actor=stage.director,
            wanted=draw_up.Wanted(
                other_party=other,
                groups=("single", "several"),
                period=QuarterPeriod(Quarter.parse("1/2027")),
            ),
            limits=LIMITS,
            on=DAY,
        )
        assert [refused.code for refused in refusals] == ["heldByAnother"]
        assert refusals[0].found["holder"].mandatary_name == "Provider BV"

    def test_with_a_ceased_party_is_refused(self, stage):
        ceased = scene.an_enterprise(30, name="Gone", ceased_on=datetime.date(2026, 1, 1))
        with pytest.raises(parties.PartyNotActive):
            stage.draw(actor=stage.accountant, other=ceased)


class TestSigning:
    def test_by_both_parties_makes_it_active(self, stage):
        assert stage.states(stage.active("several", "single")) == ["active", "active"]

    def test_waits_for_identification_where_only_employers_may(self, stage):
        reference = stage.active("several", "employers")
        assert stage.states(reference) == ["active", "identification"]
        stage.become_employer()
        assert identify_employer.identify(at=moment(minute=40), on=DAY) == 1
        assert stage.states(reference) == ["active", "active"]
        assert identify_employer.identify(at=moment(minute=41), on=DAY) == 0

    def test_twice_by_one_party_is_refused(self, stage):
        reference = stage.draw(signing=True)
        with pytest.raises(lifecycle.NotForYou):
            stage.sign(reference, stage.director)

    def test_needs_a_function_that_may_sign(self, stage):
        reference = stage.draw()
        with pytest.raises(representation.MayNotSign) as caught:
            stage.sign(reference, stage.clerk)
        assert caught.value.found["reason"] is representation.NoPower.NO_FUNCTION

    def test_by_a_stranger_is_as_if_there_were_nothing(self, stage):
        _, stranger = scene.another_provider(21)
        with pytest.raises(meanwhile.AuthorisationUnknown):
            stage.sign(stage.draw(), stranger)

    def test_from_a_stale_page_says_what_happened_and_by_whom(self, stage):
        reference = stage.draw()
        stage.sign(reference, stage.director)
        with pytest.raises(meanwhile.StalePage) as caught:
            stage.sign(reference, stage.accountant, version=1)
        (happened,) = caught.value.found["happened"]
        assert (happened.act, happened.side, happened.enterprise) == (
            lifecycle.Act.VALIDATE,
            Side.MANDATOR,
            "Client SRL",
        )

    def test_is_all_or_nothing_where_another_holds_one_group(self, stage):
        other, other_actor = scene.another_provider(22)
        reference = stage.draw("several", "single", other=other, signing=True)
        stage.active("single")
        with pytest.raises(conditions.HeldByAnother):
            stage.sign(reference, other_actor)
        assert stage.states(reference) == ["pending", "pending"]

    def test_keeps_who_signed_when_at_which_level(self, stage):
        reference = stage.active()
        kept = models.Validation.objects.filter(authorisation_id=reference.number)
        assert {(each.side, each.enterprise_id, each.person) for each in kept} == {
            (Side.MANDATOR, stage.client, stage.director.person.insz),
            (Side.MANDATARY, stage.provider, stage.accountant.person.insz),
        }

    def test_after_the_limit_is_not_possible(self, stage):
        reference = stage.draw(signing=True, start="4/2026")
        late = DAY + datetime.timedelta(days=LIMITS.days_to_finish + 1)
        with pytest.raises(lifecycle.ActNotPossible):
            stage.sign(reference, stage.accountant, on=late)


class TestEnding:
    def test_refusing_takes_a_reason_and_tells_both(self, stage):
        reference = stage.draw(signing=True)
        with pytest.raises(conditions.ReasonMissing):
            act(refuse.refuse, stage, reference, stage.accountant, reason="  ")
        act(refuse.refuse, stage, reference, stage.accountant, reason=" Not our client ")
        assert stage.states(reference) == ["rejected"]
        entry = models.HistoryEntry.objects.filter(authorisation_id=reference.number).last()
        assert entry is not None
        assert entry.reason == "Not our client"
        assert (
            models.Notice.objects.filter(
                authorisation_id=reference.number, telling=Telling.REFUSED_BY_PARTY
            ).count()
            == 2
        )

    def test_withdrawing_is_for_the_drawing_party_while_nobody_else_signed(self, stage):
        reference = stage.draw(signing=True)
        with pytest.raises(lifecycle.NotForYou):
            act(withdraw.withdraw, stage, reference, stage.accountant)
        act(withdraw.withdraw, stage, reference, stage.clerk)
        assert stage.states(reference) == ["withdrawn"]

    def test_closing_sets_the_end_of_the_ticked_mandates_only(self, stage):
        reference = stage.active("several", "single")
        close.close(
            actor=stage.accountant,
            closing=closing(stage, reference, 2),
            limits=LIMITS,
            at=moment(minute=30),
            on=DAY,
        )
        ends = models.Mandate.objects.filter(authorisation_id=reference.number).order_by("place")
        assert [row.quarters.end for row in ends] == [None, Quarter.parse("2/2027")]
        with pytest.raises(conditions.EndAlreadySet):
            close.rehearse(
                actor=stage.director, closing=closing(stage, reference, 2), limits=LIMITS, on=DAY
            )

    @pytest.mark.parametrize(
        ("places", "end", "refusal"),
        [
            ((), "2/2027", close.NoMandateChosen),
            ((9,), "2/2027", close.MandateUnknown),
            ((1,), "4/2026", conditions.EndBeforeStart),
        ],
    )
    def test_closing_is_refused(self, stage, places, end, refusal):
        reference = stage.active()
        with pytest.raises(refusal):
            close.rehearse(
                actor=stage.director,
                closing=closing(stage, reference, *places, end=end),
                limits=LIMITS,
                on=DAY,
            )

    def test_closing_in_the_past_is_for_officers_with_a_reason(self, stage):
        later = datetime.date(2027, 8, 1)
        reference = stage.active(start="4/2026")
        past = closing(stage, reference, 1, end="1/2027")
        with pytest.raises(conditions.EndInThePast):
            close.rehearse(actor=stage.director, closing=past, limits=LIMITS, on=later)
        with pytest.raises(conditions.ReasonMissing):
            close.rehearse(actor=stage.officer, closing=past, limits=LIMITS, on=later)
        close.close(
            actor=stage.officer,
            closing=dataclasses.replace(past, reason="By letter"),
            limits=LIMITS,
            at=moment(later),
            on=later,
        )
        assert reach_end.record_ended(at=moment(later, 1), on=later) == 1
        assert stage.states(reference) == ["closed"]

    def test_the_clock_records_what_expired_once(self, stage):
        reference = stage.draw(signing=True)
        late = DAY + datetime.timedelta(days=LIMITS.days_to_finish + 1)
        assert expire.record_expired(at=moment(DAY), on=DAY) == 0
        assert expire.record_expired(at=moment(late), on=late) == 1
        assert expire.record_expired(at=moment(late), on=late) == 0
        assert stage.states(reference) == ["expired"]


class TestTheRecord:
    def test_holds_every_step_in_an_unbroken_chain(self, stage):
        reference = stage.active("several", "single")
        entries = list(
            models.HistoryEntry.objects.filter(authorisation_id=reference.number).order_by("number")
        )
        assert [(entry.act.value, entry.place, entry.version) for entry in entries] == [
            ("drawUp", 1, 1),
            ("drawUp", 2, 1),
            ("validate", 1, 2),
            ("validate", 2, 2),
            ("validate", 1, 3),
            ("validate", 2, 3),
        ]
        assert history_chain.holds(entries)
        entries[2].reason = "forged"
        assert not history_chain.holds(entries)
        assert not history_chain.holds(entries[1:])

    def test_goes_to_the_mandator_by_post_without_an_account(self, stage):
        stage.draw()
        assert {(each.side, each.channel) for each in models.Notice.objects.all()} == {
            (Side.MANDATOR, Channel.POST),
            (Side.MANDATARY, Channel.EBOX),
        }

    def test_and_the_change_are_written_together_or_not_at_all(self, stage, monkeypatch):
        reference = stage.draw()

        def fail(*_args, **_kwargs):
            raise RuntimeError

        monkeypatch.setattr(models.Notice.objects, "bulk_create", fail)
        with pytest.raises(RuntimeError):
            stage.sign(reference, stage.director)
        assert stage.states(reference) == ["toBeFinalised"]
        assert stage.row(reference).version == 1
        assert not models.Validation.objects.exists()
        assert models.HistoryEntry.objects.count() == 1


class TestDrafts:
    def test_are_ones_own(self, stage):
        draft = save_draft.save(actor=stage.director, draft_id=None, typed={}, at=moment())
        with pytest.raises(save_draft.DraftUnknown):
            save_draft.save(actor=stage.accountant, draft_id=draft, typed={}, at=moment())
        save_draft.discard(actor=stage.director, draft_id=draft)
        with pytest.raises(save_draft.DraftUnknown):
            save_draft.discard(actor=stage.director, draft_id=draft)

    def test_hold_no_more_than_a_form(self, stage):
        with pytest.raises(save_draft.DraftTooLarge):
            save_draft.save(
                actor=stage.director, draft_id=None, typed={"start": "x" * 501}, at=moment()
            )


def test_a_race_is_explained_not_raised():
    assert _transaction.DoneMeanwhile(constraint="x").found == {"constraint": "x"}
