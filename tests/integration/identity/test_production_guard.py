"""Nothing of the practice login can be switched on together with production settings."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from mahis.config import environment, identity
from mahis.gateways.identity import RelyingParty
from mahis.gateways.identity_documents import ProviderDocuments
from mahis.gateways.identity_refusals import LoginFailed
from mahis.gateways.identity_settings import ProviderSettings
from mahis.web.login_checks import check_login
from tests.integration.identity.conftest import now
from tests.integration.identity.roads import CALLBACK

PRODUCTION = {
    "MAHIS_ENV": "production",
    "MAHIS_SECRET_KEY": "k" * 60,
    "MAHIS_PUBLIC_URL": "https://mahis.example",
    "MAHIS_OIDC_CLIENT_SECRET": "quite secret",
    "DATABASE_URL": "postgresql:///unused",
    "DJANGO_SETTINGS_MODULE": "mahis.config.settings",
}


def check(tmp_path, **changes):
    """Start as production does, up to the checks; gives the exit status and what was said."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "check"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **PRODUCTION, **changes},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr


def test_production_starts_with_a_provider_over_tls(tmp_path):
    assert check(tmp_path, MAHIS_OIDC_ISSUER="https://login.example")[0] == 0


@pytest.mark.parametrize(
    ("issuer", "said"),
    [
        ("http://login.example", "https"),
        ("http://127.0.0.1:8765", "https"),
        ("https://localhost:8765", "this machine"),
        ("", "mahis.E001"),
    ],
)
def test_production_does_not_start_otherwise(tmp_path, issuer, said):
    status, fault = check(tmp_path, MAHIS_OIDC_ISSUER=issuer)
    assert status != 0
    assert said in fault


def test_a_practice_provider_behind_tls_is_known_by_what_it_says_of_itself(practice_road):
    settings = practice_road.settings()
    RelyingParty(settings).begin(callback=CALLBACK, language="", at=now())
    # Only the addresses are let through here: what remains is the provider's own mark.
    object.__setattr__(settings, "production", True)
    object.__setattr__(settings, "require_address", lambda *_: None)
    with pytest.raises(LoginFailed) as refused:
        ProviderDocuments(settings).addresses()
    assert refused.value.found["reason"] == "a practice provider, in production"


class _Production:
    is_production = True


class TestChecks:
    """What `mahis serve` refuses to start with."""

    @pytest.fixture(autouse=True)
    def _production(self, settings):
        settings.DEPLOYMENT = _Production()

    @pytest.fixture
    def provider(self, practice_road):
        return practice_road.settings()

    def found(self):
        return {message.id for message in check_login()}

    def test_a_missing_provider_is_found(self, settings):
        settings.IDENTITY_PROVIDER = None
        assert self.found() == {"mahis.E001"}

    def test_a_practice_provider_is_found(self, settings, provider):
        settings.IDENTITY_PROVIDER = provider
        assert self.found() == {"mahis.E002"}

    def test_sessions_in_the_browser_are_found(self, settings):
        settings.IDENTITY_PROVIDER = None
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
        assert "mahis.E003" in self.found()

    def test_sessions_without_limits_are_found(self, settings):
        settings.MIDDLEWARE = []
        assert "mahis.E004" in self.found()


def test_the_usual_settings_pass():
    assert check_login() == []


def test_every_setting_of_the_provider_can_be_said_by_the_environment(monkeypatch):
    said = {
        "ISSUER": "https://login.example",
        "CLIENT_ID": "us",
        "CLIENT_SECRET": "quite secret",
        "SCOPES": "openid profile",
        "LEVELS": "silver gold",
        "MINIMUM_LEVEL": "gold",
        "ALGORITHMS": "ES256",
        "SIGNED_USERINFO": "no",
        "LEEWAY_SECONDS": "5",
        "TIMEOUT_SECONDS": "2.5",
        "LOGIN_SECONDS": "60",
        "CLAIM_NATIONAL_NUMBER": "ssn",
    }
    for name, value in said.items():
        monkeypatch.setenv(f"MAHIS_OIDC_{name}", value)
    provider = identity.provider(public_url="https://mahis.example", production=True)
    assert isinstance(provider, ProviderSettings)
    assert (provider.client_id, provider.levels, provider.minimum_level) == (
        "us",
        ("silver", "gold"),
        "gold",
    )
    assert (provider.leeway_seconds, provider.timeout_seconds, provider.login_seconds) == (
        5,
        2.5,
        60,
    )
    assert provider.signed_userinfo is False
    assert provider.claims.national_number == "ssn"


@pytest.mark.parametrize("text", ["0", "-1", "soon", "1.5", "\u0661"])
def test_a_limit_that_is_no_number_of_seconds_is_refused(monkeypatch, text):
    monkeypatch.setenv("MAHIS_SESSION_IDLE_SECONDS", text)
    with pytest.raises(ImproperlyConfigured):
        environment.seconds("MAHIS_SESSION_IDLE_SECONDS", 3600)
