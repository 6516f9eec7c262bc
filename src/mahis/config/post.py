"""Who writes letters and where their packages go, as `MAHIS_OFFICE_…` and `MAHIS_POST_…` say."""

import os
import re
import urllib.parse
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from mahis.domain.parties import Language
from mahis.gateways.letters import Sender
from mahis.gateways.post.settings import Folder, PostSettings, Sftp, Target

_SFTP_PORT = 22
_IN_A_LANGUAGE = re.compile(r"\s*(fr|nl|de|en)\s*=(.*)", re.DOTALL)
#: Who writes where nobody said so, outside production: what is written there reaches nobody.
_INVENTED = Sender(name="Mahis", address=("Demonstration", "1000 Brussel - Bruxelles"))
_USUAL_WAIT, _LONGEST_WAIT = 30, 600


def settings(*, production: bool) -> PostSettings:
    """Return how letters are written and handed over; ImproperlyConfigured tells what is wrong.

    In production nobody writes until it is said who does.
    """
    return PostSettings(senders=_senders(production=production), target=_target())


def _senders(*, production: bool) -> Mapping[Language, Sender]:
    names = _in_languages("MAHIS_OFFICE_NAME")
    addresses = _in_languages("MAHIS_OFFICE_ADDRESS")
    contacts = _in_languages("MAHIS_OFFICE_CONTACT")
    if not names and not addresses:
        return {} if production else dict.fromkeys(Language, _INVENTED)
    if not (names and addresses):
        message = "MAHIS_OFFICE_NAME and MAHIS_OFFICE_ADDRESS must be set together."
        raise ImproperlyConfigured(message)
    return {
        language: Sender(
            name=names[language],
            address=_lines(addresses[language]),
            contact=_lines(contacts.get(language, "")),
        )
        for language in Language
    }


def _in_languages(variable: str) -> dict[Language, str]:
    """Read a text that is the same in all languages, or says each after its code and `=`."""
    text = os.environ.get(variable, "").strip()
    if not text:
        return {}
    found = [_IN_A_LANGUAGE.fullmatch(part) for part in text.split("|")]
    if not any(found):
        return dict.fromkeys(Language, text)
    said = {Language(each[1]): each[2].strip() for each in found if each}
    if len(found) != len(Language) or not all(said.get(language) for language in Language):
        message = (
            f"{variable} must be one text for all languages, or one for each of them, such as"
            " `fr=Office | nl=Kantoor | de=Amt | en=Office`."
        )
        raise ImproperlyConfigured(message)
    return said


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split(";") if line.strip())


def _target() -> Target | None:
    named = os.environ.get("MAHIS_POST_TARGET", "").strip()
    if not named:
        return None
    if "://" not in named:
        return Folder(path=Path(named).expanduser())
    return _server(named)


def _server(address: str) -> Sftp:
    message = (
        "MAHIS_POST_TARGET must be a folder, or an address of the form"
        " sftp://user@host:port/path, without a password."
    )
    try:
        parts = urllib.parse.urlsplit(address)
        port = parts.port or _SFTP_PORT
    except ValueError:
        raise ImproperlyConfigured(message) from None
    host, user = parts.hostname, parts.username
    if parts.scheme != "sftp" or not host or not user or not parts.path or parts.password:
        raise ImproperlyConfigured(message)
    return Sftp(
        host=host,
        port=port,
        user=urllib.parse.unquote(user),
        path=urllib.parse.unquote(parts.path),
        key_file=_file("MAHIS_POST_KEY_FILE"),
        known_hosts=_file("MAHIS_POST_KNOWN_HOSTS"),
        timeout_seconds=_seconds("MAHIS_POST_TIMEOUT_SECONDS"),
    )


def _file(variable: str) -> Path:
    """Return a file that the hand-over needs; it is read when packages are handed over."""
    named = os.environ.get(variable)
    if not named:
        message = f"To hand over letters by SFTP, {variable} must be set too."
        raise ImproperlyConfigured(message)
    return Path(named).expanduser()


def _seconds(variable: str) -> int:
    text = os.environ.get(variable) or str(_USUAL_WAIT)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _LONGEST_WAIT):
        message = f"{variable} is {text!r}; it must be a number from 1 to {_LONGEST_WAIT}."
        raise ImproperlyConfigured(message)
    return int(text)
