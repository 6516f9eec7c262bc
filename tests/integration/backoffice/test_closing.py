"""Closing on behalf of a party: with a reason, in the past too, never by surprise."""

import datetime

import pytest
from django.urls import reverse

from mahis.domain.mandate import State
from mahis.domain.notices import Telling
from mahis.store import models
from mahis.web import clock
from tests.factories import roads
from tests.factories.mandates import moment
from tests.integration.portal.people import as_, hidden, text_of, written

pytestmark = pytest.mark.django_db

REASON = "Asked for by letter of the liquidator"


@pytest.fixture
def reference(cast):
    """Give an active authorisation for two groups, from 4/2026 on."""
    return roads.signed_by_both(cast.director, cast.accountant, "several", "single")


@pytest.fixture
def office(cast):
    """Give a browser of an officer."""
    return as_(cast.officer)


@pytest.fixture
def _in_august_2027(monkeypatch):
    """Let it be three quarters later."""
    later = datetime.date(2027, 8, 2)
    monkeypatch.setattr(clock, "today", lambda: later)
    monkeypatch.setattr(clock, "now", lambda: moment(later))


def address(name, reference):
    return reverse(f"backoffice:{name}", args=[reference])


def typed(**changed):
    return {
        "version": "3",
        "places": ["1"],
        "end": "4/2026",
        "reason": REASON,
    } | changed


def last_entry():
    return models.HistoryEntry.objects.order_by("number").reverse()[0]


def ends():
    rows = models.Mandate.objects.order_by("place")
    return [row.quarters.end.screen if row.quarters.end else None for row in rows]


def test_asks_checks_confirms_and_closes(cast, office, reference):
    page = office.get(address("close", reference))
    assert hidden(page, "version") == "3"
    confirmation = office.post(address("close", reference), typed(places=["2"]))
    assert confirmation.status_code == 200
    text = text_of(confirmation)
    assert REASON in text
    assert f"{reference}/2" in text
    assert "31 December 2026" in text
    assert ends() == [None, None]

    done = office.post(address("close_confirm", reference), typed(places=["2"]), follow=True)
    assert done.redirect_chain == [(address("authorisation", reference), 302)]
    assert ends() == [None, "4/2026"]
    entry = last_entry()
    assert (entry.reason, entry.person) == (REASON, cast.officer.person.insz)
    assert entry.evidence == {"end": "2026Q4"}
    # What was done is said once.
    assert "end quarter" in text_of(done).lower()


@pytest.mark.usefixtures("_in_august_2027")
def test_may_be_before_the_current_quarter(office, reference):
    confirmation = office.post(address("close", reference), typed(end="1/2027"))
    assert confirmation.status_code == 200
    done = office.post(address("close_confirm", reference), typed(end="1/2027"), follow=True)
    assert ends() == ["1/2027", None]
    assert "Closed" in text_of(done)


def test_ticks_the_mandate_that_one_came_from(office, reference):
    page = office.get(address("close", reference), {"place": "2"}).content.decode()
    assert 'value="2"\n' in page or 'value="2"' in page
    checked = [line for line in page.split("<input") if "checked" in line]
    assert len(checked) == 1
    assert 'value="2"' in checked[0]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": ""}, "Enter a reason."),
        ({"reason": " \n\t "}, "Enter a reason."),
        ({"reason": "x" * 1001}, "at most 1000 characters"),
        ({"places": []}, "Tick at least one mandate."),
        ({"places": ["9"]}, "does not exist"),
        ({"places": ["0"]}, "does not exist"),
        ({"places": ["-1"]}, "does not exist"),
        ({"places": ["forged"]}, "does not exist"),
        ({"places": ["٢"]}, "does not exist"),
        ({"places": [str(place) for place in range(300)]}, "does not exist"),
        ({"end": ""}, "Enter the end quarter"),
        ({"end": "5/2027"}, "There is no such quarter"),
        ({"end": "next year"}, "Write the quarter"),
        ({"end": "4/2026\x00"}, "Write the quarter"),
        ({"end": "1" * 5000}, "Write the quarter"),
        ({"end": "3/2026"}, "cannot end before"),
    ],
)
@pytest.mark.parametrize("name", ["close", "close_confirm"])
def test_what_is_wrong_is_said_at_the_field_and_nothing_written(
    office, reference, name, changed, said
):
    before = written()
    answer = office.post(address(name, reference), typed(**changed))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "There is a problem" in text_of(answer)
    assert written() == before


def test_everything_wrong_is_said_at_once(office, reference):
    text = text_of(office.post(address("close", reference), {"version": "3"}))
    for said in ("Tick at least one mandate.", "Enter the end quarter", "Enter a reason."):
        assert said in text


def test_what_was_typed_stays(office, reference):
    answer = office.post(address("close", reference), typed(end="soon", reason="A & B\r\nline"))
    page = answer.content.decode()
    assert 'value="soon"' in page
    assert "A &amp; B\nline</textarea>" in page


def test_control_characters_in_a_reason_are_not_kept(office, reference):
    office.post(address("close_confirm", reference), typed(reason="By\x00letter\x07\r\nand mail"))
    reason = last_entry().reason
    assert "\x00" not in reason
    assert "\x07" not in reason
    assert "letter" in reason


def test_a_reason_of_the_full_length_with_line_breaks_is_taken(office, reference):
    reason = "\r\n".join(["x" * 99] * 10)
    office.post(address("close_confirm", reference), typed(reason=reason))
    assert last_entry().reason == reason.replace("\r", "")


def test_changing_ones_mind_shows_the_form_as_it_was_filled_in(office, reference):
    answer = office.post(address("close", reference), typed(end="1/2027", change=""))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'value="1/2027"' in page
    assert REASON in page
    assert "There is a problem" not in text_of(answer)


@pytest.mark.parametrize("name", ["close", "close_confirm"])
@pytest.mark.parametrize("version", ["1", "0", "-1", "", "x", "9" * 50])
def test_a_stale_page_says_what_happened(office, reference, name, version):
    before = written()
    answer = office.post(address(name, reference), typed(version=version))
    assert answer.status_code == 409
    assert "Nothing was changed" in text_of(answer)
    assert written() == before


def test_a_stale_page_names_the_party_that_acted(cast, office, reference):
    roads.closed(reference, cast.director, 1, end="1/2027")
    answer = office.post(address("close_confirm", reference), typed())
    assert answer.status_code == 409
    assert "Bakkerij Peeters (Principal) : given an end quarter" in text_of(answer)
    assert address("authorisation", reference) in answer.content.decode()
    assert ends() == ["1/2027", None]


def test_a_second_click_leads_to_what_the_first_did(office, reference):
    office.post(address("close_confirm", reference), typed())
    before = written()
    answer = office.post(address("close_confirm", reference), typed())
    assert (answer.status_code, answer["Location"]) == (302, address("authorisation", reference))
    assert written() == before


def test_what_has_an_end_already_is_not_offered(cast, office, reference):
    roads.closed(reference, cast.director, 1, end="1/2027")
    page = office.get(address("close", reference)).content.decode()
    assert 'name="places" value="1"' not in page
    answer = office.post(address("close", reference), typed(version="4"))
    assert answer.status_code == 422
    assert "already has an end quarter: 1/2027" in text_of(answer)


def test_what_is_not_active_cannot_be_closed(cast, office):
    reference = roads.drawn_up(cast.director, cast.accountant, "several")
    before = written()
    assert office.get(address("close", reference)).status_code == 200
    answer = office.post(address("close", reference), typed(version="1"))
    assert answer.status_code in {409, 422}
    assert written() == before


def test_a_reason_stands_in_no_address(office, reference):
    page = office.post(address("close", reference), typed())
    assert f"?{REASON[:5]}" not in page.content.decode()
    assert office.get(address("close_confirm", reference)).status_code in {302, 405}


def test_what_waits_for_identification_can_be_ended_too(cast, office):
    waiting = roads.signed_by_both(cast.director, cast.accountant, "employers")
    assert models.Mandate.objects.get(authorisation=waiting.number).state is State.IDENTIFICATION
    done = office.post(address("close_confirm", waiting), typed(), follow=True)
    assert done.redirect_chain == [(address("authorisation", waiting), 302)]
    assert ends() == ["4/2026"]
    assert "Both parties are told." in text_of(done)
    told = models.Notice.objects.filter(authorisation=waiting.number, telling=Telling.END_SET)
    assert {notice.recipient_id for notice in told} == {cast.client, cast.provider}
