"""Every page that the service has, looked at in four languages, light and dark, wide and narrow."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import FilePayload, expect

from mahis.domain.mandate import State
from mahis.domain.parties import Quality
from tests.journeys import card, roads
from tests.journeys.stack import Service
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter

KRAANVOGEL = ("Bouwwerken Kraanvogel", Quality.NSSO_EMPLOYER)
#: Addresses that never show a page of their own: they lead on, or answer machines.
_WITHOUT_PAGE = {"web:language", "web:logout", "web:health", "web:login", "web:metrics"}
#: Addresses that give files to be kept, or pictures inside a page.
_FILES = {
    "backoffice:document",
    "backoffice:document_report_json",
    "backoffice:letter_manifest",
    "backoffice:letter_package",
    "backoffice:matrix_export",
    "backoffice:matrix_export_withdrawn",
    "backoffice:notice_letter",
    "backoffice:notice_preview_letter",
    "backoffice:scan_page",
    "portal:document",
    "portal:document_report_json",
    "portal:notice_letter",
}
#: Languages with their light or dark screens; whether axe looks, or only the width is measured.
_TOURS = [("fr", False, True), ("de", True, True), ("nl", False, False), ("en", True, False)]


class Tour:
    """A visitor who goes through pages and looks at each."""

    def __init__(self, visitor: Visitor, *, thorough: bool) -> None:
        self.visitor = visitor
        self.page = visitor.page
        self._thorough = thorough
        self.seen: set[str] = set()

    def see(self, path: str, status: int = 200) -> None:
        """Open a page and look at it."""
        answer = self.visitor.go(path)
        assert answer.status == status, f"{answer.status} at {path}"
        self.look()

    def look(self) -> None:
        """Look at the page that is there, and note which of our addresses it is."""
        expect(self.page.locator("html")).to_have_attribute("lang", self.visitor.language)
        assert self.page.locator("h1").count() == 1, self.page.url
        if self._thorough:
            self.visitor.expect_accessible()
        else:
            self.visitor.expect_to_fit()
        if self.page.url.startswith(self.visitor.home):
            path = re.sub(r"[?#].*$", "", self.page.url.removeprefix(self.visitor.home))
            self.seen.add(resolve(path).view_name)

    def first_found(self, query: str, *, office: str = "") -> str | None:
        """Give the address of the first mandate that a search finds."""
        self.visitor.go(f"{office}/mandates/?{query}")
        links = self.page.locator("main tbody a")
        return links.first.get_attribute("href") if links.count() else None


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("language", "dark", "thorough"), _TOURS)
def test_every_page_is_accessible_and_fits(
    visit_lived_in, lived_in_service, language, dark, thorough
):
    how = {"language": language, "dark": dark}
    manager = Tour(visit_lived_in("Kettelaar", acting=KRAANVOGEL, **how), thorough=thorough)
    officer = Tour(visit_lived_in("Ardoisier", **how), thorough=thorough)
    tours = [
        _as_visitor(Tour(visit_lived_in(**how), thorough=thorough)),
        _as_nobody(Tour(visit_lived_in("Passerelle", **how), thorough=thorough)),
        _as_manager(manager),
        _as_reader(Tour(visit_lived_in("Sourciel", **how), thorough=thorough)),
        _as_provider(Tour(visit_lived_in("Rabenstein", **how), thorough=thorough)),
        _as_officer(officer),
    ]
    report = _sign_as_pdf(manager, lived_in_service)
    manager.see(report)
    officer.see(f"/office{report}")
    seen = set().union(*(tour.seen for tour in tours))
    assert set(_names(get_resolver())) - _WITHOUT_PAGE - _FILES - seen == set()


def _as_visitor(tour: Tour) -> Tour:
    """Before the login: the first page, the practice login, and what goes wrong there."""
    tour.see("/")
    tour.see("/gallery/")
    tour.see("/verify/")
    tour.see("/login/callback/?state=forged&code=forged", 401)
    for path in ("/logout/", "/language/"):
        tour.see(path, 405)
    tour.see("/login/")
    provider = re.match(r"https?://[^/]+", tour.page.url)
    assert provider is not None
    tour.see(f"{provider[0]}/nowhere", 404)
    tour.see(f"{provider[0]}/logout")
    tour.see("/login/")
    tour.page.locator(".cancel button").click()
    tour.page.wait_for_url(f"{tour.visitor.home}/**")
    tour.look()
    return tour


def _as_nobody(tour: Tour) -> Tour:
    """Somebody without any access."""
    tour.look()
    return tour


def _as_reader(tour: Tour) -> Tour:
    """Somebody who may not change anything."""
    tour.look()
    tour.see("/mandates/")
    tour.see("/mandates/new/", 403)
    return tour


def _as_manager(tour: Tour) -> Tour:
    """Somebody who does everything for a company."""
    tour.see("/")
    for path in ("capacity/", "representatives/matrix/", "representatives/own/", "identification/"):
        tour.see(f"/{path}")
    _ask_to_provide(tour)
    _draw_up(tour)
    _search(tour)
    for state in State:
        found = tour.first_found(f"states={state.value}")
        if found is not None:
            tour.see(found)
            tour.see(re.sub(r"\d+/$", "", found))
    _notices(tour)
    _sign(tour)
    _close(tour, office="")
    _send_what_no_page_sends(tour)
    assert tour.visitor.go("/nowhere/").status == 404
    tour.visitor.expect_accessible()
    return tour


def _ask_to_provide(tour: Tour) -> None:
    """Ask to become a service provider, and take it back for the next tour."""
    tour.see("/identification/contact/")
    tour.visitor.field("E-mail address").fill("desk@kraanvogel.example")
    tour.visitor.field("Telephone number").fill("03 222 33 44")
    tour.page.locator("input[name=language][value=nl]").check()
    tour.visitor.press("Next")
    tour.page.wait_for_url("**/identification/check/")
    tour.look()
    tour.page.locator("input[name=terms]").check()
    tour.visitor.press("Send the request")
    tour.page.wait_for_url("**/identification/P-*/")
    tour.look()
    tour.see(f"{tour.page.url.removeprefix(tour.visitor.home)}withdraw/")
    tour.visitor.press("Withdraw")
    tour.look()


def _as_provider(tour: Tour) -> Tour:
    """Somebody who may sign for a service provider."""
    tour.see("/provider/")
    tour.see("/provider/contact/")
    _delegate(tour)
    return tour


def _delegate(tour: Tour) -> None:
    """End what was delegated in the invented past, or by the tour before, and give it anew."""
    tour.see("/delegations/?part=delegate")
    tour.see("/delegations/?part=delegator&standing=running")
    tour.page.locator("main tbody a").first.click()
    tour.look()
    tour.visitor.follow("End this delegation")
    tour.look()
    tour.visitor.press("End the delegation")
    tour.visitor.expect_text("The delegation has ended")
    tour.see("/delegations/new/")
    tour.page.locator("main tbody a").first.click()
    tour.look()
    tour.page.locator("input[name=delegate]").first.check()
    tour.visitor.press("Next: check")
    tour.look()
    tour.page.locator("main form button.btn-primary").click()
    tour.look()


def _draw_up(tour: Tour) -> None:
    tour.see("/mandates/new/")
    roads.look_for(tour.visitor, "lohn")
    tour.page.wait_for_url("**/new/*-*/**")
    tour.look()
    draft = re.sub(r"[?#].*", "", tour.page.url)
    tour.visitor.press("Next: check and sign")
    expect(tour.page.locator(".error-summary")).to_be_visible()
    tour.look()
    roads.find_other_party(tour.visitor, typed="Rabenstein", name="Lohnbüro Rabenstein")
    tour.visitor.tick("groups", ["eboxDocumentConsumer"])
    tour.visitor.field("Start quarter").fill(quarter(4))
    tour.visitor.press("Next: check and sign")
    tour.page.wait_for_url("**/validate/")
    tour.look()
    tour.see(f"{draft}discard/")


def _search(tour: Tour) -> None:
    tour.see("/mandates/")
    tour.see("/mandates/?mandatary=zzzz")
    tour.see("/mandates/?quarter=9/2027&states=active", 200)


def _notices(tour: Tour) -> None:
    tour.see("/notices/")
    tour.see("/notices/?show=waiting")
    tour.visitor.go("/notices/")
    _one_notice(tour)


def _one_notice(tour: Tour) -> None:
    """Look at the first notice that a page leads to."""
    address = tour.page.locator("main tbody a[href*='/notices/']").first.get_attribute("href")
    assert address is not None
    tour.see(address)


def _sign(tour: Tour) -> None:
    path = tour.first_found("states=pending&side=mandator&awaited=mandator")
    assert path is not None
    whole = re.sub(r"\d+/$", "", path)
    for act in ("sign", "refuse", "withdraw", "withdraw-replacement", "summary"):
        tour.see(f"{whole}{act}/")


def _sign_as_pdf(tour: Tour, service: Service) -> str:
    """Have a form made, sign it with a card and bring it back; gives the address of the report."""
    visitor = tour.visitor
    visitor.go("/")
    reference = roads.draw_up(
        visitor,
        typed="Rabenstein",
        name="Lohnbüro Rabenstein",
        groups=("eboxPublication",),
        start=quarter(3),
        signing=False,
    )
    tour.see(f"/mandates/{reference}/form/")
    visitor.press("Make the form")
    with tour.page.expect_download() as arriving:
        tour.page.locator("main .download a[download]").click()
    form = Path(arriving.value.path()).read_bytes()
    for page in ("form", "upload", "scan", "attach"):
        tour.see(f"/mandates/{reference}/{page}/")
    signed = card.sign(visitor, service, form, name="Kettelaar", field="mandator")
    visitor.go(f"/mandates/{reference}/form/")
    tour.page.locator("main input[type=file]").set_input_files(
        FilePayload(name="form.pdf", mimeType="application/pdf", buffer=signed)
    )
    visitor.press("Upload the signed form")
    visitor.expect_text("The signed form is accepted")
    return f"/mandates/{reference}/documents/2/report/"


def _close(tour: Tour, *, office: str) -> None:
    tour.visitor.go(f"{office}/mandates/?states=active")
    address = tour.page.locator("main tbody a[href*='/close/']").first.get_attribute("href")
    assert address is not None
    tour.see(address)
    if not tour.page.locator("main input[name=places]:checked").count():
        tour.page.locator("main input[name=places]").first.check()
    tour.visitor.press("Next")
    expect(tour.page.locator(".error-summary")).to_be_visible()
    tour.look()
    tour.visitor.field("End quarter").fill(quarter(4))
    if office:
        tour.page.locator("textarea[name=reason]").fill("The company asked for it by letter.")
    tour.visitor.press("Next")
    tour.visitor.expect_heading("Close these mandates?")
    tour.look()


def _send_what_no_page_sends(tour: Tour) -> None:
    """Forged, unreadable and too large forms are answered by pages of their own."""
    for spoil, status in (
        ("form.csrfmiddlewaretoken.value = 'forged'", 403),
        ("for (let n = 0; n < 1100; n++) form.append(box(`f${n}`, ''))", 400),
        ("form.append(box('large', 'x'.repeat(6 * 2 ** 20)))", 413),
    ):
        tour.visitor.go("/mandates/new/")
        with tour.page.expect_response("**/mandates/new/**") as answer:
            tour.page.locator("main form").evaluate(
                "form => { const box = (name, value) => Object.assign("
                "document.createElement('input'), {type: 'hidden', name, value});"
                f"{spoil}; form.submit(); }}"
            )
        assert answer.value.status == status
        tour.page.wait_for_load_state()
        tour.look()


def _as_officer(tour: Tour) -> Tour:
    """Somebody of the office, who sees everything."""
    tour.see("/office/")
    tour.see("/office/trust/")
    tour.see("/office/notices/preview/")
    tour.see("/office/letters/")
    tour.see("/office/letters/addresses/", 405)
    tour.see("/office/operations/")
    tour.see("/office/operations/send-again/", 405)
    tour.see("/office/mandates/")
    tour.see("/office/mandates/?states=rejected&page=1")
    for state in State:
        if path := tour.first_found(f"states={state.value}", office="/office"):
            tour.see(path)
            tour.see(re.sub(r"\d+/$", "history/", path))
    tour.see(re.sub(r"history/$", "", tour.page.url))
    _one_notice(tour)
    _at_the_desk(tour)
    _providers(tour)
    _employers(tour)
    _delegations(tour)
    _matrix(tour)
    _decide(tour)
    _close(tour, office="/office")
    tour.seen.add("backoffice:close_confirm" if "close" in tour.page.url else "")
    return tour


def _delegations(tour: Tour) -> None:
    """Look at a delegation that runs, and at the question whether it is to end."""
    tour.see("/office/delegations/?standing=running")
    tour.page.locator("main tbody a").first.click()
    tour.look()
    tour.visitor.follow("End this delegation")
    tour.look()


def _employers(tour: Tour) -> None:
    """Look at an employer, at what is asked of who registers or ends one, and at who ceased."""
    tour.see("/office/ceased/")
    tour.see("/office/employers/")
    tour.see("/office/employers/?text=0123456788", 422)
    tour.visitor.go("/office/employers/?text=fontamont")
    employer = tour.page.url
    tour.look()
    ending = str(tour.page.locator("main a[href$='/end/']").first.get_attribute("href"))
    tour.see(f"{employer}register/")
    tour.see(ending)


def _providers(tour: Tour) -> None:
    """Look at a request that waits and at a provider; their acts have no page of their own."""
    for queue, acts in (
        ("requests", ("claim", "release", "accept", "refuse")),
        ("providers", ("block", "unblock")),
    ):
        tour.see(f"/office/{queue}/")
        one = tour.page.locator(f"main tbody a[href^='/office/{queue}/']").first
        path = str(one.get_attribute("href"))
        tour.see(path)
        for act in acts:
            tour.see(f"{path}{act}/", 405)


def _at_the_desk(tour: Tour) -> None:
    """Find something, look at an enterprise, and go to where reference data is changed."""
    tour.see("/office/find/?q=fiduciaire")
    tour.see("/office/find/?q=0123456788")
    tour.visitor.go("/office/find/?q=fiduciaire")
    tour.see(str(tour.page.locator(".found a").first.get_attribute("href")))
    if path := tour.first_found("states=active", office="/office"):
        tour.see(re.sub(r"\d+/$", "attach/", path))
    tour.see("/office/groups/")
    tour.see("/office/new-group/")
    tour.see("/office/groups/wide/")
    for act in ("correct", "end", "put-in", "hand-back"):
        tour.see(f"/office/groups/wide/{act}/")
    tour.visitor.go("/office/groups/wide/")
    link = tour.page.locator("main tbody .actions a").first
    membership = str(link.get_attribute("href"))
    tour.see(membership)
    tour.see(f"{membership}take-out/")
    tour.see("/office/applications/")
    tour.see("/office/new-application/")
    application = _first_application(tour)
    tour.see(application)
    for act in ("correct", "end", "hand-back"):
        tour.see(f"{application}{act}/")


def _matrix(tour: Tour) -> None:
    """Look at the versions of the matrix, and to where one is loaded and withdrawn."""
    tour.see("/office/matrix/")
    version = str(tour.page.locator("main tbody th a").first.get_attribute("href"))
    tour.see(version)
    tour.see(f"{version}withdraw/")
    tour.see("/office/matrix/compare/")
    tour.see("/office/matrix/load/")
    tour.see("/office/matrix/load/confirm/", 405)


def _first_application(tour: Tour) -> str:
    tour.visitor.go("/office/applications/")
    return str(tour.page.locator("main tbody th a").first.get_attribute("href"))


def _decide(tour: Tour) -> None:
    """Look at the scans that wait, take one, and give it back undecided."""
    tour.see("/office/scans/")
    tour.see("/office/scans/next/", 405)
    tour.visitor.go("/office/scans/")
    tour.visitor.press("Take the next one")
    tour.page.wait_for_url("**/office/scans/*-*/**")
    tour.look()
    scan = re.sub(r"[?#].*$", "", tour.page.url)
    for act in ("claim", "release", "approve", "reject"):
        tour.see(f"{scan}{act}/", 405)
    tour.visitor.go(scan)
    tour.visitor.press("Give it back")


def _names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{pattern.app_name}:" if pattern.app_name else prefix)
        else:
            assert isinstance(pattern, URLPattern)
            yield f"{prefix}{pattern.name}"
