"""Whom we trust when signatures are judged, as `MAHIS_TRUST…` and its neighbours say."""

import os
import re
import urllib.parse
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from mahis.domain.signed_forms import Rules
from mahis.gateways.pdf_signatures import ExaminerSettings
from mahis.gateways.seal_settings import SealSettings
from mahis.gateways.trust import TrustSettings
from mahis.gateways.trust.checking import EU_ADDRESS
from mahis.gateways.trust.lists import DAYS_OF_GRACE

#: What stands for the trusted lists, where otherwise a folder is named.
_LISTS = "lists"
_ANSWERS = {"yes": True, "true": True, "on": True, "1": True}
_ANSWERS |= {"no": False, "false": False, "off": False, "0": False}


def settings(*, data_dir: Path, seal: SealSettings | None) -> TrustSettings:
    """Return where trust comes from; ImproperlyConfigured tells what is wrong.

    Folders are read when signatures are judged, so that commands on tables do without them.
    """
    named = os.environ.get("MAHIS_TRUST") or _LISTS
    return TrustSettings(
        folder=None if named == _LISTS else Path(named),
        lists_dir=_path("MAHIS_TRUST_LISTS_DIR") or data_dir / "trust-lists",
        list_of_lists=_address("MAHIS_LOTL_URL"),
        countries=_countries(),
        list_signers=_path("MAHIS_LOTL_SIGNERS"),
        days_of_grace=_days("MAHIS_TRUST_LISTS_DAYS"),
        seal_folder=_path("MAHIS_TRUST_SEAL"),
        seal_certificate=None if seal is None else seal.certificate_file,
    )


def rules(trust: TrustSettings) -> Rules:
    """Return what is demanded of signatures; ImproperlyConfigured tells what is wrong."""
    qualified = _is_yes("MAHIS_DEMAND_QUALIFIED", otherwise=True)
    if not qualified and trust.folder is None:
        message = (
            "MAHIS_DEMAND_QUALIFIED=no makes no sense with trusted lists, which only say who is"
            " qualified: set MAHIS_TRUST to a folder of pinned roots."
        )
        raise ImproperlyConfigured(message)
    return Rules(allow_sha1=_is_yes("MAHIS_ALLOW_SHA1", otherwise=False), qualified=qualified)


def examiner() -> ExaminerSettings:
    """Return how files are examined; ImproperlyConfigured tells what is wrong."""
    return ExaminerSettings(
        workers=_number("MAHIS_READERS", 2, 1, 32),
        wait_seconds=_number("MAHIS_READER_WAIT_SECONDS", 10, 1, 120),
        cpu_seconds=_number("MAHIS_READER_CPU_SECONDS", 2, 1, 60),
        private_addresses=_is_yes("MAHIS_PRIVATE_RESPONDERS", otherwise=False),
    )


def _number(variable: str, otherwise: int, lowest: int, highest: int) -> int:
    text = os.environ.get(variable) or str(otherwise)
    if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
        message = f"{variable} is {text!r}; it must be a number from {lowest} to {highest}."
        raise ImproperlyConfigured(message)
    return int(text)


def _path(variable: str) -> Path | None:
    named = os.environ.get(variable)
    return Path(named).expanduser() if named else None


def _address(variable: str) -> str:
    address = os.environ.get(variable) or EU_ADDRESS
    try:
        parts = urllib.parse.urlsplit(address)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_address = False
    if not is_address:
        message = f"{variable} is {address!r}; it must be an http(s) address."
        raise ImproperlyConfigured(message)
    return address


def _countries() -> tuple[str, ...]:
    named = (os.environ.get("MAHIS_TRUST_COUNTRIES") or "BE").split()
    if not named or not all(re.fullmatch("[A-Z]{2}", each) for each in named):
        message = (
            "MAHIS_TRUST_COUNTRIES must hold codes of two capital letters with spaces between,"
            " such as `BE LU`."
        )
        raise ImproperlyConfigured(message)
    return tuple(dict.fromkeys(named))


def _days(variable: str) -> int:
    text = os.environ.get(variable) or str(DAYS_OF_GRACE)
    if not (text.isascii() and text.isdigit() and int(text) <= 365):  # noqa: PLR2004 - a year
        message = f"{variable} is {text!r}; it must be a number of days from 0 to 365."
        raise ImproperlyConfigured(message)
    return int(text)


def _is_yes(variable: str, *, otherwise: bool) -> bool:
    text = os.environ.get(variable, "").strip().lower()
    if not text:
        return otherwise
    if text not in _ANSWERS:
        message = f"{variable} is {text!r}; it must be yes or no."
        raise ImproperlyConfigured(message)
    return _ANSWERS[text]
