"""The documents of an authorisation: kinds, names, and which sealed forms can be signed now."""

import dataclasses
import enum
import unicodedata

from mahis.domain import lifecycle
from mahis.domain.conditions import Case
from mahis.domain.doers import Doer, Who
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.parties import Language, Side
from mahis.domain.refusals import Conflict, NotFound, Refused

#: Longest name of a file that is kept, in characters.
LONGEST_FILE_NAME = 100
#: States in which both parties have signed, whatever came of it.
_SIGNED_STATES = frozenset({State.IDENTIFICATION, State.ACTIVE, State.CLOSED})
#: Unicode categories that no name of a file needs: control, format, surrogate, private, unassigned.
_HOSTILE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class DocumentKind(enum.Enum):
    """What a document of an authorisation is."""

    #: The form made and sealed here, for signing (C9), or showing that both authenticated (C17).
    FORM = "form"
    #: A form that came back with signatures that were accepted (C10).
    SIGNED = "signed"
    #: A scan with handwritten signatures, for the office to judge (C12).
    SCAN = "scan"
    #: A new version that a manager attached to an act (L5).
    ATTACHED = "attached"
    #: A signed form with everything that proves it later, added by the house.
    ARCHIVED = "archived"


class RejectionReason(enum.Enum):
    """Why the office rejects a scan (N1); anything else is said in free text."""

    SIGNATURE_MISSING = "signatureMissing"
    SIGNATURE_ILLEGIBLE = "signatureIllegible"
    SIGNATORY_MAY_NOT_SIGN = "signatoryMayNotSign"
    CONTENT_DIFFERS = "contentDiffers"
    SCAN_UNREADABLE = "scanUnreadable"
    OTHER = "other"


class FormNotPossible(Conflict):
    """No form can be made in the state that the authorisation is in (`state`)."""

    code = "formNotPossible"


class FormOutdated(Conflict):
    """The form no longer shows who has signed: a new one has to be made."""

    code = "formOutdated"


class NoForm(Conflict):
    """No form was made for this authorisation yet, so nothing signed can come back."""

    code = "noForm"


class NoScan(Conflict):
    """There is no scan of the authorisation that an officer could have looked at."""

    code = "noScan"


class ClaimedByAnother(Conflict):
    """Another officer is deciding this scan (`name`, `until`)."""

    code = "claimedByAnother"


class SignatoryUnknown(Refused):
    """Nobody, or somebody who may not sign, was chosen as a party's signatory (`side`)."""

    code = "signatoryUnknown"


class SecondSignatoryMissing(Refused):
    """Whoever was chosen as a party's signatory signs with another, and nobody is (`side`)."""

    code = "secondSignatoryMissing"


class ActUnknown(NotFound):
    """No person did such an act on the authorisation, so nothing can be attached to it."""

    code = "actUnknown"


@dataclasses.dataclass(frozen=True, kw_only=True)
class SealedForm:
    """A form made here for one authorisation."""

    #: Number among the documents of its authorisation.
    number: int
    #: SHA-256 of its sealed bytes, hexadecimal.
    sha256: str
    language: Language
    #: The side of each validation by authentication that it shows; what lacks is signed in it.
    shows: tuple[Side, ...]


def current_forms(
    forms: tuple[SealedForm, ...],
    *,
    authenticated: tuple[Side, ...],
    signed_in: frozenset[int] = frozenset(),
) -> tuple[SealedForm, ...]:
    """Give the forms that can be signed now, the newest first: one of each language at most.

    A form made before somebody validated by authentication still offers them a field, so it is
    current no more. Once somebody has signed in a form with an eID (`signed_in`, its number), all
    others who use one sign in that very form, so that they have signed the same text. None where
    a form has to be made.
    """
    newest: dict[Language, SealedForm] = {}
    for form in sorted(forms, key=lambda each: each.number, reverse=True):
        if form.number in signed_in or (not signed_in and form.shows == authenticated):
            newest.setdefault(form.language, form)
    return tuple(newest.values())


def require_form_possible(*, doer: Doer, case: Case, only_authenticated: bool) -> None:
    """Require that somebody may have a form made; raises FormNotPossible or NotForYou.

    It is made while a signed one can come back, and where both parties have validated, all by
    authentication (`only_authenticated`): then it shows who did, and nobody signs in it.
    """
    state = case.mandate.state_on(case.on)
    shows_all = only_authenticated and state in _SIGNED_STATES
    if not (shows_all or lifecycle.rows_for(state=state, act=Act.UPLOAD_SIGNED)):
        raise FormNotPossible(state=state)
    who = Who.MANAGER_OF_EITHER_PARTY
    if not who.admits(doer=doer, case=case):
        raise lifecycle.NotForYou(state=state, act=Act.UPLOAD_SIGNED, who=who)


def file_name(
    *,
    reference: AuthorisationReference,
    kind: DocumentKind,
    number: int,
    language: Language | None = None,
) -> str:
    """Give the name under which a document is downloaded: `mahis-2026-0001234-form-3-fr.pdf`."""
    parts = ["mahis", str(reference), kind.value, str(number)]
    return "-".join(parts if language is None else [*parts, language.value]) + ".pdf"


def clean_file_name(name: str) -> str:
    """Give the name of a file as it can be shown: no folders, nothing invisible, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", last)
        if character.isspace() or unicodedata.category(character) not in _HOSTILE
    )
    stem, dot, ending = " ".join(kept.split()).rpartition(".")
    if not dot:
        return ending[:LONGEST_FILE_NAME]
    ending = ending[: LONGEST_FILE_NAME // 2]
    return f"{stem[: LONGEST_FILE_NAME - len(ending) - 1].rstrip()}.{ending}"
