"""What an operator may say about the login provider, and what is refused at once."""

import dataclasses
from pathlib import Path

import pytest

from mahis.gateways.identity_settings import IdentityMisconfigured, ProviderSettings

FEDERAL = "urn:be:fedict:iam:fas:Level"


@pytest.fixture
def usual():
    return ProviderSettings(
        issuer="https://login.example/fas/oauth2",
        client_id="mahis",
        client_secret="quite secret",
        public_url="https://mahis.example",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "http://login.example"},
        {"issuer": "https://localhost"},
        {"issuer": "https://localhost.:8443"},
        {"issuer": "https://127.0.0.1:8443"},
        {"issuer": "https://[::1]"},
        {"issuer": "https://0.0.0.0"},
        {"issuer": "https://practice.localhost"},
        {"issuer": "https://["},
        {"issuer": "https://"},
        {"issuer": "login.example"},
        {"issuer": ""},
        {"client_id": ""},
        {"client_secret": ""},
        {"client_key_file": Path("client.jwk")},
        {"public_url": ""},
        {"minimum_level": f"{FEDERAL}900"},
        {"algorithms": ("none",)},
        {"algorithms": ("RS256", "HS256")},
        {"algorithms": ()},
        {"scopes": ("profile",)},
        {"login_seconds": 0},
        {"timeout_seconds": 0},
        {"leeway_seconds": 301},
        {"leeway_seconds": -1},
    ],
)
def test_unsafe_settings_are_refused_in_production(usual, wrong):
    with pytest.raises(IdentityMisconfigured):
        dataclasses.replace(usual, **wrong)


@pytest.mark.parametrize(
    "issuer", ["http://127.0.0.1:8765", "http://localhost", "https://x.example"]
)
def test_a_practice_provider_is_allowed_outside_production(usual, issuer):
    assert dataclasses.replace(usual, production=False, issuer=issuer).issuer == issuer


@pytest.mark.parametrize(
    ("level", "reached"),
    [
        (f"{FEDERAL}500", True),
        (f"{FEDERAL}450", True),
        (f"{FEDERAL}400", False),
        (f"{FEDERAL}900", False),
        ("", False),
        ("500", False),
    ],
)
def test_only_known_levels_from_the_minimum_up_are_reached(usual, level, reached):
    assert usual.reaches(level) is reached


def test_levels_are_ordered_as_the_operator_says(usual):
    settings = dataclasses.replace(usual, levels=("silver", "gold"), minimum_level="silver")
    assert settings.reaches("gold")
    assert not dataclasses.replace(settings, minimum_level="gold").reaches("silver")


def test_the_secret_does_not_show(usual):
    assert "quite secret" not in repr(usual)
