"""The form as a PDF: asked for, downloaded, and brought back signed."""

from pathlib import Path

from playwright.sync_api import FilePayload, expect

from tests.journeys import roads
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter


def tick_the_electronic_version(
    visitor: Visitor, *, typed: str, name: str, groups: tuple[str, ...]
) -> str:
    """Draw up with the electronic version; gives the reference."""
    roads.introduce(visitor, typed=typed, name=name, groups=groups, start=quarter(1))
    visitor.press("Next: check and sign")
    visitor.expect_heading("Check and sign")
    visitor.page.get_by_label(
        visitor.say("I would like an electronic version of the authorisation")
    ).check()
    if visitor.scripts:
        visitor.expect_accessible()
    expect(visitor.page.locator("button[name=sign]")).to_be_hidden()
    visitor.press("Register and make the PDF")
    visitor.expect_heading("Summary")
    if visitor.scripts:
        visitor.expect_accessible()
    return roads.reference_of(visitor)


def download(visitor: Visitor) -> bytes:
    """Download what is offered for signing on the page that is there."""
    with visitor.page.expect_download() as arriving:
        visitor.page.locator("main .download a[download]").click()
    assert arriving.value.suggested_filename.startswith("mahis-")
    assert arriving.value.suggested_filename.endswith(".pdf")
    return Path(arriving.value.path()).read_bytes()


def bring_back(visitor: Visitor, data: bytes | Path, *, name: str = "form.pdf") -> None:
    """Choose a file and upload it."""
    choose(visitor, data, name=name)
    visitor.press("Upload the signed form")


def choose(visitor: Visitor, data: bytes | Path, *, name: str = "form.pdf") -> None:
    """Choose a file in the one field for files on the page.

    A large one is best given by its place: the browser then reads it itself.
    """
    field = visitor.page.locator("main input[type=file]")
    if isinstance(data, Path):
        field.set_input_files(data)
    else:
        field.set_input_files(FilePayload(name=name, mimeType="application/pdf", buffer=data))
