"""The documents of an authorisation: what kinds there are, and which sealed form is current."""

import dataclasses
import enum

from mahis.domain.parties import Side
from mahis.domain.refusals import Conflict, Forbidden


class DocumentKind(enum.Enum):
    """What a document of an authorisation is."""

    #: The form made and sealed here, for signing (C9).
    FORM = "form"
    #: A form that came back with signatures that were accepted (C10).
    SIGNED = "signed"
    #: A scan with handwritten signatures, for the office to judge (C12).
    SCAN = "scan"
    #: A new version that a manager attached to an act (L5).
    ATTACHED = "attached"


class FormNotPossible(Conflict):
    """No form can be made in the state that the authorisation is in (`state`)."""

    code = "formNotPossible"


class FormOutdated(Conflict):
    """The form no longer shows who has signed: a new one has to be made."""

    code = "formOutdated"


class NoForm(Conflict):
    """No form was made for this authorisation yet, so nothing signed can come back."""

    code = "noForm"


class ClaimedByAnother(Conflict):
    """Another officer is deciding this scan (`name`, `until`)."""

    code = "claimedByAnother"


class SignatoryUnknown(Forbidden):
    """A person chosen as a handwritten signatory may not sign for that party (`side`)."""

    code = "signatoryUnknown"


@dataclasses.dataclass(frozen=True, kw_only=True)
class SealedForm:
    """A form made here for one authorisation."""

    #: Number among the documents of its authorisation.
    number: int
    #: SHA-256 of its sealed bytes, hexadecimal.
    sha256: str
    #: The sides whose validation by authentication it shows; the others sign in it.
    shows: frozenset[Side]


def current_form(
    forms: tuple[SealedForm, ...], *, authenticated: frozenset[Side]
) -> SealedForm | None:
    """Give the form that is to be signed now: the newest, while it shows who authenticated.

    A form made before a party validated by authentication still offers that party a field, so it
    is current no more. None where a form has to be made.
    """
    newest = max(forms, key=lambda form: form.number, default=None)
    if newest is None or newest.shows != authenticated:
        return None
    return newest
