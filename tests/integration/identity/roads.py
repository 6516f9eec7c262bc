"""A person's road through a provider's login, without a browser: one class for each provider."""

import html
import re
from abc import ABC, abstractmethod
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests

from mahis.gateways.identity_settings import ProviderSettings

PUBLIC_URL = "http://127.0.0.1:9"
CALLBACK = "/login/callback/"
CLIENT_ID = "mahis"
LOTTE = "81050103522"
TOM = "19282416134"


class Road(ABC):
    """One running provider, and how a person gets through its pages."""

    def __init__(self, *, issuer, key_file):
        self.issuer = issuer
        self.key_file = key_file
        self.browser = requests.Session()

    def settings(self, **changes) -> ProviderSettings:
        usual = {
            "issuer": self.issuer,
            "client_id": CLIENT_ID,
            "client_key_file": self.key_file,
            "public_url": PUBLIC_URL,
            "production": False,
            "timeout_seconds": 5,
        }
        return ProviderSettings(**{**usual, **changes})

    def log_in(self, address, *, person="lotte", level=500) -> dict[str, str]:
        """Follow an authorization address; gives what comes back with the browser."""
        page = self._follow(address)
        return self._answer_of(self._choose(page, person, level))

    def cancel(self, address) -> dict[str, str]:
        return self._answer_of(self._cancel(self._follow(address)))

    @abstractmethod
    def _choose(self, page, person, level):
        """Choose a person on the provider's page; gives the last response."""

    @abstractmethod
    def _cancel(self, page):
        """Break off on the provider's page; gives the last response."""

    def _follow(self, address, **form):
        """Follow redirects, but not those that lead back to the service."""
        response = self.browser.request(
            "POST" if form else "GET", address, allow_redirects=False, timeout=10, **form
        )
        while response.is_redirect:
            target = urljoin(response.url, response.headers["Location"])
            if target.startswith(PUBLIC_URL):
                return response
            response = self.browser.get(target, allow_redirects=False, timeout=10)
        return response

    def _answer_of(self, response):
        target = response.headers.get("Location", "")
        assert target.startswith(PUBLIC_URL + CALLBACK), (response.status_code, response.text)
        return dict(parse_qsl(urlsplit(target).query))


class PracticeRoad(Road):
    """Through the practice login of our own."""

    NAMES = {"lotte": "Lotte De Wilg", "tom": "Tom Maes"}

    def _choose(self, page, person, level):
        found = self.browser.get(page.url, params={"q": self.NAMES[person]}, timeout=10)
        values = [html.unescape(value) for value in re.findall(r'value="([^"]*:\d+)"', found.text)]
        choice = next(value for value in values if value.endswith(f":{level}"))
        return self._follow(page.url, data={"choice": choice})

    def _cancel(self, page):
        return self._follow(page.url, data={"cancel": "1"})


class IndependentRoad(Road):
    """Through a provider that we did not write."""

    def _choose(self, page, person, level):
        return self._follow(f"{page.url}?account={person}&level={level}")

    def _cancel(self, page):
        return self._follow(f"{page.url}?account=nobody")
