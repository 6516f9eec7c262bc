"""A mandate takes the place of another mandatary's: the wish, the act, and the way back (C6)."""

import pytest

from mahis.domain import conditions, lifecycle
from mahis.domain.mandate import MandateReference
from mahis.domain.notices import Telling
from mahis.domain.parties import Side
from mahis.domain.quarters import Quarter
from mahis.domain.refusals import Refused
from mahis.store import models, notice_facts
from mahis.usecases import (
    _transaction,
    close,
    expire,
    identify_employer,
    reach_end,
    refuse,
    withdraw,
)
from tests.integration.usecases import scene, test_scans
from tests.integration.usecases.desk import signed
from tests.integration.usecases.scene import DAY, LIMITS, moment
from tests.integration.usecases.test_concurrency import all_at_once
from tests.unit.pdf_forms import reading

ROUNDS = 8


def place(reference, at=1):
    return MandateReference(reference, at)


@pytest.fixture
def newer(stage):
    """Give another provider and who signs for it."""
    return scene.another_provider(40)


def ends(reference):
    rows = models.Mandate.objects.filter(authorisation_id=reference.number).order_by("place")
    return [row.quarters.end and row.quarters.end.code for row in rows]


def replacing(stage, older, newer, *groups, start="3/2027", signing=True, **more):
    """Draw up, with the other provider, what is to replace an authorisation's mandates."""
    groups = groups or ("single",)
    return stage.draw(
        *groups,
        other=newer[0],
        start=start,
        signing=signing,
        replaces={code: place(older, at) for at, code in enumerate(groups, start=1)},
        **more,
    )


def withdrawing(stage, reference, actor, *places, version=None):
    withdraw.withdraw(
        actor=actor,
        reference=reference,
        version=version or stage.row(reference).version,
        limits=LIMITS,
        at=moment(minute=40),
        on=DAY,
        places=places or None,
    )


def told(reference):
    """Give what was told of an authorisation, and to whom."""
    rows = models.Notice.objects.filter(authorisation_id=reference.number)
    return {(row.telling, row.recipient_id) for row in rows}


def facts_of(reference, telling):
    """Give what notices of a telling say, as those do who write them."""
    rows = models.Notice.objects.filter(authorisation_id=reference.number, telling=telling)
    notices = list(rows.select_related("authorisation"))
    languages = {each.pk: each.language for each in notices}
    found = notice_facts.of_notices(notices, languages=languages, address=str)
    assert len(found) == len(notices) == 2
    return found.values()


def last_entry(reference):
    return models.HistoryEntry.objects.filter(authorisation_id=reference.number).latest("number")


class TestAReplacement:
    def test_ends_the_older_mandate_the_quarter_before_in_the_same_act(self, stage, newer):
        older = stage.active("single")
        reference = replacing(stage, older, newer)
        assert ends(older) == [None]
        stage.sign(reference, newer[1])
        assert (stage.states(older), ends(older)) == (["active"], ["2027Q2"])
        assert (stage.states(reference), ends(reference)) == (["active"], [None])

    def test_tells_all_three_parties(self, stage, newer):
        older = stage.active("single")
        reference = replacing(stage, older, newer)
        stage.sign(reference, newer[1])
        assert {
            (Telling.REPLACED, stage.client),
            (Telling.REPLACED, stage.provider),
        } <= told(older)
        assert {(Telling.ACTIVE, stage.client), (Telling.ACTIVE, newer[0])} <= told(reference)
        assert not {each for each in told(older) if each[1] == newer[0]}
        for each in facts_of(older, Telling.REPLACED):
            assert each.successor is not None
            assert (each.successor.name, each.waiting) == ("Provider 40", False)

    def test_is_written_in_both_histories_with_the_other_mandate(self, stage, newer):
        older = stage.active("single")
        reference = replacing(stage, older, newer)
        stage.sign(reference, newer[1])
        entry = last_entry(older)
        assert (entry.act, entry.kind) == (lifecycle.Act.REPLACE, lifecycle.Kind.SUCCESSOR)
        assert entry.evidence == {"successor": str(place(reference)), "end": "2027Q2"}
        assert last_entry(reference).evidence["replaces"] == str(place(older))
        assert stage.chain_holds(older)
        assert stage.chain_holds(reference)

    def test_can_be_drawn_up_by_the_new_mandatary_and_chosen_by_the_mandators_signature(
        self, stage, newer
    ):
        older = stage.active("single")
        reference = stage.draw(
            "single",
            actor=newer[1],
            other=stage.client,
            start="3/2027",
            signing=True,
            replaces={"single": place(older)},
        )
        assert ends(older) == [None]
        stage.sign(reference, stage.director)
        assert ends(older) == ["2027Q2"]

    def test_of_several_mandates_at_once_is_one_act_on_the_older_authorisation(self, stage, newer):
        scene.a_group("second", single=True)
        older = stage.active("single", "second")
        version = stage.row(older).version
        reference = replacing(stage, older, newer, "single", "second")
        stage.sign(reference, newer[1])
        assert ends(older) == ["2027Q2", "2027Q2"]
        assert stage.row(older).version == version + 1
        rows = models.Notice.objects.filter(telling=Telling.REPLACED)
        assert [row.places for row in rows] == [[1, 2], [1, 2]]

    def test_of_a_mandate_that_waits_for_an_employer_lets_it_wait_until_its_end(self, stage, newer):
        scene.a_group("both", single=True, employers_only=True)
        older = stage.active("both")
        reference = replacing(stage, older, newer, "both")
        stage.sign(reference, newer[1])
        assert (stage.states(older), ends(older)) == (["identification"], ["2027Q2"])
        assert stage.states(reference) == ["identification"]
        stage.become_employer()
        assert identify_employer.identify(at=moment(), on=DAY) == 2
        assert (stage.states(older), ends(older)) == (["active"], ["2027Q2"])

    def test_leaves_the_older_mandate_alone_where_it_has_ended_before(self, stage, newer):
        older = stage.active("single")
        reference = replacing(stage, older, newer)
        closing = close.Closing(
            reference=older,
            version=stage.row(older).version,
            places=(1,),
            end=Quarter.parse("1/2027"),
        )
        close.close(actor=stage.director, closing=closing, limits=LIMITS, at=moment(), on=DAY)
        stage.sign(reference, newer[1])
        assert (stage.states(reference), ends(older)) == (["active"], ["2027Q1"])
        assert Telling.REPLACED not in {telling for telling, _ in told(older)}
        with pytest.raises(conditions.ReplacesNothing):
            withdrawing(stage, reference, stage.director)

    def test_is_refused_at_signing_where_the_older_one_was_given_a_later_end(self, stage, newer):
        older = stage.active("single")
        reference = replacing(stage, older, newer)
        closing = close.Closing(
            reference=older,
            version=stage.row(older).version,
            places=(1,),
            end=Quarter.parse("4/2027"),
        )
        close.close(actor=stage.director, closing=closing, limits=LIMITS, at=moment(), on=DAY)
        with pytest.raises(conditions.ReplacedHasEnd):
            stage.sign(reference, newer[1])
        assert stage.states(reference) == ["pending"]

    def test_chains(self, stage, newer):
        oldest = stage.active("single")
        middle = replacing(stage, oldest, newer)
        stage.sign(middle, newer[1])
        third = scene.another_provider(41)
        newest = replacing(stage, middle, third, start="4/2027")
        stage.sign(newest, third[1])
        assert [ends(each) for each in (oldest, middle, newest)] == [
            ["2027Q2"],
            ["2027Q3"],
            [None],
        ]


class TestASignedDocument:
    def test_with_both_eid_signatures_replaces_at_once(self, stage, desk, newer):
        older = stage.active("single")
        reference = replacing(stage, older, newer, signing=False)
        pdf = signed(desk.form(stage, reference), Side.MANDATOR, by=stage.director)
        desk.upload(stage, reference, signed(pdf, Side.MANDATARY, by=newer[1]))
        assert (stage.states(reference), ends(older)) == (["active"], ["2027Q2"])
        assert last_entry(reference).evidence["replaces"] == str(place(older))

    def test_with_one_signature_leaves_the_older_mandate_alone(self, stage, desk, newer):
        older = stage.active("single")
        reference = replacing(stage, older, newer, signing=False)
        pdf = signed(desk.form(stage, reference), Side.MANDATOR, by=stage.director)
        desk.upload(stage, reference, pdf)
        assert (stage.states(reference), ends(older)) == (["pending"], [None])

    def test_names_what_ends_by_it(self, stage, desk, newer):
        older = stage.active("single")
        reference = replacing(stage, older, newer, signing=False)
        said = reading.text(desk.form(stage, reference))
        assert "Provider BV" in said
        assert "2/2027" in said

    def test_by_hand_replaces_when_the_office_approves(self, stage, desk, newer):
        older = stage.active("single")
        reference = replacing(stage, older, newer, signing=False)
        desk.submit(stage, reference, (test_scans.SCAN, test_scans.PDF))
        assert ends(older) == [None]
        chosen = {
            Side.MANDATOR: test_scans.office_of(stage.director),
            Side.MANDATARY: test_scans.office_of(newer[1]),
        }
        test_scans.decide(stage, reference, chosen=chosen)
        assert (stage.states(reference), ends(older)) == (["active"], ["2027Q2"])


class TestAReplacementThatDoesNotHappen:
    @pytest.mark.parametrize("way", ["refused", "withdrawn", "expired"])
    def test_leaves_the_older_mandate_its_open_end(self, stage, newer, way):
        older = stage.active("single")
        before = (stage.row(older).version, told(older))
        reference = replacing(stage, older, newer)
        acting = {
            "reference": reference,
            "version": stage.row(reference).version,
            "limits": LIMITS,
            "at": moment(),
            "on": DAY,
        }
        if way == "refused":
            refuse.refuse(actor=newer[1], reason="no", **acting)
        elif way == "withdrawn":
            withdraw.withdraw(actor=stage.director, **acting)
        else:
            late = stage.row(reference).expires_on.replace(year=2028)
            assert expire.record_expired(at=moment(late), on=late)
        assert ends(older) == [None]
        assert (stage.row(older).version, told(older)) == before

    @pytest.mark.parametrize("who", ["mandator", "mandatary"])
    def test_after_both_signed_gives_the_older_mandate_its_open_end_again(self, stage, newer, who):
        older = stage.active("single")
        reference = replacing(stage, older, newer)
        stage.sign(reference, newer[1])
        withdrawing(stage, reference, stage.director if who == "mandator" else newer[1], 1)
        assert (stage.states(reference), ends(older)) == (["withdrawn"], [None])
        assert {
            (Telling.REOPENED, stage.client),
            (Telling.REOPENED, stage.provider),
        } <= told(older)
        assert {
            (Telling.WITHDRAWN, stage.client),
            (Telling.WITHDRAWN, newer[0]),
        } <= told(reference)
        entry = last_entry(older)
        assert (entry.act, entry.evidence) == (
            lifecycle.Act.REOPEN,
            {"successor": str(place(reference))},
        )
        assert stage.chain_holds(older)
        assert stage.chain_holds(reference)

    def test_can_be_for_one_of_several_mandates(self, stage, newer):
        scene.a_group("second", single=True)
        older = stage.active("single", "second")
        reference = replacing(stage, older, newer, "single", "second")
        stage.sign(reference, newer[1])
        withdrawing(stage, reference, stage.director, 2)
        assert stage.states(reference) == ["active", "withdrawn"]
        assert ends(older) == ["2027Q2", None]

    def test_unwinds_a_chain_from_the_newest(self, stage, newer):
        oldest = stage.active("single")
        middle = replacing(stage, oldest, newer)
        stage.sign(middle, newer[1])
        third = scene.another_provider(41)
        newest = replacing(stage, middle, third, start="4/2027")
        stage.sign(newest, third[1])
        with pytest.raises(conditions.EndAlreadySet):
            withdrawing(stage, middle, stage.director)
        withdrawing(stage, newest, stage.director)
        assert ends(middle) == [None]
        withdrawing(stage, middle, stage.director)
        assert ends(oldest) == [None]
        again = replacing(stage, oldest, newer)
        stage.sign(again, newer[1])
        assert ends(oldest) == ["2027Q2"]

    def test_is_not_possible_once_the_new_mandate_has_begun(self, stage, newer):
        older = stage.active("single", start="4/2026")
        reference = replacing(stage, older, newer, start="1/2027")
        stage.sign(reference, newer[1])
        begun = Quarter.parse("1/2027").first_day
        with pytest.raises(conditions.AlreadyBegun):
            withdraw.withdraw(
                actor=stage.director,
                reference=reference,
                version=stage.row(reference).version,
                limits=LIMITS,
                at=moment(begun),
                on=begun,
            )

    def test_is_for_those_who_may_sign_and_for_no_outsider(self, stage, newer):
        older = stage.active("single")
        reference = replacing(stage, older, newer)
        stage.sign(reference, newer[1])
        for actor in (stage.clerk, stage.officer, stage.accountant):
            with pytest.raises(Refused):
                withdrawing(stage, reference, actor)
        assert stage.states(reference) == ["active"]

    def test_leaves_an_end_alone_that_somebody_else_gave(self, stage, newer):
        older = stage.active("single")
        reference = replacing(stage, older, newer)
        stage.sign(reference, newer[1])
        row = models.Mandate.objects.get(authorisation_id=older.number)
        row.quarters = row.quarters.ending(Quarter.parse("1/2027"))
        row.save(update_fields=["quarters"])
        withdrawing(stage, reference, stage.director)
        assert (stage.states(reference), ends(older)) == (["withdrawn"], ["2027Q1"])
        assert Telling.REOPENED not in {telling for telling, _ in told(older)}


class TestTheWish:
    def test_is_needed(self, stage, newer):
        stage.active("single")
        with pytest.raises(conditions.HeldByAnother):
            stage.draw("single", other=newer[0], start="3/2027")

    def test_must_name_the_mandate_in_the_way(self, stage, newer):
        stage.active("single")
        stranger = stage.active("several")
        with pytest.raises(conditions.HeldByAnother):
            replacing(stage, stranger, newer)

    def test_must_name_a_mandate_where_one_stands_in_the_way(self, stage, newer):
        older = stage.active("single", end="2/2027")
        with pytest.raises(conditions.NothingToReplace):
            replacing(stage, older, newer)
        with pytest.raises(conditions.NothingToReplace):
            stage.draw("several", other=newer[0], replaces={"single": place(older)})

    def test_cannot_be_for_a_mandate_with_an_end_of_its_own(self, stage, newer):
        older = stage.active("single", end="3/2027")
        with pytest.raises(conditions.ReplacedHasEnd):
            replacing(stage, older, newer)

    def test_cannot_be_for_a_mandate_that_does_not_start_before(self, stage, newer):
        older = stage.active("single", start="3/2027")
        with pytest.raises(conditions.ReplacedNotBefore):
            replacing(stage, older, newer)

    def test_of_the_same_mandatary_is_no_replacement(self, stage):
        older = stage.active("single")
        with pytest.raises(conditions.AlreadyGiven):
            replacing(stage, older, (stage.provider, stage.accountant))


class TestIdentification:
    def test_ends_with_its_end_quarter(self, stage):
        reference = stage.active("employers", start="4/2026")
        closing = close.Closing(
            reference=reference,
            version=stage.row(reference).version,
            places=(1,),
            end=Quarter.parse("1/2027"),
        )
        close.close(actor=stage.accountant, closing=closing, limits=LIMITS, at=moment(), on=DAY)
        assert (stage.states(reference), ends(reference)) == (["identification"], ["2027Q1"])
        assert {each.waiting for each in facts_of(reference, Telling.END_SET)} == {True}
        after = Quarter.parse("2/2027").first_day
        stage.become_employer(after)
        assert identify_employer.identify(at=moment(after), on=after) == 0
        assert reach_end.record_ended(at=moment(after), on=after) == 1
        assert stage.states(reference) == ["closed"]
        assert stage.chain_holds(reference)

    def test_can_be_closed_by_the_office_with_a_reason(self, stage):
        reference = stage.active("employers")
        closing = close.Closing(
            reference=reference,
            version=stage.row(reference).version,
            places=(1,),
            end=Quarter.parse("1/2027"),
            reason="Will never employ anybody",
        )
        close.close(actor=stage.officer, closing=closing, limits=LIMITS, at=moment(), on=DAY)
        assert ends(reference) == ["2027Q1"]


@pytest.fixture
def _one_try(monkeypatch):
    """Let a deadlock be seen: no transaction is tried a second time."""
    monkeypatch.setattr(_transaction, "_TRIES", 1)


@pytest.mark.usefixtures("_one_try")
def test_replacing_and_closing_at_once_leave_one_winner_and_no_gap(committed_db):
    """Two real connections, from both ends of the locks: the newer and the older mandate."""
    stage = scene.set_up()
    newer = scene.another_provider(40)
    for round_ in range(ROUNDS):
        code = f"single{round_}"
        scene.a_group(code, single=True)
        older = stage.active(code)
        reference = stage.draw(
            code, other=newer[0], start="3/2027", signing=True, replaces={code: place(older)}
        )
        closing = close.Closing(
            reference=older,
            version=stage.row(older).version,
            places=(1,),
            end=Quarter.parse("4/2027"),
        )
        outcomes = all_at_once(
            lambda reference=reference: stage.sign(reference, newer[1], version=2),
            lambda closing=closing: close.close(
                actor=stage.accountant, closing=closing, limits=LIMITS, at=moment(), on=DAY
            ),
        )
        assert outcomes.count(None) == 1, outcomes
        (refused,) = [each for each in outcomes if each is not None]
        won = "active" if outcomes[0] is None else "pending"
        assert stage.states(reference) == [won]
        assert ends(older) == ["2027Q2" if won == "active" else "2027Q4"]
        assert refused.code == ("stalePage" if won == "active" else "replacedHasEnd")


@pytest.mark.usefixtures("_one_try")
def test_drawing_up_a_replacement_waits_for_no_lock_in_a_circle(committed_db):
    """Whoever draws up locks the older mandate before what the mandator holds, as closing does."""
    stage = scene.set_up()
    newer = scene.another_provider(40)
    for round_ in range(ROUNDS):
        code = f"single{round_}"
        scene.a_group(code, single=True)
        older = stage.active(code)
        closing = close.Closing(
            reference=older,
            version=stage.row(older).version,
            places=(1,),
            end=Quarter.parse("1/2027"),
        )
        outcomes = all_at_once(
            lambda code=code, older=older: stage.draw(
                code, other=newer[0], start="3/2027", replaces={code: place(older)}
            ),
            lambda closing=closing: close.close(
                actor=stage.accountant, closing=closing, limits=LIMITS, at=moment(), on=DAY
            ),
        )
        assert outcomes[1] is None
        assert ends(older) == ["2027Q1"]
        assert outcomes[0] is None or outcomes[0].code == "nothingToReplace"


@pytest.mark.usefixtures("_one_try")
def test_two_replacements_of_one_mandate_at_once_leave_one_winner(committed_db):
    stage = scene.set_up()
    for round_ in range(ROUNDS):
        code = f"single{round_}"
        scene.a_group(code, single=True)
        older = stage.active(code)
        rivals = [scene.another_provider(100 + 2 * round_ + each) for each in range(2)]
        drawn = [
            stage.draw(
                code, other=rival[0], start="3/2027", signing=True, replaces={code: place(older)}
            )
            for rival in rivals
        ]
        outcomes = all_at_once(
            *(
                lambda reference=reference, rival=rival: stage.sign(reference, rival[1], version=2)
                for reference, rival in zip(drawn, rivals, strict=True)
            )
        )
        assert sorted(each.code if each else "" for each in outcomes) == ["", "heldByAnother"]
        assert ends(older) == ["2027Q2"]
        assert sorted(stage.states(drawn[0]) + stage.states(drawn[1])) == ["active", "pending"]


@pytest.mark.usefixtures("_one_try")
def test_withdrawing_and_replacing_the_replacement_at_once_leave_one_winner(committed_db):
    stage = scene.set_up()
    newer, third = scene.another_provider(40), scene.another_provider(41)
    for round_ in range(ROUNDS):
        code = f"single{round_}"
        scene.a_group(code, single=True)
        oldest = stage.active(code)
        middle = stage.draw(
            code, other=newer[0], start="3/2027", signing=True, replaces={code: place(oldest)}
        )
        stage.sign(middle, newer[1])
        newest = stage.draw(
            code, other=third[0], start="4/2027", signing=True, replaces={code: place(middle)}
        )
        outcomes = all_at_once(
            lambda middle=middle: withdrawing(stage, middle, stage.director, version=3),
            lambda newest=newest: stage.sign(newest, third[1], version=2),
        )
        assert outcomes.count(None) == 1, outcomes
        if outcomes[0] is None:
            # The wish names a mandate that is no more; what it replaced stands in the way now.
            assert (ends(oldest), stage.states(newest)) == ([None], ["pending"])
            assert outcomes[1].code == "heldByAnother"
        else:
            assert (ends(oldest), ends(middle)) == (["2027Q2"], ["2027Q3"])
            assert outcomes[0].code == "stalePage"
