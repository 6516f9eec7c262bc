"""The office's queue of scans: the oldest first, with everything to judge one by (N1)."""

import datetime

import pytest

from mahis.domain.documents import RejectionReason
from mahis.domain.parties import Quality, Role, Side
from mahis.gateways.files import Files
from mahis.gateways.scans import Scans
from mahis.queries import labels, mandate_details, scan_queue
from mahis.store import models
from mahis.usecases import approve, claim_scan, reject, upload_scan
from tests.factories import register, roads
from tests.factories.mandates import TODAY, moment, period
from tests.unit.scans import making


@pytest.fixture(scope="module")
def scans():
    """The readers of scans."""
    readers = Scans()
    yield readers
    readers.close()


@pytest.fixture
def submit(house, scans, tmp_path):
    """Draw up and submit a scan; gives the reference."""

    def run(*groups, start="4/2026", end=None, minute=10):
        reference = roads.drawn_up(house.baker, house.accountant, *groups, start=start, end=end)
        upload_scan.upload(
            actor=house.baker,
            reference=reference,
            version=1,
            pages=[(making.pdf(), "application/pdf")],
            scans=scans,
            files=Files(tmp_path),
            limits=roads.LIMITS,
            at=moment(minute=minute),
            on=TODAY,
        )
        return reference

    return run


def waiting(actor, *, minute=30):
    return scan_queue.waiting(actor=actor, at=moment(minute=minute), language="fr")


def one(actor, reference, *, minute=30, language="fr"):
    return scan_queue.one(
        actor=actor,
        reference=reference,
        at=moment(minute=minute),
        on=TODAY,
        language=language,
    )


def details(actor, reference):
    return mandate_details.authorisation(actor=actor, reference=reference, on=TODAY, language="fr")


def page(reference):
    return {
        "reference": reference,
        "version": 2,
        "limits": roads.LIMITS,
        "at": moment(minute=40),
        "on": TODAY,
    }


def claim(actor, reference, *, minute):
    claim_scan.claim(
        actor=actor,
        reference=reference,
        limits=roads.LIMITS,
        at=moment(minute=minute),
        on=TODAY,
    )


class TestTheQueue:
    def test_is_empty_where_nothing_waits(self, house):
        roads.drawn_up(house.baker, house.accountant, "dmfa")
        assert waiting(house.officer) == scan_queue.Queue(total=0, rows=(), page=1, pages=1)

    def test_begins_with_what_came_first(self, house, submit):
        later = submit("dmfa", minute=20)
        sooner = submit("dimona", "risks", minute=15)
        queue = waiting(house.officer)
        assert queue.total == 2
        assert [(row.reference, row.since) for row in queue.rows] == [
            (sooner, moment(minute=15)),
            (later, moment(minute=20)),
        ]
        assert (queue.rows[0].mandator_name, queue.rows[0].mandatary_name) == (
            "Bakkerij Peeters",
            "Fiduciaire Dupont",
        )

    def test_holds_no_more_what_was_decided(self, house, submit):
        reference = submit("dmfa")
        reject.reject(
            actor=house.officer,
            reason_code=RejectionReason.SCAN_UNREADABLE,
            reason="",
            **page(reference),
        )
        assert waiting(house.officer).total == 0
        assert one(house.officer, reference) is None

    def test_shows_who_is_deciding_while_the_claim_holds(self, house, submit):
        reference = submit("dmfa")
        other = register.acting(house.officer.enterprise, Quality.NSSO_OFFICER, role=Role.MANAGE)
        claim(other, reference, minute=20)
        (row,) = waiting(house.officer, minute=34).rows
        assert (row.claim.name, row.claim.until, row.claim.is_mine) == (
            other.person.name,
            moment(minute=35),
            False,
        )
        assert waiting(other, minute=34).rows[0].claim.is_mine
        assert waiting(house.officer, minute=35).rows[0].claim is None

    def test_shows_a_page_at_a_time_and_counts_all(self, house, submit):
        first = submit("dmfa", minute=1)
        second = submit("dimona", minute=2)
        for page, shown in ((1, first), (2, second), (9, second), (0, first)):
            queue = scan_queue.waiting(
                actor=house.officer, at=moment(minute=30), language="fr", page=page, page_size=1
            )
            assert (queue.total, queue.pages) == (2, 2)
            assert [row.reference for row in queue.rows] == [shown]

    def test_offers_ones_own_before_the_oldest_that_is_free(self, house, submit):
        first, second = submit("dmfa", minute=1), submit("dimona", minute=2)
        third, other = submit("risks", minute=3), register.an_officer()
        claim(other, first, minute=20)
        claim(house.officer, third, minute=20)
        at = moment(minute=21)
        assert scan_queue.to_take(actor=house.officer, at=at) == (third, second)
        assert scan_queue.mine(actor=house.officer, at=at) == third
        assert scan_queue.mine(actor=house.officer, at=moment(minute=36)) is None

    def test_takes_as_many_queries_for_many_as_for_one(
        self, house, submit, django_assert_max_num_queries
    ):
        for quarter in range(1, 5):
            submit("dmfa", start=f"{quarter}/2027", end=f"{quarter}/2027")
        with django_assert_max_num_queries(5):
            assert waiting(house.officer).total == 4

    def test_is_for_officers(self, house, submit):
        reference = submit("dmfa")
        with pytest.raises(scan_queue.ScansAreForOfficers):
            waiting(house.baker)
        with pytest.raises(scan_queue.ScansAreForOfficers):
            one(house.baker, reference)


class TestOneScan:
    def test_stands_beside_what_the_register_knows(self, house, submit):
        reference = submit("dmfa", "risks", start="1/2027", end="4/2027")
        shown = one(house.officer, reference, language="nl")
        assert (shown.reference, shown.version, shown.document) == (reference, 2, 1)
        assert (shown.since, shown.submitted_by) == (moment(minute=10), house.baker.person.name)
        assert shown.party(Side.MANDATOR).number == house.bakery
        assert shown.party(Side.MANDATARY).number == house.practice
        assert shown.groups == ("dmfa nl", "risks nl")
        assert shown.period == period("1/2027", "4/2027")
        assert shown.claim is None

    def test_lists_those_who_may_sign_for_each_party_today(self, house, submit):
        register.labelled(labels.FUNCTION, register.MANAGER, {"fr": "Gérant"})
        reference = submit("dmfa")
        person = register.a_person("Zoé", "Gone")
        models.Office.objects.create(
            enterprise=house.bakery,
            function=register.MANAGER,
            person=person.insz,
            begins=datetime.date(2001, 1, 1),
            ends=TODAY - datetime.timedelta(days=1),
        )
        shown = one(house.officer, reference)
        assert [
            (each.person_name, each.function, each.through)
            for each in shown.signatories[Side.MANDATOR]
        ] == [(house.baker.person.name, "Gérant", ())]
        assert [each.person_name for each in shown.signatories[Side.MANDATARY]] == [
            house.accountant.person.name
        ]

    def test_follows_enterprises_to_their_permanent_representatives(self, house, submit):
        holding = register.an_enterprise("Holding")
        person = register.a_person("Ada", "Behind")
        models.Office.objects.create(
            enterprise=house.bakery,
            function=register.MANAGER,
            holder=holding,
            begins=datetime.date(2001, 1, 1),
        )
        models.Office.objects.create(
            enterprise=holding,
            function=register.PERMANENT_REPRESENTATIVE,
            person=person.insz,
            given_name=person.given_name,
            family_name=person.family_name,
            begins=datetime.date(2001, 1, 1),
        )
        shown = one(house.officer, submit("dmfa"))
        found = {each.person_name: each.through for each in shown.signatories[Side.MANDATOR]}
        assert found == {house.baker.person.name: (), "Ada Behind": ("Holding",)}

    def test_everybody_listed_is_accepted_as_a_signatory(self, house, submit):
        reference = submit("dmfa")
        shown = one(house.officer, reference)
        chosen = {side: (people[0].office,) for side, people in shown.signatories.items()}
        approve.approve(actor=house.officer, signatories=chosen, **page(reference))
        shown = details(house.baker, reference)
        assert [(each.side, each.document) for each in shown.validations] == [
            (Side.MANDATOR, 1),
            (Side.MANDATARY, 1),
        ]

    def test_that_was_rejected_tells_the_parties_why(self, house, submit):
        reference = submit("dmfa")
        reject.reject(
            actor=house.officer,
            reason_code=RejectionReason.SIGNATURE_MISSING,
            reason="That of the mandatary.",
            **page(reference),
        )
        shown = details(house.baker, reference)
        assert (shown.mandates[0].rejection, shown.mandates[0].reason) == (
            RejectionReason.SIGNATURE_MISSING,
            "That of the mandatary.",
        )
