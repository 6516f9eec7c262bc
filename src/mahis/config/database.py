"""One URL becomes Django's description of a PostgreSQL database."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_SCHEMES = frozenset({"postgresql", "postgres"})


def django_settings(url: str) -> dict[str, Any]:
    """Return the entry of DATABASES for `url`, as libpq reads it (socket folder in `?host=`)."""
    parts = urlsplit(url)
    if url and parts.scheme not in _SCHEMES:
        # The URL may hold a password: it is not repeated in the message.
        message = "DATABASE_URL must begin with postgresql://"
        raise ImproperlyConfigured(message)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "mahis",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {**options, "pool": {"min_size": 0, "max_size": 16, "timeout": 10}},
    }
