"""Signing with a practice card: on the page that plays card, reader and PIN, or in a token."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import FilePayload

from mahis.domain.identifiers import Insz
from mahis.domain.parties import Person
from mahis.standins.trust import cards
from tests.journeys.stack import Service
from tests.journeys.visitor import Visitor
from tests.pki.token import inserted


def sign(visitor: Visitor, service: Service, pdf: bytes, *, name: str, field: str) -> bytes:
    """Sign a form as one of the invented persons; both pages on the way are looked at."""
    person = service.person(name)
    visitor.page.goto(f"{service.card_url}?lang={visitor.language}")
    visitor.expect_accessible()
    visitor.page.locator("input[type=file]").set_input_files(
        FilePayload(name="form.pdf", mimeType="application/pdf", buffer=pdf)
    )
    visitor.press("Continue")
    visitor.expect_accessible()
    visitor.page.locator(f"input[name=field][value='{field}']").check()
    full_name = f"{person['given_name']} {person['family_name']}"
    heading = visitor.page.get_by_role("heading", name=full_name, exact=True)
    row = visitor.page.locator("li", has=heading)
    with visitor.page.expect_download() as download:
        row.get_by_role("button").click()
    return Path(download.value.path()).read_bytes()


def sign_in_token(service: Service, pdf: bytes, *, name: str, field: str) -> bytes:
    """Sign a form through PKCS#11, with the card of one of the invented persons in a token."""
    person = service.person(name)
    authority = service.trust.authority()
    issued = authority.issue(
        Person(
            insz=Insz(person["insz"]),
            given_name=person["given_name"],
            family_name=person["family_name"],
        )
    )
    # The browser's event loop runs in this thread, and signing wants one of its own.
    with inserted(authority.card(issued)) as signer, ThreadPoolExecutor(1) as apart:
        settings = cards.as_card(field)
        return apart.submit(cards.sign, pdf, signer=signer, settings=settings).result()
