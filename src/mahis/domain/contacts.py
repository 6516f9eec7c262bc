"""How a service provider can be reached: who, by which e-mail, telephone and language (R3)."""

import dataclasses
import re
import unicodedata
from collections.abc import Callable
from typing import Self

from mahis.domain.parties import Language
from mahis.domain.refusals import Refused

LONGEST_NAME = 100
#: Longest address that mail can be sent to (RFC 5321).
LONGEST_EMAIL = 254
LONGEST_TELEPHONE = 30
#: The languages that the office writes in by law.
CONTACT_LANGUAGES = (Language.FRENCH, Language.DUTCH, Language.GERMAN)

_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})+")
_LONGEST_LOCAL_PART = 64
_BETWEEN_DIGITS = re.compile(r"[\s./()-]")
#: From the shortest number of a Belgian line to the longest of the world (E.164).
_DIGITS = range(8, 16)
#: What belongs to no name: control characters, marks that are not seen, unassigned signs.
_NO_NAME = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class ContactNameUnfit(Refused):
    """The name of the contact is missing, too long (`longest`) or holds what no name has."""

    code = "contactNameUnfit"


class EmailUnfit(Refused):
    """This is no address to which e-mail can be sent."""

    code = "emailUnfit"


class TelephoneUnfit(Refused):
    """This is no telephone number."""

    code = "telephoneUnfit"


class ContactLanguageUnfit(Refused):
    """The office does not write in this language."""

    code = "contactLanguageUnfit"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContactData:
    """How the office reaches a provider, or who asks to become one."""

    #: A person or a service.
    name: str
    email: str
    #: International, without anything between the digits: `+3225551234`.
    telephone: str
    language: Language

    @classmethod
    def parse(cls, *, name: str, email: str, telephone: str, language: str) -> Self:
        """Read what was typed; raises the first refusal."""
        found, refusals = cls.read(name=name, email=email, telephone=telephone, language=language)
        if found is None:
            raise refusals[0]
        return found

    @classmethod
    def read(
        cls, *, name: str, email: str, telephone: str, language: str
    ) -> tuple[Self | None, tuple[Refused, ...]]:
        """Read what was typed; gives every refusal, each naming its field, and no data then."""
        typed = {"name": name, "email": email, "telephone": telephone}
        values, refusals = {}, []
        for field, reader in _READERS.items():
            try:
                values[field] = reader(typed[field])
            except Refused as refusal:
                refusals.append(refusal.on(field))
        known = {each.value: each for each in CONTACT_LANGUAGES}.get(language)
        if known is None:
            refusals.append(ContactLanguageUnfit(field="language"))
        if known is None or refusals:
            return None, tuple(refusals)
        return cls(**values, language=known), ()

    def differs_in(self, other: "ContactData | None") -> tuple[str, ...]:
        """Name the fields that are not the same as in other data."""
        return tuple(
            field.name
            for field in dataclasses.fields(self)
            if other is None or getattr(self, field.name) != getattr(other, field.name)
        )


def _name(typed: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    has_letter = any(character.isalpha() for character in name)
    unseen = any(unicodedata.category(character) in _NO_NAME for character in name)
    if not has_letter or unseen or "\ufffd" in name or len(name) > LONGEST_NAME:
        raise ContactNameUnfit(longest=LONGEST_NAME)
    return name


def _email(typed: str) -> str:
    email = typed.strip()
    local, _, host = email.rpartition("@")
    fits = (
        len(email) <= LONGEST_EMAIL
        and len(local) <= _LONGEST_LOCAL_PART
        and _LOCAL_PART.fullmatch(local)
        and _HOST.fullmatch(host)
        and not host.rpartition(".")[2].isdigit()
    )
    if not fits:
        raise EmailUnfit
    return f"{local}@{host.lower()}"


def _telephone(typed: str) -> str:
    """Read a number as it is dialled in Belgium, or from abroad with its country."""
    bare = _BETWEEN_DIGITS.sub("", typed)[: LONGEST_TELEPHONE + 1]
    if bare.startswith("+"):
        digits = bare[1:]
    elif bare.startswith("00"):
        digits = bare[2:]
    elif bare.startswith("0"):
        digits = f"32{bare[1:]}"
    else:
        digits = ""
    fits = digits.isascii() and digits.isdigit() and not digits.startswith("0")
    if not fits or len(digits) not in _DIGITS:
        raise TelephoneUnfit
    return f"+{digits}"


_READERS: dict[str, Callable[[str], str]] = {
    "name": _name,
    "email": _email,
    "telephone": _telephone,
}
