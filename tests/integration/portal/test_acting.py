"""Signing, refusing, withdrawing, closing: who may, once only, and never from an old page."""

import pytest

from mahis.domain.mandate import State
from mahis.domain.parties import ProviderStatus, Quality
from mahis.store import models
from tests.factories import mandates, register, roads
from tests.integration.portal import people
from tests.integration.portal.people import as_, go, text_of, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def pending(cast):
    """Give an authorisation that waits for the accountant."""
    return roads.drawn_up(cast.director, cast.accountant, "several", "single", signed=True)


@pytest.fixture
def running(cast):
    """Give an authorisation with two active mandates."""
    return roads.signed_by_both(cast.director, cast.accountant, "single", "several")


def states():
    return [mandate.state for mandate in models.Mandate.objects.order_by("place")]


def send(actor, name, reference, version=2, **data):
    return as_(actor).post(go(name, reference), {"version": version, **data}, follow=True)


class TestConsulting:
    def test_shows_everything_about_an_authorisation(self, cast, running):
        text = text_of(as_(cast.reader).get(go("authorisation", running)))
        assert f"{running}/1 single en from 4/2026 Active" in text
        assert "Anna Peeters, by authentication, 23 November 2026 at 10:00" in text
        assert "Level of the login: Level500" in text
        assert "Fiduciaire Dupont can act from 1 October 2026." in text

    def test_shows_one_mandate(self, cast, running):
        text = text_of(as_(cast.reader).get(go("mandate", running, 2)))
        assert f"Mandate {running}/2 Active" in text
        assert as_(cast.reader).get(go("mandate", running, 3)).status_code == 404

    def test_says_what_holds_for_which_group(self, cast, running):
        roads.closed(running, cast.director, 1, end="2/2027")
        text = text_of(as_(cast.reader).get(go("authorisation", running)))
        assert (
            "single en: Fiduciaire Dupont can act from 1 October 2026 up to and including"
            " 30 June 2027." in text
        )
        assert "several en: Fiduciaire Dupont can act from 1 October 2026." in text

    @pytest.mark.parametrize("state", State)
    def test_says_what_comes_next_in_every_state(self, cast, state):
        row = mandates.an_authorisation(
            cast.client,
            cast.provider,
            models.ApplicationGroup.objects.get(code="several"),
            state=state,
            start="1/2025" if state is State.CLOSED else "4/2026",
            end="2/2025" if state is State.CLOSED else None,
        )
        page = as_(cast.director).get(go("authorisation", row.reference))
        assert page.status_code == 200
        assert page.context["steps"]
        assert "%(" not in text_of(page)

    def test_tells_who_acts_in_another_capacity_to_switch(self, cast):
        other = register.a_provider("Other")
        provider = register.acting(other, Quality.SERVICE_PROVIDER, may_sign=True)
        reference = roads.drawn_up(cast.director, provider, "several", signed=True)
        models.Provider.objects.create(
            enterprise=cast.client, status=ProviderStatus.ACTIVE, begins=register.LONG_AGO
        )
        as_provider = people.somebody(cast.client, Quality.SERVICE_PROVIDER, may_sign=True)
        text = text_of(as_(as_provider).get(go("authorisation", reference)))
        assert "You act in another capacity" in text
        assert "as: Principal" in text


class TestSigning:
    def test_by_the_other_party_makes_it_active(self, cast, pending):
        page = send(cast.accountant, "sign", pending)
        assert page.redirect_chain[-1][0] == go("authorisation", pending)
        assert "You have signed" in text_of(page)
        assert states() == [State.ACTIVE, State.ACTIVE]

    def test_is_said_once(self, cast, pending):
        browser = as_(cast.accountant)
        browser.post(go("sign", pending), {"version": 2})
        first, second = (browser.get(go("authorisation", pending)) for _ in range(2))
        assert "You have signed" in text_of(first)
        assert "You have signed" not in text_of(second)

    def test_clicked_twice_signs_once(self, cast, pending):
        browser = as_(cast.accountant)
        answers = [browser.post(go("sign", pending), {"version": 2}) for _ in range(2)]
        assert [answer["Location"] for answer in answers] == [go("authorisation", pending)] * 2
        assert models.Validation.objects.count() == 2

    def test_without_a_function_says_why(self, cast, pending):
        models.Office.objects.filter(person=cast.accountant.person.insz).delete()
        page = as_(cast.accountant).get(go("sign", pending))
        assert "You may not sign for Fiduciaire Dupont" in text_of(page)
        before = written()
        assert as_(cast.accountant).post(go("sign", pending), {"version": 2}).status_code == 403
        assert written() == before

    def test_by_who_has_signed_already_is_not_offered(self, cast, pending):
        page = text_of(as_(cast.director).get(go("sign", pending)))
        assert "There is nothing to do here for you now" in page
        assert "It is now up to Fiduciaire Dupont" in page
        assert as_(cast.director).post(go("sign", pending), {"version": 2}).status_code == 403

    def test_a_page_out_of_date_shows_what_happened_and_by_whom(self, cast, pending):
        as_(cast.director).post(go("withdraw", pending), {"version": 2})
        answer = as_(cast.accountant).post(go("sign", pending), {"version": 2})
        assert answer.status_code == 409
        assert "Bakkerij Peeters (Principal) : withdrawn" in text_of(answer)
        assert go("authorisation", pending) in answer.content.decode()
        assert states() == [State.WITHDRAWN, State.WITHDRAWN]


class TestRefusing:
    def test_tells_the_reason_to_the_other_party(self, cast, pending):
        page = send(cast.accountant, "refuse", pending, reason="Wrong quarter.\nSorry.")
        assert "You have refused the authorisation" in text_of(page)
        text = text_of(as_(cast.reader).get(go("authorisation", pending)))
        assert "Reason given: Wrong quarter. Sorry." in text

    def test_needs_a_reason_and_keeps_what_was_typed(self, cast, pending):
        page = send(cast.accountant, "refuse", pending, reason="x" * 1001)
        assert page.status_code == 422
        assert "The reason can have at most 1000 characters." in text_of(page)
        assert "x" * 1000 in page.content.decode()

    def test_of_what_was_refused_meanwhile_is_the_same(self, cast, pending):
        browser = as_(cast.accountant)
        for _ in range(2):
            answer = browser.post(go("refuse", pending), {"version": 2, "reason": "No."})
            assert answer["Location"] == go("authorisation", pending)

    def test_is_not_for_who_drew_up(self, cast, pending):
        page = as_(cast.director).post(go("refuse", pending), {"version": 2, "reason": "No."})
        assert page.status_code == 403
        assert states() == [State.PENDING, State.PENDING]


class TestWithdrawing:
    def test_asks_first(self, cast, pending):
        page = as_(cast.clerk).get(go("withdraw", pending))
        assert "This cannot be undone" in text_of(page)
        assert states() == [State.PENDING, State.PENDING]

    def test_ends_it(self, cast, pending):
        page = send(cast.clerk, "withdraw", pending)
        assert "You have withdrawn the authorisation" in text_of(page)
        assert states() == [State.WITHDRAWN, State.WITHDRAWN]

    def test_is_not_for_the_other_party(self, cast, pending):
        assert as_(cast.accountant).post(go("withdraw", pending), {"version": 2}).status_code == 403


class TestClosing:
    def right(self, **changed):
        return {"version": 3, "places": ["1"], "end": "2/2027"} | changed

    @pytest.mark.parametrize("end", ["2/2027", "2027Q2", "20272", " 2-2027 "])
    def test_takes_every_notation_and_confirms_first(self, cast, running, end):
        answer = as_(cast.director).post(go("close", running), self.right(end=end), follow=True)
        text = text_of(answer)
        assert "Fiduciaire Dupont can act up to and including 30 June 2027" in text
        assert models.Mandate.objects.filter(quarters__endswith=None).count() == 2

    def test_is_for_either_party(self, cast, running):
        answer = as_(cast.accountant).post(
            go("close_confirm", running), self.right(places=["1", "2"]), follow=True
        )
        assert "The end quarter is registered" in text_of(answer)

    @pytest.mark.parametrize(
        ("changed", "field", "words"),
        [
            ({"places": []}, "places", "Tick at least one"),
            ({"places": ["999"]}, "places", "does not exist"),
            ({"places": ["-1"]}, "places", "does not exist"),
            ({"end": ""}, "end", "Enter the end quarter"),
            ({"end": "3/2026"}, "end", "The mandate starts in 4/2026; it cannot end before."),
            ({"end": "5/2027"}, "end", "no such quarter"),
        ],
    )
    def test_says_what_is_wrong_at_its_field(self, cast, running, changed, field, words):
        before = written()
        answer = as_(cast.director).post(go("close", running), self.right(**changed))
        assert answer.status_code == 422
        assert words in " ".join(answer.context["form"].errors[field])
        assert written() == before

    def test_does_not_reach_into_the_past(self, cast):
        old = mandates.an_authorisation(
            cast.client,
            cast.provider,
            models.ApplicationGroup.objects.get(code="several"),
            start="1/2025",
        )
        answer = as_(cast.director).post(
            go("close", old.reference), self.right(version=1, end="3/2026")
        )
        words = "The earliest end quarter is the current one, 4/2026."
        assert answer.context["form"].errors["end"] == [words]

    def test_ticks_the_mandate_that_one_came_from(self, cast, running):
        page = as_(cast.director).get(go("close", running), {"place": "2"})
        assert page.context["form"]["places"].value() == ["2"]

    def test_clicked_twice_closes_once(self, cast, running):
        browser = as_(cast.director)
        for _ in range(2):
            answer = browser.post(go("close_confirm", running), self.right())
            assert answer["Location"] == go("authorisation", running)
        assert models.HistoryEntry.objects.filter(act="close").count() == 1

    def test_with_another_end_meanwhile_is_out_of_date(self, cast, running):
        as_(cast.director).post(go("close_confirm", running), self.right())
        answer = as_(cast.director).post(go("close_confirm", running), self.right(end="3/2027"))
        assert answer.status_code == 409
        assert "given an end quarter" in text_of(answer)

    def test_of_what_has_an_end_is_not_offered(self, cast, running):
        roads.closed(running, cast.director, 1, 2, end="2/2027")
        page = text_of(as_(cast.director).get(go("close", running)))
        assert "There is nothing to do here for you now" in page

    def test_without_a_function_says_why(self, cast, running):
        page = text_of(as_(cast.clerk).get(go("close", running)))
        assert "You may not sign for Bakkerij Peeters" in page
        answer = as_(cast.clerk).post(go("close_confirm", running), self.right())
        assert answer.status_code == 422
        assert "no function of yours" in text_of(answer)

    def test_confirmed_after_the_enterprise_ceased_is_refused(self, cast, running):
        models.Enterprise.objects.filter(number=cast.provider).update(ceased_on="2026-01-01")
        before = written()
        answer = as_(cast.director).post(go("close_confirm", running), self.right())
        assert answer.status_code == 422
        assert "Fiduciaire Dupont is not active" in text_of(answer)
        assert written() == before
