"""The road of the PDF: made, sealed, signed by card, brought back, looked at and checked."""

import dataclasses
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mahis.domain.mandate import State
from mahis.domain.parties import Quality, Side
from tests.journeys import card, forms, roads
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter, word

BELLEROCHE = ("Fiduciaire Belleroche", Quality.SERVICE_PROVIDER)
_MEBIBYTE = 2**20


@dataclasses.dataclass(frozen=True, kw_only=True)
class Cast:
    """Who signs with whom; each cast has mandates of its own."""

    language: str
    first: str
    typed: str
    other: str
    second: str
    second_acts: tuple[str, Quality] | None
    second_language: str
    groups: tuple[str, ...]
    dark: bool = False


CASTS = (
    Cast(
        language="fr", first="Claire Fontamont", typed="belleroch", other="Fiduciaire Belleroche",
        second="Belleroche", second_acts=BELLEROCHE, second_language="nl",
        groups=("temporaryUnemployment", "asrUnemployment"),
    ),
    Cast(
        language="en", first="Brzozdal", typed="tilleuls",
        other="Secrétariat social Les Trois Tilleuls", second="Verdardois", second_acts=None,
        second_language="de", groups=("asrIndemnities",), dark=True,
    ),
)  # fmt: skip


@pytest.mark.timeout(180)
@pytest.mark.parametrize("cast", CASTS, ids=lambda cast: cast.language)
def test_both_sign_one_pdf_with_their_cards(cast, visit, service):
    first = visit(cast.first, language=cast.language, dark=cast.dark)
    reference = forms.tick_the_electronic_version(
        first, typed=cast.typed, name=cast.other, groups=cast.groups
    )
    form = forms.download(first)
    signed = card.sign(first, service, form, name=cast.first, field="mandator")
    first.go(f"/mandates/{reference}/form/")
    first.expect_accessible()
    forms.bring_back(first, signed)
    first.expect_text("The signed form is accepted")
    first.expect_text("It is now up to %(name)s to sign or refuse it.", name=cast.other)
    first.expect_accessible()
    roads.expect_states(first, *[State.PENDING for _ in cast.groups])

    second = visit(
        cast.second, language=cast.second_language, dark=cast.dark, acting=cast.second_acts
    )
    expect(second.page.locator(roads.waiting(reference))).to_be_visible()
    second.go(f"/mandates/{reference}/sign/")
    second.expect_text(
        "The first party signed with an eID, so the second does too: signing by login would be a"
        " lower level."
    )
    second.expect_accessible()
    second.follow("Sign as a PDF")
    assert forms.download(second) == signed
    both = card.sign(second, service, signed, name=cast.second, field="mandatary")
    second.go(f"/mandates/{reference}/form/")
    forms.bring_back(second, both)
    second.expect_text("The signed form is accepted")
    roads.expect_states(second, *[State.ACTIVE for _ in cast.groups])
    _read_the_report(second, reference, number=4)  # the third is the archive copy
    _check_without_logging_in(visit(language=cast.language, dark=cast.dark), both)


def _read_the_report(visitor: Visitor, reference: str, *, number: int) -> None:
    visitor.page.locator(f"main a[href$='/documents/{number}/report/']").first.click()
    visitor.expect_heading("Report on document %(number)s", number=number)
    visitor.expect_text("The signatures are valid")
    visitor.expect_accessible()
    for folded in visitor.page.locator("main details > summary").all():
        folded.click()
    visitor.expect_text("It is a qualified certificate for electronic signatures")
    visitor.expect_accessible()
    with visitor.page.expect_download() as arriving:
        visitor.follow("The report for programs (JSON)")
    report = json.loads(Path(arriving.value.path()).read_bytes())
    assert [each["outcome"] for each in report["signatures"]] == ["valid"] * 4
    assert arriving.value.suggested_filename == f"mahis-{reference}-report-{number}.json"


def _check_without_logging_in(visitor: Visitor, data: bytes) -> None:
    visitor.follow("Check who signed it, without logging in")
    visitor.expect_heading("Check a signed authorisation")
    visitor.expect_accessible()
    forms.choose(visitor, data, name="vollmacht.pdf")
    visitor.press("Check the file")
    visitor.expect_text("The signatures are valid")
    visitor.expect_text("vollmacht.pdf")
    visitor.expect_accessible()
    forms.choose(visitor, data + b"%more")
    visitor.press("Check the file")
    visitor.expect_text("This is not a validly signed authorisation")
    visitor.expect_accessible()


@pytest.mark.timeout(120)
def test_a_card_in_a_token_signs_through_pkcs11(visit, service):
    company = visit("Greta Tannenfels", language="de")
    reference = forms.tick_the_electronic_version(
        company, typed="rabenstein", name="Lohnbüro Rabenstein", groups=("asrUnemployment",)
    )
    form = forms.download(company)
    signed = card.sign_in_token(service, form, name="Greta Tannenfels", field="mandator")
    assert signed.startswith(form)
    company.go(f"/mandates/{reference}/form/")
    forms.bring_back(company, signed)
    company.expect_text("The signed form is accepted")
    roads.expect_states(company, State.PENDING)
    company.page.locator("main a[href$='/documents/2/report/']").first.click()
    company.expect_heading("Report on document %(number)s", number=2)
    company.expect_text("The signatures are valid")
    company.expect_text(
        "%(name)s signed in the field of the party: %(party)s.",
        name="Greta Tannenfels",
        party=word("de", Side.MANDATOR),
    )
    company.expect_accessible()


@pytest.mark.timeout(120)
def test_a_login_comes_before_a_card_and_no_script_is_needed(visit, service):
    first = visit("Greta Tannenfels", language="de", scripts=False)
    reference = roads.draw_up(
        first,
        typed="rabenstein",
        name="Lohnbüro Rabenstein",
        groups=("temporaryUnemployment",),
        start=quarter(1),
    )
    second = visit("Rabenstein", language="fr", scripts=False)
    second.go(f"/mandates/{reference}/sign/")
    second.follow("Sign as a PDF")
    second.page.locator("main select[name=language]").select_option("fr")
    second.press("Make the form")
    form = forms.download(second)
    signer = visit(language="fr")
    signed = card.sign(signer, service, form, name="Rabenstein", field="mandatary")
    signer.go("/")
    forms.bring_back(second, signed)
    second.expect_text("The signed form is accepted")
    roads.expect_states(second, State.ACTIVE)


@pytest.mark.timeout(120)
def test_without_scripts_a_form_is_ticked_signed_and_brought_back(visit, service):
    first = visit("Van Rietdonk", language="nl", scripts=False)
    reference = forms.tick_the_electronic_version(
        first, typed="tannenf", name="Tischlerei Tannenfels", groups=("eboxPublication",)
    )
    form = forms.download(first)
    signer = visit(language="nl")
    signed = card.sign(signer, service, form, name="Van Rietdonk", field="mandatary")
    signer.go("/")
    first.go(f"/mandates/{reference}/form/")
    first.expect_to_fit()
    forms.bring_back(first, signed)
    first.expect_text("The signed form is accepted")
    roads.expect_states(first, State.PENDING)


@pytest.fixture
def clerks_form(visit):
    """Let somebody who may not sign draw up with the electronic version."""

    def draw_up(**how) -> tuple[Visitor, str]:
        clerk = visit("Mosterman", **how)
        reference = forms.tick_the_electronic_version(
            clerk, typed="lindemeers", name="Loonkantoor Lindemeers", groups=("eboxPublication",)
        )
        return clerk, reference

    return draw_up


def test_what_is_wrong_with_a_file_stands_beside_it_with_the_way_out(clerks_form, service):
    clerk, reference = clerks_form(language="nl")
    form = forms.download(clerk)
    forms.bring_back(clerk, form)
    wrong = clerk.page.locator("#id_file-error")
    unsigned = clerk.say(
        "Nobody has signed this PDF yet. Sign it with an eID in a PDF reader, save it, and upload"
        " the file that was saved."
    )
    expect(wrong).to_contain_text(unsigned)
    expect(clerk.page.locator(".error-summary")).to_be_focused()
    clerk.expect_accessible()
    clerk.page.locator(".error-summary a").click()
    expect(clerk.page.locator("#id_file")).to_be_focused()

    stranger = card.sign(clerk, service, form, name="Martinet", field="mandator")
    clerk.go(f"/mandates/{reference}/form/")
    forms.bring_back(clerk, stranger)
    expect(wrong).to_contain_text("Marc Martinet")
    forms.bring_back(clerk, b"<html>", name="form.html")
    expect(wrong).to_contain_text(clerk.say("This file is not a PDF. Choose a PDF."))
    clerk.press("Upload the signed form")
    expect(wrong).to_contain_text(clerk.say("Choose a file."))


def test_a_file_that_is_too_large_is_not_even_sent(clerks_form):
    clerk, _reference = clerks_form(language="nl")
    forms.choose(clerk, b"%PDF-".ljust(10 * _MEBIBYTE + 1))
    problem = clerk.page.locator(".drop-problem")
    expect(problem).to_contain_text("10 MB")
    assert clerk.page.locator("main input[type=file]").input_value() == ""
    clerk.expect_accessible()
    forms.choose(clerk, b"%PDF-")
    expect(problem).to_be_hidden()


@pytest.mark.parametrize("size", [11, 40])
def test_without_scripts_a_file_that_is_too_large_gets_a_page_with_the_way_back(
    clerks_form, tmp_path, size
):
    clerk, reference = clerks_form(language="nl", scripts=False)
    clerk.go(f"/mandates/{reference}/form/")
    large = tmp_path / "form.pdf"
    large.write_bytes(b"%PDF-".ljust(size * _MEBIBYTE))
    forms.bring_back(clerk, large)
    clerk.expect_heading("This is too large")
    clerk.expect_text("Nothing was changed.")
    clerk.follow("Go back and try again")
    clerk.expect_heading("Sign as a PDF")


def test_a_file_can_be_dropped_on_its_field(clerks_form):
    clerk, _reference = clerks_form(language="nl")
    zone = clerk.page.locator(".drop")
    zone.evaluate(
        """zone => {
          const carried = new DataTransfer();
          carried.items.add(new File(["%PDF-dropped"], "dropped.pdf"));
          carried.items.add(new File(["%PDF-second"], "second.pdf"));
          for (const type of ["dragover", "drop"]) {
            zone.dispatchEvent(
              new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: carried }));
          }
        }"""
    )
    names = clerk.page.locator("main input[type=file]").evaluate(
        "field => [...field.files].map((file) => file.name)"
    )
    assert names == ["dropped.pdf"]


def test_a_new_version_is_attached_to_what_was_done(visit):
    company = visit("Claire Fontamont", language="fr")
    reference = forms.tick_the_electronic_version(
        company,
        typed="belleroch",
        name="Fiduciaire Belleroche",
        groups=("federalLearningAccount",),
    )
    form = forms.download(company)
    company.go(f"/mandates/{reference}/sign/")
    company.press("Accept and sign")
    company.follow("Attach a new version of the authorisation to this")
    company.expect_heading("Attach a new version")
    company.expect_accessible()
    forms.choose(company, form, name="avenant.pdf")
    company.press("Attach this version")
    company.expect_text("The new version is attached")
    company.expect_accessible()
    row = company.page.locator("main tbody tr").filter(has_text="avenant.pdf")
    expect(row).to_contain_text("Claire Fontamont")
    expect(row).to_contain_text(company.say("signed by authentication"))
    with company.page.expect_download() as arriving:
        row.get_by_role("link").first.click()
    assert Path(arriving.value.path()).read_bytes() == form
