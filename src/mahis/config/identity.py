"""The OpenID provider at which people log in, as `MAHIS_OIDC_…` describes it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from mahis.gateways.identity_settings import ClaimNames, ProviderSettings


def provider(*, public_url: str, production: bool) -> ProviderSettings | None:
    """Return the provider, or None where no issuer is named; ImproperlyConfigured tells why.

    Without a provider nobody can log in, which suits commands that only look after tables.
    """
    if not os.environ.get("MAHIS_OIDC_ISSUER"):
        return None
    try:
        return ProviderSettings(
            public_url=public_url,
            production=production,
            claims=ClaimNames(**_named("MAHIS_OIDC_CLAIM_", _CLAIMS)),
            **{"client_id": "mahis", **_named("MAHIS_OIDC_", _SETTINGS)},
        )
    except ValueError as wrong:
        message = f"MAHIS_OIDC_…: {wrong}."
        raise ImproperlyConfigured(message) from wrong


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _yes(text: str) -> bool:
    return text.lower() in {"1", "yes", "true", "on"}


#: What may be said about the provider, and how each value is read.
_SETTINGS: dict[str, Callable[[str], object]] = {
    "issuer": str,
    "client_id": str,
    "client_key_file": Path,
    "client_secret": str,
    "scopes": _words,
    "levels": _words,
    "minimum_level": str,
    "algorithms": _words,
    "signed_userinfo": _yes,
    "leeway_seconds": int,
    "timeout_seconds": float,
    "login_seconds": int,
}
_CLAIMS: dict[str, Callable[[str], object]] = {
    "national_number": str,
    "given_name": str,
    "family_name": str,
    "language": str,
    "assurance": str,
}


def _named(prefix: str, known: dict[str, Callable[[str], object]]) -> dict[str, Any]:
    """Return what the environment says, under the fields' own names; the rest keeps its default."""
    values = {name: os.environ.get(f"{prefix}{name.upper()}") for name in known}
    return {name: known[name](text) for name, text in values.items() if text}
