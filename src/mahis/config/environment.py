"""What the environment says of this installation; the numbers of the rules are read in `rules`."""

import enum
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from mahis.config import embedded_postgres

#: What may stand in an Authorization header (RFC 6750), too long to be guessed.
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{32,}=*")


class Environment(enum.StrEnum):
    """For whom this installation runs; anything but production must be asked for by name."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """One installation, as its operator described it."""

    environment: Environment
    public_url: str
    secret_key: str = field(repr=False)
    data_dir: Path
    time_zone: str

    @property
    def is_production(self) -> bool:
        """Whether real people rely on this installation."""
        return self.environment is Environment.PRODUCTION

    @property
    def is_test(self) -> bool:
        """Whether this is a run of the tests."""
        return self.environment is Environment.TEST

    @property
    def is_https(self) -> bool:
        """Whether browsers reach this installation over TLS only."""
        return self.public_url.startswith("https://")


def read() -> Deployment:
    """Read the deployment from the environment; ImproperlyConfigured names what is missing."""
    environment = _environment()
    public_url = os.environ.get("MAHIS_PUBLIC_URL", "").rstrip("/")
    if environment is Environment.PRODUCTION and not public_url.startswith("https://"):
        message = "MAHIS_PUBLIC_URL must be the https:// address of this installation."
        raise ImproperlyConfigured(message)
    return Deployment(
        environment=environment,
        public_url=public_url or "http://127.0.0.1:8000",
        secret_key=_secret_key(environment),
        data_dir=data_dir(),
        time_zone=os.environ.get("MAHIS_TIME_ZONE", "Europe/Brussels"),
    )


def data_dir() -> Path:
    """Return the private folder of this installation, not made yet."""
    named = os.environ.get("MAHIS_DATA_DIR")
    if named:
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        # The database runs under another account then, which cannot enter root's home.
        return Path("/var/lib/mahis")
    share = os.environ.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / "mahis"


def documents_dir() -> Path:
    """Return the folder of the documents that are kept, not made yet."""
    named = os.environ.get("MAHIS_DOCUMENTS_DIR")
    return Path(named).expanduser().absolute() if named else data_dir() / "documents"


def uses_embedded_database() -> bool:
    """Say whether nobody named a database, so that we run one of our own."""
    return not os.environ.get("DATABASE_URL")


def database_url() -> str:
    """Return the database that the application uses; the embedded one need not run yet."""
    return os.environ.get("DATABASE_URL") or embedded_postgres.addresses(data_dir()).application_url


def database_owner_url() -> str:
    """Return the database as the role sees it that owns the schema and migrates it."""
    if uses_embedded_database():
        return embedded_postgres.addresses(data_dir()).owner_url
    return os.environ.get("DATABASE_OWNER_URL") or database_url()


def database_pool_size() -> int:
    """Return how many connections each process keeps open; 0, for commands, keeps none."""
    return int(os.environ.get("MAHIS_DATABASE_POOL", "0"))


def allowed_hosts(deployment: Deployment) -> list[str]:
    """Return the host names under which browsers may ask for this installation."""
    named = urlsplit(deployment.public_url).hostname or ""
    if deployment.is_production:
        return [named]
    return sorted({named, "127.0.0.1", "localhost", "[::1]", "testserver"})


def form_targets() -> list[str]:
    """Return where a form may lead: ourselves, and the provider that a logout passes through."""
    issuer = urlsplit(os.environ.get("MAHIS_OIDC_ISSUER", ""))
    return ["'self'", f"{issuer.scheme}://{issuer.netloc}"] if issuer.netloc else ["'self'"]


def seconds(name: str, usual: int) -> int:
    """Return a limit of time; ImproperlyConfigured where it is no positive whole number."""
    text = os.environ.get(name) or str(usual)
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        message = f"{name} is {text!r}; it must be a positive whole number of seconds."
        raise ImproperlyConfigured(message)
    return int(text)


def metrics_token() -> str:
    """Return what whoever reads the metrics must know; empty: nobody reads them."""
    token = os.environ.get("MAHIS_METRICS_TOKEN", "")
    if token and not _TOKEN.fullmatch(token):
        message = (
            "MAHIS_METRICS_TOKEN must hold at least 32 characters: letters, digits and - . _ ~ + /"
        )
        raise ImproperlyConfigured(message)
    return token


def static_storage(deployment: Deployment) -> str:
    """Return the class that names static files: hashed for browsers, plain under test."""
    if deployment.environment is Environment.TEST:
        return "django.contrib.staticfiles.storage.StaticFilesStorage"
    return "whitenoise.storage.CompressedManifestStaticFilesStorage"


def _environment() -> Environment:
    named = os.environ.get("MAHIS_ENV", Environment.PRODUCTION)
    try:
        return Environment(named)
    except ValueError:
        known = ", ".join(Environment)
        message = f"MAHIS_ENV is {named!r}; it must be one of: {known}."
        raise ImproperlyConfigured(message) from None


def _secret_key(environment: Environment) -> str:
    key = os.environ.get("MAHIS_SECRET_KEY", "")
    if environment is not Environment.PRODUCTION:
        # Sessions live in the database, so a key that lasts as long as the process is enough.
        return key or secrets.token_urlsafe(50)
    if len(key) < 50:  # noqa: PLR2004 - the length below which Django's own check warns
        message = "MAHIS_SECRET_KEY must hold at least 50 random characters."
        raise ImproperlyConfigured(message)
    return key
