"""The office's queue of requests, the decision, and the page of a provider."""

import pytest

from mahis.domain.identification import RequestState
from mahis.domain.parties import ProviderStatus, Quality, Role
from mahis.store import models
from tests.factories import register
from tests.integration.portal.people import as_, somebody, text_of
from tests.integration.usecases import providing

pytestmark = pytest.mark.django_db


def go(name, *args):
    from django.urls import reverse

    return reverse(f"backoffice:{name}", args=args)


@pytest.fixture
def officer(db):
    """Give an officer who may act, with the access to do so."""
    return somebody(register.an_enterprise("Office"), Quality.NSSO_OFFICER)


@pytest.fixture
def auditor(officer):
    """Give somebody of the office who only looks."""
    return somebody(officer.enterprise, Quality.NSSO_OFFICER, role=Role.CONSULT)


@pytest.fixture
def asked(officer):
    """Give a request that waits."""
    return providing.ask(providing.representative(providing.fitting("Nieuw Kantoor")))


def state(reference):
    return models.IdentificationRequest.objects.get(pk=reference.number).state


class TestTheQueue:
    def test_shows_what_waits_and_says_how_many_in_the_menu(self, officer, asked):
        text = text_of(as_(officer).get(go("requests")))
        assert str(asked) in text
        assert "Nieuw Kantoor" in text
        assert "Nobody yet" in text

    def test_says_what_would_stand_there(self, officer):
        assert "No request waits" in text_of(as_(officer).get(go("requests")))

    def test_is_for_officers(self, asked):
        actor = somebody(providing.fitting("Ander"), Quality.COMPANY_WITHOUT_STAFF)
        browser = as_(actor)
        for address in (go("requests"), go("request", asked), go("providers")):
            assert browser.get(address).status_code == 403

    def test_turns_pages(self, officer, monkeypatch):
        from mahis.queries import identification_requests

        monkeypatch.setattr(identification_requests, "SHOWN", 2)
        for _ in range(3):
            providing.ask(providing.representative(providing.fitting()))
        assert "Page 1 of 2" in text_of(as_(officer).get(go("requests")))
        assert "Page 2 of 2" in text_of(as_(officer).get(go("requests") + "?page=9"))


class TestARequest:
    def test_is_accepted_by_who_has_claimed_it(self, officer, asked):
        browser = as_(officer)
        page = text_of(browser.get(go("request", asked)))
        assert page.count("Met ") == 5
        assert "Debts" not in page
        assert "debts to a public institution" in page
        assert "Accept " not in page
        assert "Accept " in text_of(browser.post(go("request_claim", asked), follow=True))
        done = text_of(browser.post(go("request_accept", asked), follow=True))
        assert "Status from waiting for the NSSO to accepted" in done
        assert "Accepted: the enterprise is a service provider" in done
        assert state(asked) is RequestState.ACCEPTED
        again = browser.post(go("request_accept", asked))
        assert again["Location"] == go("request", asked)

    def test_is_refused_with_a_reason(self, officer, asked):
        browser = as_(officer)
        browser.post(go("request_claim", asked))
        without = browser.post(go("request_refuse", asked), {"reason": " "})
        assert without.status_code == 422
        assert "Enter a reason" in text_of(without)
        done = browser.post(
            go("request_refuse", asked), {"reason": "There are debts."}, follow=True
        )
        assert "There are debts." in text_of(done)
        assert state(asked) is RequestState.REFUSED

    def test_that_another_decides_says_who(self, officer, asked):
        other = somebody(officer.enterprise, Quality.NSSO_OFFICER)
        as_(other).post(go("request_claim", asked))
        browser = as_(officer)
        page = text_of(browser.post(go("request_claim", asked), follow=True))
        assert f"{other.person.name}, until" in page
        answer = browser.post(go("request_accept", asked))
        assert answer.status_code == 409
        assert "is deciding this request" in text_of(answer)
        as_(other).post(go("request_release", asked))
        assert "Decide this one" in text_of(browser.get(go("request", asked)))

    def test_that_was_decided_meanwhile_is_not_decided_again(self, officer, asked):
        providing.refuse(somebody(officer.enterprise, Quality.NSSO_OFFICER), asked)
        answer = as_(officer).post(go("request_accept", asked))
        assert answer.status_code == 409
        assert "waits no more" in text_of(answer)

    def test_of_which_a_condition_fails_can_only_be_refused(self, officer, asked):
        models.UserAccount.objects.update(ebox_opened_on=None)
        browser = as_(officer)
        page = text_of(browser.post(go("request_claim", asked), follow=True))
        assert "Not met" in page
        assert "Accept " not in page
        answer = browser.post(go("request_accept", asked))
        assert answer.status_code == 409
        assert "has never been opened" in text_of(answer)

    def test_is_only_looked_at_by_auditors(self, auditor, asked):
        browser = as_(auditor)
        assert "Decide this one" not in text_of(browser.get(go("request", asked)))
        for name in ("request_claim", "request_accept", "request_refuse", "request_release"):
            assert browser.post(go(name, asked)).status_code == 403

    def test_that_is_none_is_not_found(self, officer):
        assert as_(officer).get("/office/requests/P-2026-000999/").status_code == 404
        assert as_(officer).get("/office/requests/nonsense/").status_code == 404

    def test_shows_no_national_number(self, officer, asked):
        row = models.IdentificationRequest.objects.get()
        page = as_(officer).get(go("request", asked)).content.decode()
        assert row.person.digits not in page


class TestAProvider:
    def test_is_found_by_number_name_and_status(self, officer):
        number = register.a_provider("Fiduciaire Dupont")
        register.an_enterprise("Kantoor Blok", provider=ProviderStatus.BLOCKED)
        browser = as_(officer)
        for query in ("", "?text=dupont", f"?text={number.screen}", "?statuses=active"):
            assert "Fiduciaire Dupont" in text_of(browser.get(go("providers") + query))
        blocked = text_of(browser.get(go("providers") + "?statuses=blocked"))
        assert "Kantoor Blok" in blocked
        assert "Fiduciaire Dupont" not in blocked
        assert browser.get(go("providers") + "?text=x").status_code == 422
        assert "No service provider was found" in text_of(
            browser.get(go("providers") + "?text=nobody")
        )

    def test_is_blocked_and_unblocked_with_a_reason_and_its_history(self, officer):
        number = register.a_provider("Fiduciaire Dupont")
        browser = as_(officer)
        without = browser.post(go("provider_block", number), {"reason": ""})
        assert without.status_code == 422
        assert "Enter a reason" in text_of(without)
        text = text_of(
            browser.post(go("provider_block", number), {"reason": "Wrong form."}, follow=True)
        )
        assert "Unblock with this reason" in text
        assert "Wrong form." in text
        assert "Status from Active to Blocked" in text
        again = browser.post(go("provider_block", number), {"reason": "Wrong form."})
        assert again["Location"] == go("provider", number)
        text = text_of(
            browser.post(go("provider_unblock", number), {"reason": "Right now."}, follow=True)
        )
        assert "Block with this reason" in text
        assert text.index("Unblocked") < text.index("Wrong form.")

    def test_is_only_looked_at_by_auditors(self, auditor):
        number = register.a_provider()
        browser = as_(auditor)
        assert "Block with" not in text_of(browser.get(go("provider", number)))
        for name in ("provider_block", "provider_unblock"):
            assert browser.post(go(name, number), {"reason": "x"}).status_code == 403

    def test_that_is_none_yet_says_so(self, officer):
        number = register.an_enterprise("Geen Kantoor")
        assert "is no service provider" in text_of(as_(officer).get(go("provider", number)))

    def test_shows_its_requests(self, officer, asked):
        enterprise = models.IdentificationRequest.objects.get().enterprise_id
        assert str(asked) in text_of(as_(officer).get(go("provider", enterprise)))

    def test_of_no_enterprise_is_not_found(self, officer):
        assert as_(officer).get("/office/providers/0999999922/").status_code == 404
