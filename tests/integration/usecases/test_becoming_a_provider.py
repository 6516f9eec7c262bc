"""From a request to a provider: asked, withdrawn, accepted, refused, each once and each told."""

import datetime

import pytest

from mahis.domain import conditions
from mahis.domain.changes import Subject
from mahis.domain.identification import (
    Condition,
    ConditionNotMet,
    OfficeOnly,
    RequestClaimed,
    RequestDecided,
    RequestReference,
    RequestState,
    RequestUnknown,
    TermsNotAccepted,
)
from mahis.domain.parties import ProviderStatus, Quality, Role
from mahis.queries import capacities
from mahis.store import loading, models
from mahis.usecases import claim_request, withdraw_request
from tests.factories import register
from tests.integration.usecases import providing
from tests.integration.usecases.providing import DAY, accept, ask, refuse
from tests.integration.usecases.scene import LIMITS, moment

pytestmark = pytest.mark.django_db
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def officer():
    """Give an officer who may act."""
    return register.an_officer()


@pytest.fixture
def actor():
    """Give somebody who may ask for an enterprise that fits."""
    return providing.representative(providing.fitting())


def row(reference):
    return models.IdentificationRequest.objects.get(pk=reference.number)


def told(number):
    """Give what an enterprise was told, in order."""
    notices = models.Notice.objects.filter(recipient=number).order_by("delivery__number")
    return [notice.telling.value for notice in notices]


def changes(subject, key):
    found = models.Change.objects.filter(subject=subject, key=key).order_by("number")
    return [(change.act, change.kind.value, change.reason) for change in found]


def withdraw(actor, reference):
    withdraw_request.withdraw(actor=actor, reference=reference, at=moment(DAY), on=DAY)


class TestAsking:
    def test_keeps_who_asked_what_and_when(self, actor):
        found = row(ask(actor))
        assert (found.state, found.person, found.person_name) == (
            RequestState.SUBMITTED,
            actor.person.insz,
            actor.person.name,
        )
        assert found.contact == providing.CONTACT
        assert (found.asked_at, found.terms_accepted) == (moment(DAY), True)
        assert changes(Subject.IDENTIFICATION, str(found.reference)) == [("ask", "party", "")]
        assert told(actor.enterprise) == []

    def test_writes_no_contact_data_into_what_nobody_can_erase(self, actor):
        ask(actor)
        (change,) = models.Change.objects.all()
        assert providing.CONTACT.email not in str((change.before, change.after, change.reason))

    def test_needs_the_terms(self, actor):
        with pytest.raises(TermsNotAccepted) as refused:
            ask(actor, terms=False)
        assert refused.value.field == "terms"
        assert not models.IdentificationRequest.objects.exists()

    @pytest.mark.parametrize(
        ("traits", "condition"),
        [
            ({"ceased_on": DAY}, Condition.ACTIVE),
            ({"secretariat": "331"}, Condition.NO_SECRETARIAT),
            ({"provider": ProviderStatus.ACTIVE}, Condition.NO_PROVIDER),
            ({"provider": ProviderStatus.BLOCKED}, Condition.NO_PROVIDER),
        ],
    )
    def test_needs_an_enterprise_that_fits(self, traits, condition):
        actor = providing.representative(providing.fitting(**traits))
        with pytest.raises(ConditionNotMet) as refused:
            ask(actor)
        assert refused.value.found["condition"] is condition

    @pytest.mark.parametrize(
        ("traits", "condition"),
        [({"may_sign": False}, Condition.REPRESENTS), ({"role": Role.CONSULT}, Condition.MANAGES)],
    )
    def test_needs_a_person_who_fits(self, traits, condition):
        actor = providing.representative(providing.fitting(), **traits)
        with pytest.raises(ConditionNotMet) as refused:
            ask(actor)
        assert refused.value.found["condition"] is condition

    def test_needs_an_ebox_that_was_opened(self, actor):
        models.UserAccount.objects.update(ebox_opened_on=None)
        with pytest.raises(ConditionNotMet) as refused:
            ask(actor)
        assert refused.value.found["condition"] is Condition.EBOX_OPENED

    def test_twice_is_refused_while_the_first_waits(self, actor):
        ask(actor)
        with pytest.raises(ConditionNotMet) as refused:
            ask(actor)
        assert refused.value.found["condition"] is Condition.NO_OPEN_REQUEST

    def test_is_nothing_for_officers(self):
        officer = register.acting(providing.fitting(), Quality.NSSO_OFFICER, may_sign=True)
        with pytest.raises(ConditionNotMet):
            ask(officer)


class TestWithdrawing:
    def test_ends_the_request_and_lets_one_ask_again(self, actor):
        reference = ask(actor)
        withdraw(actor, reference)
        found = row(reference)
        assert (found.state, found.officer) == (RequestState.WITHDRAWN, None)
        assert ask(actor) != reference

    def test_is_done_by_another_representative_too(self, actor):
        reference = ask(actor)
        withdraw(providing.representative(actor.enterprise), reference)
        assert row(reference).state is RequestState.WITHDRAWN

    def test_is_not_for_whoever_may_not_sign(self, actor):
        reference = ask(actor)
        with pytest.raises(ConditionNotMet):
            withdraw(providing.representative(actor.enterprise, may_sign=False), reference)

    def test_is_not_for_strangers_who_learn_nothing(self, actor, officer):
        reference = ask(actor)
        for somebody in (providing.representative(providing.fitting("Ander")), officer):
            with pytest.raises(RequestUnknown):
                withdraw(somebody, reference)
        with pytest.raises(RequestUnknown):
            withdraw(actor, RequestReference(2026, 999_999))
        with pytest.raises(RequestUnknown):
            withdraw(actor, RequestReference(2025, reference.number))

    def test_comes_too_late_after_a_decision(self, actor, officer):
        reference = ask(actor)
        refuse(officer, reference)
        with pytest.raises(RequestDecided) as refused:
            withdraw(actor, reference)
        assert refused.value.found["state"] is RequestState.REFUSED


class TestAccepting:
    def test_makes_a_provider_from_that_day_on(self, actor, officer):
        accept(officer, ask(actor), on=DAY + ONE_DAY)
        provider = models.Provider.objects.get(pk=actor.enterprise)
        assert (provider.status, provider.begins, provider.ends) == (
            ProviderStatus.ACTIVE,
            DAY + ONE_DAY,
            None,
        )
        assert provider.source is models.Source.IDENTIFICATION
        assert provider.contact == providing.CONTACT
        statuses = loading.provider_statuses([actor.enterprise], on=DAY + ONE_DAY)
        assert statuses[actor.enterprise] is ProviderStatus.ACTIVE

    def test_lets_who_asked_act_for_the_provider_at_once(self, actor, officer):
        accept(officer, ask(actor))
        offered = capacities.offered(person=actor.person.insz, on=DAY)
        assert [(each.capacity.quality, each.capacity.role) for each in offered] == [
            (Quality.SERVICE_PROVIDER, Role.MANAGE)
        ]

    def test_adds_no_access_to_that_of_the_registry(self, actor, officer):
        register.given_access(actor.person, actor.enterprise, kind=models.AccessKind.PROVIDER)
        accept(officer, ask(actor))
        assert models.AccessRight.objects.get().source is models.Source.REGISTER

    def test_tells_the_enterprise_until_when_its_first_mandate_has_to_come(self, actor, officer):
        accept(officer, ask(actor))
        notice = models.Notice.objects.get(recipient=actor.enterprise)
        change = models.Change.objects.get(subject=Subject.PROVIDER)
        assert (notice.telling.value, notice.channel.value) == ("providerAccepted", "ebox")
        assert (notice.authorisation, notice.history_number) == (None, change.number)
        assert (notice.language, notice.delivery.state.value) == (
            providing.CONTACT.language,
            "waiting",
        )
        assert change.after["lastDay"] == "2027-05-23"

    def test_is_recorded_of_the_request_and_of_the_provider(self, actor, officer):
        reference = ask(actor)
        accept(officer, reference)
        assert changes(Subject.IDENTIFICATION, str(reference))[-1] == ("accept", "officer", "")
        assert changes(Subject.PROVIDER, actor.enterprise.digits) == [("accept", "officer", "")]
        found = row(reference)
        assert (found.officer, found.officer_name) == (officer.person.insz, officer.person.name)

    def test_looks_at_the_conditions_again(self, actor, officer):
        reference = ask(actor)
        models.Office.objects.update(ends=DAY - ONE_DAY)
        with pytest.raises(ConditionNotMet) as refused:
            accept(officer, reference)
        assert refused.value.found["condition"] is Condition.REPRESENTS
        assert row(reference).state is RequestState.SUBMITTED
        assert not models.Provider.objects.exists()

    def test_begins_the_quality_anew_after_a_lapse(self, officer):
        actor = providing.representative(providing.fitting(provider=ProviderStatus.LAPSED))
        accept(officer, ask(actor))
        provider = models.Provider.objects.get()
        assert (provider.status, provider.begins, provider.held) == (
            ProviderStatus.ACTIVE,
            DAY,
            False,
        )

    def test_is_for_officers_who_act(self, actor):
        reference = ask(actor)
        for somebody in (actor, register.an_officer(Role.CONSULT)):
            with pytest.raises(OfficeOnly):
                accept(somebody, reference)
            with pytest.raises(OfficeOnly):
                refuse(somebody, reference)


class TestRefusing:
    def test_tells_why_and_lets_one_ask_again(self, actor, officer):
        refuse(officer, ask(actor), " There are debts. ")
        assert told(actor.enterprise) == ["providerRefused"]
        assert changes(Subject.PROVIDER, actor.enterprise.digits) == [
            ("refuse", "officer", "There are debts.")
        ]
        assert not models.Provider.objects.exists()
        assert row(ask(actor)).state is RequestState.SUBMITTED

    def test_needs_a_reason_of_bounded_length(self, actor, officer):
        reference = ask(actor)
        with pytest.raises(conditions.ReasonMissing):
            refuse(officer, reference, " ")
        with pytest.raises(conditions.ReasonTooLong):
            refuse(officer, reference, "x" * (LIMITS.longest_reason + 1))
        assert row(reference).state is RequestState.SUBMITTED

    def test_happens_once(self, actor, officer):
        reference = ask(actor)
        refuse(officer, reference)
        for act in (accept, refuse):
            with pytest.raises(RequestDecided):
                act(officer, reference)
        assert told(actor.enterprise) == ["providerRefused"]


class TestAClaim:
    def claim(self, officer, reference, *, minute=0):
        return claim_request.claim(
            actor=officer, reference=reference, limits=LIMITS, at=moment(DAY, minute)
        )

    def test_keeps_others_from_deciding_until_it_ends(self, actor, officer):
        reference, other = ask(actor), register.an_officer()
        until = self.claim(other, reference)
        with pytest.raises(RequestClaimed) as refused:
            self.claim(officer, reference)
        assert refused.value.found == {"name": other.person.name, "until": until}
        assert self.claim(officer, reference, minute=20) > until

    def test_is_given_back_by_who_has_it_alone(self, actor, officer):
        reference, other = ask(actor), register.an_officer()
        self.claim(other, reference)
        claim_request.release(actor=officer, reference=reference)
        with pytest.raises(RequestClaimed):
            self.claim(officer, reference)
        claim_request.release(actor=other, reference=reference)
        self.claim(officer, reference)

    def test_ends_with_the_decision(self, actor, officer):
        reference = ask(actor)
        self.claim(officer, reference)
        refuse(officer, reference)
        assert row(reference).claimed_by is None
        with pytest.raises(RequestDecided):
            self.claim(officer, reference)

    def test_is_for_officers_who_act(self, actor):
        reference = ask(actor)
        for somebody in (actor, register.an_officer(Role.CONSULT)):
            with pytest.raises(OfficeOnly):
                self.claim(somebody, reference)
