"""An enterprise asks to become a service provider; the office accepts, blocks, refuses."""

from collections.abc import Iterator
from http import HTTPStatus

import psycopg
import pytest
from playwright.sync_api import expect

from mahis.domain.identification import Condition
from mahis.domain.parties import Quality
from tests.journeys.stack import Service
from tests.journeys.visitor import Visitor

_VALROUX = "Transports Valroux"
_REASON = "Messages come in the wrong form."
_AGAIN = "The form is right now."
_BLOCKED = (
    "The NSSO has blocked your enterprise as a service provider, so it cannot receive or change"
    " mandates. The mandates that it has stay in force. The reason stands in the message in your"
    " e-Box."
)
_REFUSAL = "There are debts to a public institution."


@pytest.fixture
def _nobody_else_notices(service: Service) -> Iterator[None]:
    """Give the company back as it was, since other journeys act for it in one capacity only."""
    yield
    with psycopg.connect(service.database_url) as connection:
        connection.execute("DELETE FROM store_accessright WHERE source = 'identification'")
        connection.execute("DELETE FROM store_provider WHERE source = 'identification'")


def ask(company: Visitor) -> str:
    """Make a request from the conditions to the receipt; gives its reference."""
    company.choose("Become a service provider")
    company.expect_heading("Identification as a service provider")
    met = company.page.locator(".condition .status-good")
    expect(met).to_have_count(len(Condition))
    company.expect_accessible()
    company.follow("Make a request")
    company.expect_heading("How can the NSSO reach you?")
    company.expect_accessible()
    company.field("E-mail address").fill("nobody")
    company.press("Next")
    expect(company.page.locator(".error-summary")).to_be_visible()
    company.expect_accessible()
    company.field("E-mail address").fill("desk@valroux.example")
    company.field("Telephone number").fill("04 222 33 44")
    company.page.locator("input[name=language][value=fr]").check()
    company.press("Next")
    company.expect_heading("Check your request")
    company.expect_text("+3242223344")
    company.expect_accessible()
    company.press("Send the request")
    expect(company.page.locator(".error-summary")).to_be_visible()
    company.expect_accessible()
    company.page.locator("input[name=terms]").check()
    company.press("Send the request")
    company.expect_text("Your request has been sent")
    company.expect_accessible()
    return company.page.url.rstrip("/").rsplit("/", 1)[1]


def open_request(officer: Visitor, reference: str) -> None:
    """Go from the menu to a request and claim it."""
    officer.page.locator("nav.menu a[href='/office/requests/']").click()
    officer.expect_heading("Requests to become a service provider")
    officer.expect_accessible()
    officer.page.locator("main tbody").get_by_role("link", name=reference).click()
    officer.expect_text("Conditions, looked at again today")
    officer.expect_accessible()
    officer.press("Decide this one")
    expect(officer.page.locator("main .status-open")).to_be_visible()
    officer.expect_accessible()


def give_reason(officer: Visitor, button: str, reason: str) -> None:
    """Open what asks for a reason, try without one, then give it."""
    officer.page.locator("details.rejecting summary").click()
    officer.press(button)
    expect(officer.page.locator(".error-summary")).to_be_visible()
    officer.expect_accessible()
    officer.page.locator("details.rejecting textarea").fill(reason)
    officer.press(button)
    officer.expect_text(reason)
    officer.expect_accessible()


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("_nobody_else_notices")
def test_an_enterprise_asks_is_accepted_blocked_and_unblocked(visit):
    company = visit("Brzozdal", language="en")
    reference = ask(company)
    company.go("/")
    company.expect_text("Your request to become a service provider waits for the NSSO")
    company.expect_accessible()

    officer = visit("Ardoisier", language="fr")
    open_request(officer, reference)
    officer.press("Accept")
    officer.expect_text("Accepted: the enterprise is a service provider")
    officer.expect_accessible()
    begin_as_a_provider(company, reference)

    officer.follow("This enterprise as a service provider, with earlier requests")
    officer.expect_heading("%(name)s as a service provider", name=_VALROUX)
    officer.expect_text("Contact data changed")
    officer.expect_accessible()
    give_reason(officer, "Block with this reason", _REASON)
    read_why(company)

    officer.choose("Service providers")
    officer.expect_heading("Service providers")
    officer.page.locator("input[name=statuses][value=blocked]").check()
    officer.press("Search")
    officer.expect_accessible()
    officer.page.locator("main tbody").get_by_role("link", name=_VALROUX).click()
    give_reason(officer, "Unblock with this reason", _AGAIN)
    company.go("/")
    company.act_for(_VALROUX, Quality.SERVICE_PROVIDER)
    company.go("/mandates/new/")
    company.expect_heading("Draw up a mandate")


def begin_as_a_provider(company: Visitor, reference: str) -> None:
    """See the acceptance, switch capacity, and change how the enterprise is reached."""
    company.go(f"/identification/{reference}/")
    company.expect_text("Your enterprise was accepted as a service provider")
    company.expect_accessible()
    company.go("/capacity/")
    company.act_for(_VALROUX, Quality.SERVICE_PROVIDER)
    company.expect_text("Your first mandate is awaited")
    company.expect_accessible()
    company.choose("My data")
    company.expect_text("desk@valroux.example")
    company.expect_accessible()
    company.follow("Change")
    company.expect_accessible()
    company.field("Telephone number").fill("+32 4 222 33 55")
    company.press("Save")
    company.expect_text("Your contact data are changed")
    company.expect_text("+3242223355")


def read_why(company: Visitor) -> None:
    """Find out on every way that the enterprise is blocked, and why."""
    # What the person may do has changed, so that they choose anew in which capacity to act.
    company.go("/")
    company.act_for(_VALROUX, Quality.SERVICE_PROVIDER)
    company.expect_text("Your enterprise is blocked as a service provider")
    company.expect_accessible()
    assert company.go("/mandates/new/").status == HTTPStatus.FORBIDDEN
    company.expect_text(_BLOCKED)
    company.expect_accessible()
    company.go("/notices/")
    subject = company.say("Your enterprise is blocked as a service provider")
    company.page.get_by_role("main").get_by_role("link", name=subject).first.click()
    company.expect_text(_REASON)
    company.expect_accessible()


def test_a_request_is_refused_with_a_reason_and_another_withdrawn(visit):
    company = visit("Brzozdal", language="nl")
    reference = ask(company)
    officer = visit("Ardoisier", language="de")
    open_request(officer, reference)
    give_reason(officer, "Refuse with this reason", _REFUSAL)
    company.go(f"/identification/{reference}/")
    company.expect_text("The NSSO has refused this request")
    company.expect_text(_REFUSAL)
    company.expect_accessible()

    again = ask(company)
    company.follow("Withdraw the request")
    company.expect_accessible()
    company.press("Withdraw")
    company.expect_text("Your enterprise has withdrawn this request")
    company.choose("Become a service provider")
    rows = company.page.locator("main tbody tr")
    expect(rows.filter(has_text=again)).to_be_visible()
    expect(rows.filter(has_text=reference)).to_be_visible()
    company.expect_accessible()
    officer.page.locator("nav.menu a[href='/office/requests/']").click()
    expect(officer.page.get_by_role("main")).not_to_contain_text(again)
