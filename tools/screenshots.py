"""Makes the pictures of docs/images from the running service: `python -m tools.screenshots`.

Everything on them is invented: the small demonstration register, served for the purpose.
"""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from playwright.sync_api import Browser, FilePayload, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests import databases  # noqa: E402 - tests and their settings come after Django
from tests.journeys import card, roads, stack  # noqa: E402
from tests.journeys.visitor import NARROW, WIDE, Visitor  # noqa: E402
from tests.journeys.words import quarter  # noqa: E402
from tools import browser as browsers  # noqa: E402

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
_HEIGHTS = {WIDE: 1000, NARROW: 1200}
_TILLEULS = "Secrétariat social Les Trois Tilleuls"


def main() -> None:
    """Go along the main road and keep a picture of each step, wide and as on a phone."""
    path = browsers.find()
    if path is None:
        sys.exit("No Chromium: install one, or name one in CHROMIUM.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with _service() as service, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(path), args=["--no-sandbox"])
        with _visit(service, chromium, "Brzozdal") as visitor:
            _walk(visitor)
            _sign_as_pdf(visitor, service)
            _replace(visitor)
        with _visit(service, chromium, "Zilverreiger") as representative:
            representative.go("/representatives/own/")
            _photograph(representative, "who-may-sign")
        with _visit(service, chromium, "Ardoisier") as officer:
            _look_from_the_desk(officer)
        chromium.close()


@contextlib.contextmanager
def _visit(service: stack.Service, chromium: Browser, name: str) -> Iterator[Visitor]:
    visitor = Visitor(service, chromium, language="en")
    visitor.arrive()
    visitor.log_in(name)
    yield visitor
    visitor.leave()


def _walk(visitor: Visitor) -> None:
    visitor.expect_heading("Mandates at a glance")
    _photograph(visitor, "home")
    roads.introduce(
        visitor,
        typed="tilleuls",
        name=_TILLEULS,
        groups=("federalLearningAccount", "eboxPublication"),
        start=quarter(1),
    )
    _photograph(visitor, "draw-up")
    visitor.press("Next: check and sign")
    visitor.expect_heading("Check and sign")
    _photograph(visitor, "validate")
    visitor.press("Accept and sign")
    visitor.expect_heading("Summary")
    _photograph(visitor, "summary")
    visitor.choose("Search")
    visitor.expect_heading("Search mandates")
    _photograph(visitor, "search")
    visitor.go("/mandates/?states=active")
    address = visitor.page.locator("main tbody a[href*='/close/']").first.get_attribute("href")
    assert address, "no active mandate to show"
    visitor.go(address.split("close/", maxsplit=1)[0])
    _photograph(visitor, "mandate")
    visitor.go(address)
    visitor.field("End quarter").fill(quarter(2))
    visitor.press("Next")
    visitor.expect_heading("Close these mandates?")
    _photograph(visitor, "close")


def _sign_as_pdf(visitor: Visitor, service: stack.Service) -> None:
    """Show the road of the PDF: the form, who signed, what was checked, and who may ask."""
    roads.introduce(
        visitor,
        typed="tilleuls",
        name=_TILLEULS,
        groups=("eboxDocumentConsumer",),
        start=quarter(1),
    )
    visitor.press("Next: check and sign")
    visitor.page.locator("input[name=electronic]").check()
    visitor.press("Register and make the PDF")
    visitor.expect_heading("Summary")
    reference = roads.reference_of(visitor)
    visitor.go(f"/mandates/{reference}/form/")
    _photograph(visitor, "sign-as-a-pdf")
    with visitor.page.expect_download() as download:
        visitor.page.locator("main .download a[download]").click()
    form = Path(download.value.path()).read_bytes()
    signed = FilePayload(
        name="form.pdf",
        mimeType="application/pdf",
        buffer=card.sign(visitor, service, form, name="Brzozdal", field="mandator"),
    )
    visitor.go(f"/mandates/{reference}/form/")
    visitor.page.locator("main input[type=file]").set_input_files(signed)
    visitor.press("Upload the signed form")
    visitor.expect_text("The signed form is accepted")
    _photograph(visitor, "signed")
    visitor.go(f"/mandates/{reference}/documents/2/report/")
    _photograph(visitor, "report")
    visitor.go("/verify/")
    visitor.page.locator("main input[type=file]").set_input_files(signed)
    visitor.press("Check the file")
    visitor.expect_text("The signatures are valid")
    _photograph(visitor, "verify")


def _replace(visitor: Visitor) -> None:
    """Show what ends where another provider takes over."""
    groups = ("temporaryUnemployment",)
    roads.introduce(
        visitor, typed="rabenst", name="Lohnbüro Rabenstein", groups=groups, start=quarter(2)
    )
    visitor.press("Next: check and sign")
    visitor.tick("replace", groups)
    visitor.press("Next: check and sign")
    visitor.expect_text("What ends by this")
    _photograph(visitor, "replace")


def _look_from_the_desk(officer: Visitor) -> None:
    """Show an enterprise with all that the office knows of it."""
    officer.go("/office/find/?q=valroux")
    officer.page.locator(".found a").first.click()
    officer.expect_heading("Transports Valroux")
    _photograph(officer, "desk")


def _photograph(visitor: Visitor, name: str) -> None:
    visitor.look()
    for width, suffix in ((NARROW, "-phone"), (WIDE, "")):
        visitor.page.set_viewport_size({"width": width, "height": _HEIGHTS[width]})
        visitor.page.evaluate("window.scrollTo(0, 0)")
        visitor.page.screenshot(path=IMAGES / f"{name}{suffix}-{visitor.language}.png")
    assert visitor.troubles == []


@contextlib.contextmanager
def _service() -> Iterator[stack.Service]:
    """Serve a demonstration register from a database that is dropped afterwards."""
    with tempfile.TemporaryDirectory(prefix="mahis-pictures-") as folder:
        home = Path(folder)
        # Where we are root, the server's account must be able to pass.
        home.chmod(0o711)
        with databases.server(home / "data") as admin_url:
            made = databases.Databases(admin_url=admin_url, run="pictures", lock=home / "lock")
            with (
                made.copy() as name,
                stack.running(
                    database_url=made.url(name), home=home / "service", mandates=True
                ) as service,
            ):
                yield service
            made.drop_template()


if __name__ == "__main__":
    main()
