"""The e-Box to which notices are published, as `MAHIS_EBOX_…` describes it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Language
from mahis.domain.refusals import Refused
from mahis.gateways.ebox.keys import read_keys
from mahis.gateways.ebox.settings import EboxSettings


class _Unreadable(ValueError):
    """A value cannot be read; the text says what it should be."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _enterprise(text: str) -> EnterpriseNumber:
    try:
        return EnterpriseNumber.parse(text)
    except Refused:
        raise _Unreadable("must be the number of an enterprise") from None


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise _Unreadable("must be a whole number")
    return int(text)


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise _Unreadable("must be a number of seconds") from None


def _language(text: str) -> Language:
    try:
        return Language(text)
    except ValueError:
        raise _Unreadable("must be fr, nl or de") from None


#: What may be said, under which names, and how each value is read.
_SETTINGS: dict[str, tuple[str, Callable[[str], object]]] = {
    "url": ("MAHIS_EBOX_URL", str),
    "token_url": ("MAHIS_EBOX_TOKEN_URL", str),
    "audience": ("MAHIS_EBOX_AUDIENCE", str),
    "client_id": ("MAHIS_EBOX_CLIENT_ID", str),
    "keys": ("MAHIS_EBOX_KEYS_DIR", Path),
    "sender": ("MAHIS_EBOX_SENDER", _enterprise),
    "application": ("MAHIS_EBOX_APPLICATION", str),
    "message_type": ("MAHIS_EBOX_MESSAGE_TYPE", str),
    "action_message_type": ("MAHIS_EBOX_ACTION_MESSAGE_TYPE", str),
    "preferences_url": ("MAHIS_EBOX_PREFERENCES_URL", str),
    "scopes": ("MAHIS_EBOX_SCOPES", _words),
    "timeout_seconds": ("MAHIS_EBOX_TIMEOUT_SECONDS", _seconds),
    "at_once": ("MAHIS_EBOX_AT_ONCE", _whole),
    "ca_file": ("MAHIS_EBOX_CA_FILE", Path),
    "instead_of_english": ("MAHIS_EBOX_INSTEAD_OF_ENGLISH", _language),
}
#: Without one of these nothing can be published.
_NEEDED = ("url", "token_url", "client_id", "keys", "sender", "application", "message_type")


def ebox(*, production: bool) -> EboxSettings | None:
    """Return the e-Box, or None where nothing is said; ImproperlyConfigured tells why.

    Without an e-Box notices for it wait; everything else works.
    """
    said = {name for name in _NEEDED if os.environ.get(_SETTINGS[name][0])}
    if not said:
        return None
    if missing := [_SETTINGS[name][0] for name in _NEEDED if name not in said]:
        message = f"To publish to the e-Box, {' and '.join(missing)} must be set too."
        raise ImproperlyConfigured(message)
    try:
        settings = EboxSettings(allow_http=not production, **_values())
        read_keys(settings.keys)
    except ValueError as wrong:
        message = f"MAHIS_EBOX_…: {wrong}."
        raise ImproperlyConfigured(message) from wrong
    if settings.ca_file is not None and not settings.ca_file.is_file():
        message = f"MAHIS_EBOX_CA_FILE: there is no file {settings.ca_file}."
        raise ImproperlyConfigured(message)
    return settings


def _values() -> dict[str, Any]:
    """Return what the environment says, under the fields' own names; the rest keeps its default."""
    values: dict[str, Any] = {}
    for name, (variable, read) in _SETTINGS.items():
        text = os.environ.get(variable)
        if not text:
            continue
        try:
            values[name] = read(text)
        except _Unreadable as wrong:
            message = f"{variable} {wrong}"
            raise ValueError(message) from None
    return values
