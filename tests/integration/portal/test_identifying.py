"""Becoming a service provider on the screens: conditions, contact data, check, receipt, my data."""

import pytest

from mahis.domain.identification import RequestState
from mahis.domain.parties import ProviderStatus, Quality, Role
from mahis.store import models
from tests.factories import register
from tests.integration.portal.people import as_, go, somebody, text_of

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Payroll desk",
    "email": "desk@bakery.example",
    "telephone": "02 555 12 34",
    "language": "nl",
}


@pytest.fixture
def director(cast):
    """Give somebody of an enterprise of which every condition holds."""
    models.UserAccount.objects.create(
        enterprise=cast.client, begins=register.LONG_AGO, ebox_opened_on=register.LONG_AGO
    )
    return cast.director


def request_of(actor):
    return models.IdentificationRequest.objects.get(enterprise=actor.enterprise)


def asked(actor):
    """Go all the way, and give the browser with the receipt."""
    browser = as_(actor)
    assert browser.post(go("identification_contact"), TYPED)["Location"] == go(
        "identification_check"
    )
    answer = browser.post(go("identification_check"), {"terms": "yes"}, follow=True)
    return browser, answer


class TestTheConditions:
    def test_are_shown_one_by_one_before_anything_is_typed(self, director):
        text = text_of(as_(director).get(go("identification")))
        assert text.count("Met ") == 7
        assert "Not met" not in text
        assert "Make a request" in text

    def test_say_why_they_do_not_hold(self, cast):
        text = text_of(as_(cast.clerk).get(go("identification")))
        assert text.count("Not met") == 2
        assert "Open it once" in text
        assert "Make a request" not in text

    def test_lead_back_whoever_goes_on_without_them(self, cast):
        for name in ("identification_contact", "identification_check"):
            answer = as_(cast.clerk).get(go(name))
            assert answer["Location"] == go("identification")

    def test_are_for_consulting_people_too_who_cannot_ask(self, cast):
        assert as_(cast.reader).get(go("identification")).status_code == 200
        assert as_(cast.reader).get(go("identification_contact")).status_code == 403

    def test_say_that_a_blocked_provider_cannot_ask(self, cast, director):
        models.Provider.objects.create(
            enterprise=cast.client, status=ProviderStatus.BLOCKED, begins=register.LONG_AGO
        )
        text = text_of(as_(director).get(go("identification")))
        assert "The NSSO has blocked it as one" in text


class TestARequest:
    def test_goes_from_contact_data_over_a_check_to_a_receipt(self, director):
        browser = as_(director)
        page = browser.get(go("identification_contact"))
        assert director.person.name in page.content.decode()
        assert browser.post(go("identification_contact"), TYPED).status_code == 302
        check = text_of(browser.get(go("identification_check")))
        assert "+3225551234" in check
        assert "Bakkerij Peeters" in check
        answer = browser.post(go("identification_check"), {"terms": "yes"}, follow=True)
        row = request_of(director)
        text = text_of(answer)
        assert "Your request has been sent" in text
        assert str(row.reference) in text
        again = text_of(browser.get(go("identification_request", row.reference)))
        assert "The NSSO decides this request" in again

    def test_says_what_is_wrong_at_each_field_and_keeps_what_was_typed(self, director):
        answer = as_(director).post(go("identification_contact"), TYPED | {"email": "nobody"})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Enter an e-mail address" in page
        assert 'value="Payroll desk"' in page
        assert 'aria-invalid="true"' in page

    def test_needs_the_terms(self, director):
        browser = as_(director)
        browser.post(go("identification_contact"), TYPED)
        answer = browser.post(go("identification_check"), {})
        assert answer.status_code == 422
        assert "Tick that you accept the terms" in text_of(answer)
        assert not models.IdentificationRequest.objects.exists()

    def test_sent_twice_is_one_and_leads_to_its_receipt(self, director):
        browser, _ = asked(director)
        again = browser.post(go("identification_check"), {"terms": "yes"})
        assert again["Location"] == go("identification_request", request_of(director).reference)

    def test_is_looked_at_again_when_it_is_sent(self, director):
        browser = as_(director)
        browser.post(go("identification_contact"), TYPED)
        models.UserAccount.objects.update(ebox_opened_on=None)
        answer = browser.post(go("identification_check"), {"terms": "yes"})
        assert answer["Location"] == go("identification")
        assert not models.IdentificationRequest.objects.exists()

    def test_is_not_what_was_typed_for_another_enterprise(self, cast, director):
        browser = as_(director)
        browser.post(go("identification_contact"), TYPED)
        session = browser.session
        kept = session["identification_contact"]
        session["identification_contact"] = kept | {"for": cast.provider.digits}
        session.save()
        assert browser.get(go("identification_check"))["Location"] == go("identification")

    def test_is_withdrawn_after_a_question(self, director):
        browser, _ = asked(director)
        reference = request_of(director).reference
        address = go("identification_withdraw", reference)
        assert "no longer decides request" in text_of(browser.get(address))
        answer = browser.post(address, follow=True)
        assert "Your enterprise has withdrawn this request" in text_of(answer)
        assert browser.post(address)["Location"] == go("identification_request", reference)
        assert request_of(director).state is RequestState.WITHDRAWN

    def test_is_withdrawn_by_nobody_who_may_not_sign(self, cast, director):
        asked(director)
        reference = request_of(director).reference
        answer = as_(cast.clerk).post(go("identification_withdraw", reference))
        assert answer.status_code == 409
        assert "somebody who may sign for the enterprise" in text_of(answer)

    def test_of_another_enterprise_is_not_found(self, cast, director):
        asked(director)
        reference = request_of(director).reference
        for name in ("identification_request", "identification_withdraw"):
            assert as_(cast.stranger).get(go(name, reference)).status_code == 404

    def test_stands_on_the_home_page_while_it_waits(self, director):
        browser, _ = asked(director)
        text = text_of(browser.get(go("home")))
        assert "Your request to become a service provider waits for the NSSO" in text


class TestMyData:
    def test_are_entered_and_changed_by_a_manager(self, cast):
        browser = as_(cast.accountant)
        assert "No contact data yet" in text_of(browser.get(go("own_data")))
        answer = browser.post(go("own_contact"), TYPED, follow=True)
        assert "Your contact data are changed" in text_of(answer)
        assert "desk@bakery.example" in text_of(answer)
        assert "Your contact data are changed" not in text_of(browser.get(go("own_data")))

    def test_keep_what_was_typed_beside_what_is_wrong(self, cast):
        answer = as_(cast.accountant).post(go("own_contact"), TYPED | {"telephone": "none"})
        assert answer.status_code == 422
        assert "Enter a telephone number" in text_of(answer)

    def test_are_for_providers_only(self, cast):
        assert as_(cast.director).get(go("own_data")).status_code == 403
        reader = somebody(cast.provider, Quality.SERVICE_PROVIDER, role=Role.CONSULT)
        assert as_(reader).get(go("own_data")).status_code == 200
        assert as_(reader).get(go("own_contact")).status_code == 403


class TestABlockedProvider:
    @pytest.fixture
    def reader(self, cast):
        models.Provider.objects.filter(pk=cast.provider).update(
            status=ProviderStatus.BLOCKED, held=True
        )
        return somebody(cast.provider, Quality.SERVICE_PROVIDER, role=Role.CONSULT)

    def test_says_so_on_its_home_page(self, reader):
        text = text_of(as_(reader).get(go("home")))
        assert "Your enterprise is blocked as a service provider" in text

    def test_says_so_where_one_would_draw_up(self, reader):
        answer = as_(reader).get(go("new"))
        assert answer.status_code == 403
        assert "The NSSO has blocked your enterprise" in text_of(answer)

    def test_is_not_found_as_a_mandatary(self, cast, reader):
        browser = as_(cast.director)
        draft = {"other_party": cast.provider.screen, "groups": ["several"], "start": "1/2027"}
        answer = browser.post(go("new"), draft | {"next": ""}, follow=True)
        assert "is blocked as a service provider" in text_of(answer)


def test_a_lapsed_provider_is_told_so_and_can_ask_again(cast, director):
    models.Provider.objects.create(
        enterprise=cast.client,
        status=ProviderStatus.LAPSED,
        begins=register.LONG_AGO,
        ends=register.LONG_AGO,
        held=True,
    )
    text = text_of(as_(director).get(go("home")))
    assert "Your enterprise is no longer a service provider" in text
    assert "Become a service provider again" in text
    assert "Make a request" in text_of(as_(director).get(go("identification")))
