"""Providers that the office blocks and unblocks, and that say how they are reached."""

import dataclasses
import datetime

import pytest

from mahis.domain import conditions, parties
from mahis.domain.changes import Subject
from mahis.domain.identification import NotOwnData, OfficeOnly, ProviderUnknown, StatusNotFitting
from mahis.domain.parties import Language, ProviderStatus, Quality, Role
from mahis.queries import capacities
from mahis.store import loading, models
from mahis.usecases import change_contact_data
from tests.factories import numbers, register
from tests.integration.usecases import providing
from tests.integration.usecases.providing import DAY, block, unblock
from tests.integration.usecases.scene import moment

pytestmark = pytest.mark.django_db
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def officer():
    """Give an officer who may act."""
    return register.an_officer()


def told(number):
    notices = models.Notice.objects.filter(recipient=number).order_by("delivery__number")
    return [notice.telling.value for notice in notices]


def history(number):
    found = models.Change.objects.filter(subject=Subject.PROVIDER, key=number.digits)
    return [
        (change.act, change.before.get("status"), change.after.get("status"))
        for change in found.order_by("number")
    ]


class TestBlocking:
    def test_is_told_and_recorded_and_undone(self, officer):
        number, actor = providing.accepted(officer)
        block(officer, number)
        assert loading.provider_statuses([number], on=DAY)[number] is ProviderStatus.BLOCKED
        (offered,) = capacities.offered(person=actor.person.insz, on=DAY)
        assert (offered.capacity.quality, offered.capacity.role) == (
            Quality.SERVICE_PROVIDER,
            Role.CONSULT,
        )
        unblock(officer, number)
        assert loading.provider_statuses([number], on=DAY)[number] is ProviderStatus.ACTIVE
        assert told(number) == ["providerAccepted", "providerBlocked", "providerUnblocked"]
        assert history(number) == [
            ("accept", None, "active"),
            ("block", "active", "blocked"),
            ("unblock", "blocked", "active"),
        ]

    def test_keeps_mandates_away(self, stage, officer):
        block(officer, stage.provider)
        with pytest.raises(parties.NotAProvider):
            stage.draw("several")

    def test_leaves_the_mandates_that_there_are(self, stage, officer):
        stage.active("several")
        block(officer, stage.provider)
        assert models.Mandate.objects.get().state.value == "active"

    def test_needs_a_provider_that_stands_so(self, officer):
        number, _ = providing.accepted(officer)
        with pytest.raises(StatusNotFitting):
            unblock(officer, number)
        block(officer, number)
        with pytest.raises(StatusNotFitting) as refused:
            block(officer, number)
        assert refused.value.found["status"] is ProviderStatus.BLOCKED
        with pytest.raises(ProviderUnknown):
            block(officer, register.an_enterprise())

    def test_needs_an_enterprise_that_the_register_knows(self, officer):
        """Whom nobody knows nobody can tell."""
        number = numbers.enterprise_number()
        models.Provider.objects.create(
            enterprise=number, status=ProviderStatus.ACTIVE, begins=register.LONG_AGO
        )
        with pytest.raises(ProviderUnknown):
            block(officer, number)

    def test_needs_a_reason(self, officer):
        number, _ = providing.accepted(officer)
        with pytest.raises(conditions.ReasonMissing):
            block(officer, number, "  ")
        block(officer, number)
        with pytest.raises(conditions.ReasonMissing):
            unblock(officer, number, "")

    def test_is_for_officers_who_act(self, officer):
        number, actor = providing.accepted(officer)
        for somebody in (actor, register.an_officer(Role.CONSULT)):
            with pytest.raises(OfficeOnly):
                block(somebody, number)
            with pytest.raises(OfficeOnly):
                unblock(somebody, number)


class TestContactData:
    def change(self, actor, **fields):
        return change_contact_data.change(
            actor=actor,
            contact=dataclasses.replace(providing.CONTACT, **fields),
            at=moment(DAY),
            on=DAY,
        )

    def manager(self, number, **traits):
        return register.acting(number, Quality.SERVICE_PROVIDER, **traits)

    def test_are_changed_by_a_manager_and_named_by_field_only(self, officer):
        number, _ = providing.accepted(officer)
        changed = self.change(
            self.manager(number), email="new@provider.example", language=Language.FRENCH
        )
        assert set(changed) == {"email", "language"}
        contact = models.Provider.objects.get().contact
        assert contact is not None
        assert contact.email == "new@provider.example"
        change = models.Change.objects.filter(subject=Subject.PROVIDER).latest("number")
        assert (change.act, change.after) == (
            "changeContactData",
            {"fields": ["email", "language"]},
        )
        assert "provider.example" not in str((change.before, change.after))

    def test_are_entered_by_providers_of_the_register_too(self):
        number = register.a_provider()
        assert models.Provider.objects.get().contact is None
        self.change(self.manager(number))
        assert models.Provider.objects.get().contact == providing.CONTACT

    def test_that_stay_are_no_change(self, officer):
        number, _ = providing.accepted(officer)
        assert self.change(self.manager(number)) == ()
        assert [act for act, *_ in history(number)] == ["accept"]

    def test_are_for_managers_of_the_provider(self, officer):
        number, asker = providing.accepted(officer)
        for somebody in (asker, self.manager(number, role=Role.CONSULT), officer):
            with pytest.raises(NotOwnData):
                self.change(somebody, name="Somebody else")

    def test_of_a_blocked_provider_stay(self, officer):
        number, _ = providing.accepted(officer)
        block(officer, number)
        with pytest.raises(NotOwnData):
            self.change(self.manager(number), name="Somebody else")
