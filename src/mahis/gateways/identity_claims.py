"""From the provider's claims to a person of ours."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from mahis.domain.identifiers import Insz
from mahis.domain.parties import Language, Person
from mahis.domain.refusals import Refused
from mahis.gateways.identity_refusals import LoginFailed, LoginNoNationalNumber
from mahis.gateways.identity_settings import ClaimNames

_LONGEST_NAME = 200
_LANGUAGES = {language.value for language in Language}


def read_person(claims: Mapping[str, Any], names: ClaimNames) -> Person:
    """Make the person that claims speak of.

    Raises LoginNoNationalNumber where the number is missing or cannot exist, LoginFailed where
    there is no family name.
    """
    try:
        insz = Insz.parse(str(claims[names.national_number]))
    except (KeyError, Refused):
        # No cause is kept: a traceback would quote what stood in the number's place.
        raise LoginNoNationalNumber from None
    family_name = _name(claims.get(names.family_name))
    if not family_name:
        raise LoginFailed(reason="claims: no family name")
    return Person(
        insz=insz, given_name=_name(claims.get(names.given_name)), family_name=family_name
    )


def read_language(claims: Mapping[str, Any], names: ClaimNames) -> str | None:
    """Give the code of the person's language where it is one of ours: `fr-BE` is French."""
    code = str(claims.get(names.language) or "")[:2].lower()
    return code if code in _LANGUAGES else None


def read_assurance(claims: Mapping[str, Any], names: ClaimNames) -> str:
    """Give the level that the login reached, as the provider names it; empty where untold."""
    level = claims.get(names.assurance)
    return str(level) if isinstance(level, str | int) else ""


def _name(value: object) -> str:
    """Make a name fit for one line: composed letters, no control signs, single spaces."""
    text = unicodedata.normalize("NFC", value) if isinstance(value, str) else ""
    plain = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return " ".join(plain.split())[:_LONGEST_NAME]
