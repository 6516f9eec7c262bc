"""The seal of the register and the timestamp authority, as `MAHIS_SEAL_…` and `MAHIS_TSA_…` say."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from mahis.gateways.seal_settings import SealSettings, read_seal

#: What may be said, under which names, and how each value is read.
_SETTINGS: dict[str, tuple[str, Callable[[str], object]]] = {
    "key_file": ("MAHIS_SEAL_KEY_FILE", Path),
    "certificate_file": ("MAHIS_SEAL_CERTIFICATE_FILE", Path),
    "tsa_url": ("MAHIS_TSA_URL", str),
    "tsa_timeout_seconds": ("MAHIS_TSA_TIMEOUT_SECONDS", float),
    "tsa_tries": ("MAHIS_TSA_TRIES", int),
    "tsa_username": ("MAHIS_TSA_USERNAME", str),
    "tsa_password": ("MAHIS_TSA_PASSWORD", str),
}
#: Without one of these nothing can be sealed.
_NEEDED = ("key_file", "certificate_file", "tsa_url")


def seal() -> SealSettings | None:
    """Return how forms are sealed, or None where nothing is said; ImproperlyConfigured tells why.

    Without a seal no form can be made; everything else works.
    """
    said = {name for name in _NEEDED if os.environ.get(_SETTINGS[name][0])}
    if not said:
        return None
    if missing := [_SETTINGS[name][0] for name in _NEEDED if name not in said]:
        message = f"To seal forms, {' and '.join(missing)} must be set too."
        raise ImproperlyConfigured(message)
    try:
        settings = SealSettings(**_values())
        read_seal(settings)
    except ValueError as wrong:
        message = f"MAHIS_SEAL_… and MAHIS_TSA_…: {wrong}."
        raise ImproperlyConfigured(message) from wrong
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
        except ValueError:
            message = f"{variable} is not a number"
            raise ValueError(message) from None
    return values
