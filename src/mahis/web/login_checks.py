"""Checks before start that logins are safe here: run by `mahis serve` and by `django check`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

_SERVER_SIDE = {
    "django.contrib.sessions.backends.db",
    "django.contrib.sessions.backends.cached_db",
}
_LIMITS = "mahis.web.session.limit_sessions"


def check_login(**_: Any) -> list[CheckMessage]:
    """Find settings with which nobody, or anybody, could log in."""
    found: list[CheckMessage] = []
    provider = settings.IDENTITY_PROVIDER
    if settings.DEPLOYMENT.is_production:
        if provider is None:
            found.append(Error("MAHIS_OIDC_ISSUER names no login provider.", id="mahis.E001"))
        elif not provider.production:
            found.append(
                Error("The login provider is a practice one, in production.", id="mahis.E002")
            )
    if settings.SESSION_ENGINE not in _SERVER_SIDE:
        found.append(
            Error(
                "Sessions hold national numbers and must be kept in the database.",
                id="mahis.E003",
            )
        )
    if _LIMITS not in settings.MIDDLEWARE:
        found.append(Error(f"The middleware {_LIMITS} is missing.", id="mahis.E004"))
    return found
