"""Somebody at a browser: logs in, goes about, and every page they see is checked."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from mahis.domain.parties import Quality
from tests.journeys import privacy
from tests.journeys.stack import Service
from tests.journeys.words import say, word

_AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = 1280, 390
_HEIGHT = 900
_PATIENCE = 15_000
#: Addresses of pages that show nobody's data and are not ours to translate.
_MADE_BY_STATUS = "Failed to load resource"


class Visitor:
    """One person with a browser window of their own."""

    def __init__(
        self,
        service: Service,
        browser: Browser,
        *,
        language: str = "en",
        scripts: bool = True,
        dark: bool = False,
    ) -> None:
        self.language = language
        #: The address of the service, without a path.
        self.home = service.url
        self._service = service
        self._numbers = tuple(each["insz"] for each in service.people)
        self.context = browser.new_context(
            base_url=service.url,
            java_script_enabled=scripts,
            locale=language,
            color_scheme="dark" if dark else "light",
            viewport={"width": WIDE, "height": _HEIGHT},
        )
        self.scripts = scripts
        self.troubles: list[str] = []
        self.context.on("request", self._watch_request)
        self.context.on("response", self._watch_response)
        self.context.on("weberror", lambda error: self._note(f"script: {error.error}"))
        self.context.on("console", self._watch_console)
        self.page = self.new_tab()

    # ------------------------------------------------------------------ coming and going

    def new_tab(self) -> Page:
        """Open one more page in the same window."""
        page = self.context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.set_default_navigation_timeout(_PATIENCE)
        return page

    def arrive(self) -> None:
        """Come to the first page and choose the language there."""
        self.go("/")
        # Pressed even where the browser asks for this language: a person's own goes before that.
        self.page.locator(f".languages button[value={self.language}]").click()
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def log_in(self, name: str, *, means: int | None = None) -> None:
        """Log in as one of the invented persons, by their strongest means unless told."""
        person = self._service.person(name)
        self.page.locator("main a[href^='/login/']").click()
        full_name = f"{person['given_name']} {person['family_name']}"
        heading = self.page.get_by_role("heading", name=full_name, exact=True)
        means = means or person["levels"][0]
        row = self.page.locator("li", has=heading)
        row.locator(f"button[value$=':{means}']").click()
        self.page.wait_for_url(f"{self._service.url}/**")

    def act_for(self, enterprise: str, quality: Quality) -> None:
        """Choose the capacity in which to act."""
        self.look()
        card = self.page.locator(".capacity-card").filter(has_text=enterprise)
        card.filter(has_text=word(self.language, quality)).click()
        expect(self.page.locator(".capacity")).to_contain_text(enterprise)

    def log_out(self) -> None:
        """Log out by the button, here and at the provider."""
        self.press("Log out")
        self.page.wait_for_url(f"{self._service.url}/")
        expect(self.page.locator("main a[href^='/login/']")).to_be_visible()

    def photograph(self, file: Path) -> None:
        """Keep a picture of what is on the screen."""
        self.page.screenshot(path=file, full_page=True)

    def leave(self) -> None:
        """Close the window; whatever went wrong on the way is said now."""
        if not self.page.is_closed():
            self.look()
        self.context.close()
        assert self.troubles == []

    # ------------------------------------------------------------------ acting

    def say(self, message: str, **more: Any) -> str:
        """Give a message in the language of this person."""
        return say(self.language, message, **more)

    def go(self, path: str) -> Response:
        """Open a page of the service."""
        self.look()
        response = self.page.goto(path)
        assert response is not None
        return response

    def press(self, message: str, **more: Any) -> None:
        """Press the button with these words."""
        self.look()
        self.main_or_page("button", message, **more).click()

    def follow(self, message: str, **more: Any) -> None:
        """Follow the link with these words, in the page rather than in the menu."""
        self.look()
        self.main_or_page("link", message, **more).click()

    def choose(self, message: str) -> None:
        """Choose an entry of the menu."""
        self.look()
        menu = self.page.locator("nav.menu")
        menu.get_by_role("link", name=self.say(message), exact=True).click()

    def main_or_page(self, role: Any, message: str, **more: Any) -> Locator:
        """Find something by role and words, in the main part if it is there, else anywhere."""
        text = self.say(message, **more)
        within = self.page.get_by_role("main").get_by_role(role, name=text, exact=True)
        return within if within.count() else self.page.get_by_role(role, name=text, exact=True)

    def field(self, message: str) -> Locator:
        """Find a field to fill in by its label."""
        return self.page.get_by_label(self.say(message), exact=True).and_(
            self.page.locator("input[type=text], textarea")
        )

    def tick(self, name: str, values: Iterable[str]) -> None:
        """Tick boxes by what they stand for: groups, states, mandates."""
        for value in values:
            self.page.locator(f"input[name={name}][value='{value}']").check()

    # ------------------------------------------------------------------ seeing

    def look(self) -> None:
        """Read the page that is there: no national number stands on it."""
        if self.page.url.startswith("http"):
            for number in privacy.national_numbers(self._source(), of=self._numbers):
                self._note(f"{number} stands on {self.page.url}")

    def _source(self) -> str:
        try:
            return self.page.content()
        except Error:
            # It was just being left for the next one.
            self.page.wait_for_load_state()
            return self.page.content()

    def expect_heading(self, message: str, **more: Any) -> None:
        """Require the heading of the page."""
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_contain_text(self.say(message, **more))

    def expect_text(self, message: str, **more: Any) -> None:
        """Require a text on the page, whatever stands around it."""
        expect(self.page.get_by_role("main")).to_contain_text(self.say(message, **more))

    def expect_accessible(self) -> None:
        """Require that the page, wide and narrow, breaks no rule of accessibility and fits."""
        assert self.scripts, "axe needs scripts; use a visitor with scripts"
        assert self.page.locator("html").get_attribute("lang") == self.language
        for width in (NARROW, WIDE):
            self._require_fit(width)
            assert _broken_rules(self.page) == [], f"{self.page.url} at {width} px"

    def expect_to_fit(self) -> None:
        """Require that the page needs no scrolling sideways on a phone."""
        self._require_fit(NARROW)
        self.page.set_viewport_size({"width": WIDE, "height": _HEIGHT})

    def _require_fit(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": _HEIGHT})
        overflow = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{self.page.url} scrolls sideways at {width} px: {self._too_wide()}"

    def _too_wide(self) -> list[str]:
        """Name what sticks out of the page."""
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('body *')].filter(each =>"
            " each.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5"
            ").map(each => `${each.tagName}.${each.className}: "
            "${each.textContent.trim().slice(0, 60)}`)"
        )
        return found

    # ------------------------------------------------------------------ watching

    def _note(self, trouble: str) -> None:
        self.troubles.append(trouble)

    def _watch_request(self, request: Request) -> None:
        found = privacy.in_address(request.url, of=self._numbers)
        self.troubles += [f"{number} stands in {request.url}" for number in found]

    def _watch_response(self, response: Response) -> None:
        if response.status >= 500:
            self._note(f"{response.status} {response.url}")

    def _watch_console(self, message: ConsoleMessage) -> None:
        # Among these are all violations of the content security policy.
        if message.type == "error" and not message.text.startswith(_MADE_BY_STATUS):
            self._note(f"console: {message.text}")


def _broken_rules(page: Page) -> list[str]:
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document,"
        " {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
        _RULES,
    )
    return [
        f"{violation['id']}: {' '.join(node['html'].split())[:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
