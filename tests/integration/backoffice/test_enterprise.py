"""The page of an enterprise, the box over everything, and why a notice did not arrive."""

import pytest
from django.urls import reverse

from mahis.domain.deliveries import DeliveryState
from mahis.domain.notices import Channel
from mahis.domain.parties import Language, Quality
from mahis.store import models
from mahis.web import clock
from tests.factories import numbers, register, roads
from tests.integration.portal.people import as_, somebody, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference(cast):
    """Give an active authorisation for two groups."""
    return roads.signed_by_both(cast.director, cast.accountant, "several", "single")


def look(actor, name, *args, **query):
    return as_(actor).get(reverse(f"backoffice:{name}", args=args), query)


class TestTheBox:
    def test_leads_straight_to_an_enterprise(self, cast):
        answer = look(cast.officer, "find", q=cast.client.screen, open="1")
        assert answer.status_code == 302
        assert answer["Location"] == f"/office/enterprises/{cast.client.digits}/"

    def test_leads_straight_to_what_a_reference_names(self, cast, reference):
        answer = look(cast.officer, "find", q=str(reference), open="1")
        assert answer["Location"] == f"/office/mandates/{reference}/"
        answer = look(cast.officer, "find", q=f"{reference}/2", open="1")
        assert answer["Location"] == f"/office/mandates/{reference}/2/"

    def test_shows_several_by_kind(self, cast):
        register.a_provider("Peeters Fiduciaire")
        answer = look(cast.officer, "find", q="peeters", open="1")
        text = text_of(answer)
        assert "Enterprises" in text
        assert "Service providers and social secretariats" in text
        assert f"/office/enterprises/{cast.client.digits}/" in answer.content.decode()

    def test_says_where_nothing_is_found(self, cast):
        assert "Nothing was found" in text_of(look(cast.officer, "find", q="nobody at all"))
        assert "check digits" in text_of(look(cast.officer, "find", q="0123.456.788"))

    def test_never_shows_a_national_number_back(self, cast):
        person = numbers.insz()
        away = look(cast.officer, "find", q=person.digits, open="1")
        assert (away.status_code, away["Location"]) == (302, "/office/find/?person")
        answer = as_(cast.officer).get(away["Location"])
        assert answer.status_code == 422
        assert "national number of a person" in text_of(answer)
        assert person.digits not in answer.content.decode()

    @pytest.mark.parametrize("text", ["", "\x00", "x" * 5000, "%", "'; --", "١٢٣"])
    def test_answers_anything(self, cast, text):
        assert look(cast.officer, "find", q=text).status_code in {200, 422}

    def test_stands_on_the_first_page(self, cast):
        assert 'action="/office/find/"' in look(cast.officer, "home").content.decode()


class TestAnEnterprise:
    def test_shows_register_qualities_mandates_people_and_notices(self, cast, reference):
        register.registered_as_employer(cast.client)
        register.named(cast.client, "BP", kind="002")
        page = look(cast.officer, "enterprise", cast.client)
        text = text_of(page)
        for said in (
            "Bakkerij Peeters",
            cast.client.screen,
            "BP",
            "from 1 January 2000 on",
            "Not identified as a service provider",
            "2 mandates",
            cast.director.person.name,
            "Mandate active",
            str(reference),
        ):
            assert said in text, said
        assert f"mandator={cast.client.screen}" in page.content.decode()

    def test_of_a_provider_counts_its_mandates_on_the_other_side(self, cast, reference):
        page = look(cast.officer, "enterprise", cast.provider)
        text = text_of(page)
        assert "is a service provider" in text
        assert f"mandatary={cast.provider.screen}&amp;states=active" in page.content.decode()

    def test_that_ceased_says_so(self, cast):
        gone = register.an_enterprise("Gone", ceased_on=clock.today())
        assert "23 November 2026" in text_of(look(cast.officer, "enterprise", gone))

    def test_of_every_kind_can_be_shown(self, cast):
        for number in (
            register.an_enterprise("", legal_form=""),
            register.an_enterprise("Sekretariat", secretariat="331"),
            register.an_enterprise("Deutsch", language=Language.GERMAN),
        ):
            assert look(cast.officer, "enterprise", number).status_code == 200

    def test_that_nobody_knows_is_not_found(self, cast):
        unknown = numbers.enterprise_number()
        assert look(cast.officer, "enterprise", unknown).status_code == 404
        wrong = as_(cast.officer).get("/office/enterprises/0123456788/")
        assert wrong.status_code == 404

    def test_is_led_to_from_an_authorisation(self, cast, reference):
        page = look(cast.officer, "authorisation", reference).content.decode()
        for number in (cast.client, cast.provider):
            assert f'href="/office/enterprises/{number.digits}/"' in page


class TestANotice:
    @pytest.fixture
    def failed(self, cast):
        """Give a notice whose delivery was given up."""
        roads.drawn_up(cast.director, cast.accountant, "several")
        notice = models.Notice.objects.get(recipient=cast.provider)
        models.Delivery.objects.filter(notice=notice).update(
            state=DeliveryState.FAILED,
            problem="forbidden",
            channel=Channel.EBOX,
            attempts=12,
            tried_at=clock.now(),
        )
        return notice.pk

    def test_says_to_officers_why_it_did_not_arrive(self, cast, auditor, failed):
        text = text_of(look(cast.officer, "notice", failed))
        for said in (
            "Why it was not delivered",
            "does not let this service write",
            "In the log: forbidden",
            "12",
            "it was given up",
            "Have it sent again",
        ):
            assert said in text, said
        assert "Have it sent again" not in text_of(look(auditor, "notice", failed))

    def test_that_is_tried_again_says_when(self, cast, failed):
        models.Delivery.objects.filter(notice=failed).update(
            state=DeliveryState.WAITING, next_at=clock.now()
        )
        text = text_of(look(cast.officer, "notice", failed))
        assert "Next try 23 November 2026 at 11:00" in text

    def test_that_arrived_says_nothing_of_troubles(self, cast, failed):
        models.Delivery.objects.filter(notice=failed).update(
            state=DeliveryState.DELIVERED, delivered_at=clock.now(), problem=""
        )
        assert "Why it was not delivered" not in text_of(look(cast.officer, "notice", failed))

    def test_says_nothing_of_it_to_the_party(self, cast, failed):
        reader = somebody(cast.provider, Quality.SERVICE_PROVIDER)
        page = as_(reader).get(reverse("portal:notice", args=[failed]))
        assert page.status_code == 200
        assert "In the log" not in text_of(page)
