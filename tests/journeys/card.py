"""Signing with a practice card: the page on which somebody plays card, reader and PIN."""

from pathlib import Path

from playwright.sync_api import FilePayload

from tests.journeys.stack import Service
from tests.journeys.visitor import Visitor


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
