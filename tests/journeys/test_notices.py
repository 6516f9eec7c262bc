"""One act on a mandate is told to both parties, each in its language, by e-Box or by letter."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Locator, expect

from mahis.domain.parties import Quality
from tests.journeys import roads
from tests.journeys.carriers import Carried
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter

BELLEROCHE = ("Fiduciaire Belleroche", Quality.SERVICE_PROVIDER)
SIGNED_BY_YOU = "Signed by you: mandates with %(other)s"
SIGN_OR_REFUSE = "Please sign or refuse: mandates with %(other)s"
_NUMBER = re.compile(r"\d{4}\.\d{3}\.\d{3}")


@pytest.mark.timeout(240)
def test_an_act_leads_to_one_message_and_one_letter(carried, visit_carried):
    accountant = visit_carried("Élise Belleroche", language="fr", acting=BELLEROCHE)
    client = visit_carried("Bram Wilgenbos", language="nl")
    carried.nobody_ever_opened(_number_of(client))
    reference = _draw_up(accountant, typed="wilgenbos", name="Studio Wilgenbos")
    told = accountant.say(SIGNED_BY_YOU, other="Studio Wilgenbos")
    asked = client.say(SIGN_OR_REFUSE, other="Fiduciaire Belleroche")
    _expect_delivery(accountant, told, "Waits to be sent")

    carried.deliver()
    _expect_one_message(carried, accountant, f"{told} ({reference})")
    _expect_delivery(accountant, told, "Delivered to the e-Box on %(day)s")
    accountant.expect_accessible()
    expect(_inbox(carried, client)).to_have_count(0)
    _expect_delivery(client, asked, "Letter written, waits for the batch of the day")

    carried.strike()
    _expect_delivery(client, asked, "Letter handed to the printer on %(day)s")
    client.expect_accessible()
    notice = _open_notice(client, asked)
    client.expect_text("The e-Box does not reach the enterprise, so the post brings it.")
    client.expect_text("The batch was handed to the printer.")
    client.expect_accessible()
    printed = _letter_of(client)
    assert f"{asked} ({reference})" in printed
    assert _letters_at(carried.printer) == {notice: printed}
    _expect_batch_in_the_office(visit_carried("Ardoisier", language="fr"), notice)


@pytest.mark.timeout(240)
def test_an_act_leads_to_a_message_for_each_where_both_read_their_ebox(carried, visit_carried):
    accountant = visit_carried("Élise Belleroche", language="fr", acting=BELLEROCHE)
    client = visit_carried("Greta Tannenfels", language="de")
    reference = _draw_up(accountant, typed="tannenfels", name="Tischlerei Tannenfels")
    for _ in range(2):
        carried.deliver()
    told = accountant.say(SIGNED_BY_YOU, other="Tischlerei Tannenfels")
    asked = client.say(SIGN_OR_REFUSE, other="Fiduciaire Belleroche")
    _expect_one_message(carried, accountant, f"{told} ({reference})")
    _expect_one_message(carried, client, f"{asked} ({reference})")

    _expect_delivery(client, asked, "Delivered to the e-Box on %(day)s", waiting=True)
    _open_notice(client, asked)
    client.expect_text("This waits for your enterprise")
    client.expect_accessible()
    client.follow("Go to the authorisation")
    client.expect_text("What you were told")
    client.expect_accessible()
    roads.sign(client, reference)
    client.go("/notices/?show=waiting")
    client.expect_text("Nothing waits for your enterprise")
    client.expect_accessible()
    _expect_both_in_the_office(visit_carried("Peilman", language="nl"), reference)


def _draw_up(visitor: Visitor, *, typed: str, name: str) -> str:
    """Draw up and sign: the act that is told to both."""
    groups = ("eboxDocumentConsumer",)
    return roads.draw_up(visitor, typed=typed, name=name, groups=groups, start=quarter(1))


def _number_of(visitor: Visitor) -> str:
    """Give the number of the enterprise that somebody acts for."""
    found = _NUMBER.search(visitor.page.locator(".capacity").inner_text())
    assert found is not None
    return found[0].replace(".", "")


def _expect_delivery(
    visitor: Visitor, subject: str, message: str, *, waiting: bool = False
) -> None:
    """Require one notice with a subject on the screen of notices, and how far it is."""
    visitor.choose("Notices")
    if waiting:
        visitor.follow("Still waiting for us")
    row = visitor.page.locator("main tbody tr").filter(has_text=subject)
    expect(row).to_have_count(1)
    expect(row).to_contain_text(visitor.say(message, day="").strip())


def _open_notice(visitor: Visitor, subject: str) -> str:
    """Open a notice from the list; gives what it is known by."""
    visitor.page.get_by_role("main").get_by_role("link", name=subject, exact=True).click()
    visitor.page.wait_for_url(re.compile(r"/notices/[0-9a-f-]{36}/$"))
    expect(visitor.page.locator("article.notice-paper")).to_have_attribute("lang", visitor.language)
    return visitor.page.url.rstrip("/").rsplit("/", 1)[1]


def _inbox(carried: Carried, visitor: Visitor) -> Locator:
    """Open the practice e-Box of somebody's enterprise; gives its messages."""
    page = visitor.new_tab()
    page.goto(f"{carried.ebox_url}/inbox/{_number_of(visitor)}?lang={visitor.language}")
    return page.locator("article.message")


def _expect_one_message(carried: Carried, visitor: Visitor, subject: str) -> None:
    """Require a message once in the practice e-Box, in the language of somebody's enterprise."""
    titles = _inbox(carried, visitor).get_by_role("heading", name=subject, exact=True)
    expect(titles).to_have_count(1)
    expect(titles).to_have_attribute("lang", visitor.language)


def _letter_of(visitor: Visitor) -> str:
    """Download the letter about the notice that is on the screen; gives its words."""
    with visitor.page.expect_download() as arriving:
        visitor.follow("The letter as it is printed (PDF)")
    return _words_of(Path(arriving.value.path()).read_bytes())


def _letters_at(printer: Path) -> dict[str, str]:
    """Give the words of each letter that the printer has, by the notice that it is about."""
    (package,) = printer.glob("*.zip")
    with zipfile.ZipFile(package) as archive:
        (listed,) = (name for name in archive.namelist() if name.endswith(".csv"))
        rows = csv.DictReader(io.StringIO(archive.read(listed).decode("utf-8-sig")))
        return {row["letter"]: _words_of(archive.read(row["file"])) for row in rows}


def _words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def _expect_batch_in_the_office(officer: Visitor, notice: str) -> None:
    """Require that officers see the batch of the day, with the letter in it."""
    officer.choose("Letters")
    row = officer.page.locator("main tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(officer.say("With the printer"))
    with officer.page.expect_download() as arriving:
        row.locator("a[href$='.csv']").click()
    assert notice in Path(arriving.value.path()).read_text(encoding="utf-8-sig")
    officer.expect_accessible()


def _expect_both_in_the_office(auditor: Visitor, reference: str) -> None:
    """Require that auditors see what both parties were told, and can read it."""
    auditor.go(f"/office/mandates/{reference}/")
    auditor.expect_text("Who was told what")
    rows = auditor.page.locator("#told ~ table tbody tr")
    expect(rows).to_have_count(4)
    for name in ("Fiduciaire Belleroche", "Tischlerei Tannenfels"):
        expect(rows.filter(has_text=name)).to_have_count(2)
    auditor.expect_accessible()
    rows.filter(has_text="Tischlerei Tannenfels").first.get_by_role("link").click()
    expect(auditor.page.locator("article.notice-paper").first).to_have_attribute("lang", "de")
    auditor.expect_accessible()
