"""Somebody at a browser: logs in, goes about, and every page they see is checked."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Response

from tests.journeys.stack import Service

_AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = 1280, 390
_HEIGHT = 900


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
        self._service = service
        self._context = browser.new_context(
            base_url=service.url,
            java_script_enabled=scripts,
            locale=language,
            color_scheme="dark" if dark else "light",
            viewport={"width": WIDE, "height": _HEIGHT},
            # axe is put into pages from outside; the policy itself is tested apart.
            bypass_csp=scripts,
        )
        self._scripts = scripts
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(15_000)
        self.troubles: list[str] = []
        self.page.on("response", self._watch)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))

    def log_in(self, family_name: str, *, means: int = 500) -> None:
        """Log in as one of the invented persons."""
        person = self._service.person(family_name)
        self.page.goto("/login/")
        name = f"{person['given_name']} {person['family_name']}"
        row = self.page.locator("li", has=self.page.get_by_role("heading", name=name, exact=True))
        row.locator(f"button[value$=':{means}']").click()
        self.page.wait_for_url(f"{self._service.url}/**")

    def go(self, path: str) -> Response | None:
        """Open a page of the service."""
        return self.page.goto(path)

    def leave(self) -> None:
        """Close the window; whatever went wrong on the way is said now."""
        self._context.close()
        assert self.troubles == []

    def expect_accessible(self) -> None:
        """Require that the page, wide and narrow, breaks no rule of accessibility and fits."""
        assert self._scripts, "axe needs scripts; use a visitor with scripts"
        for width in (WIDE, NARROW):
            self.page.set_viewport_size({"width": width, "height": _HEIGHT})
            assert self._broken_rules() == [], f"{self.page.url} at {width} px"
            overflow = self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert overflow <= 0, f"{self.page.url} scrolls sideways at {width} px"
        self.page.set_viewport_size({"width": WIDE, "height": _HEIGHT})

    def _broken_rules(self) -> list[str]:
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(_AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", _RULES
        )
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def _watch(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status} {response.url}")
