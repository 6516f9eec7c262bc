"""One URL becomes Django's description of a PostgreSQL database."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_SCHEMES = frozenset({"postgresql", "postgres"})


def all_settings(*, application_url: str, owner_url: str, pool_size: int) -> dict[str, Any]:
    """Return DATABASES: `default` for the application and, where it differs, `owner`."""
    databases = {"default": django_settings(application_url, pool_size=pool_size)}
    if owner_url != application_url:
        databases["owner"] = django_settings(owner_url)
    return databases


def django_settings(url: str, *, pool_size: int = 0) -> dict[str, Any]:
    """Return Django's words for `url`, read as libpq reads it (socket folder in `?host=`)."""
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES:
        # The URL may hold a password: it is not repeated in the message.
        message = "DATABASE_URL must begin with postgresql://"
        raise ImproperlyConfigured(message)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", unquote(parts.hostname or ""))
    port = options.pop("port", str(parts.port or ""))
    if pool_size:
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }
