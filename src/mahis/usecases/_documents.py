"""Documents written by use cases: numbered, attributed, and the same one never twice."""

import dataclasses
import datetime

from mahis.domain.documents import DocumentKind
from mahis.domain.lifecycle import Act
from mahis.domain.parties import Actor, Language, Side
from mahis.store.models import Authorisation, AuthorisationDocument, Document, HistoryEntry
from mahis.usecases import _locked
from mahis.usecases._locked import Locked


@dataclasses.dataclass(frozen=True, kw_only=True)
class Put:
    """A file that lies in the store of files already."""

    sha256: str
    size: int


def next_number(authorisation: Authorisation) -> int:
    """Give the number that the next document of an authorisation gets."""
    last = authorisation.documents.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def add(
    *,
    authorisation: Authorisation,
    put: Put,
    kind: DocumentKind,
    actor: Actor | None,
    act: Act,
    version: int,
    at: datetime.datetime,
    language: Language | None = None,
    form: AuthorisationDocument | None = None,
    shows: tuple[Side, ...] = (),
    file_name: str = "",
    report: dict[str, object] | None = None,
) -> AuthorisationDocument:
    """Add a document to a locked authorisation, with the next number.

    `actor` is None where the house itself adds it.
    """
    content = Document(sha256=put.sha256, size=put.size, created_at=at)
    # Another authorisation may have the same content already, or get it at this moment.
    Document.objects.bulk_create([content], ignore_conflicts=True)
    return AuthorisationDocument.objects.create(
        authorisation=authorisation,
        document=content,
        number=next_number(authorisation),
        kind=kind,
        language=language,
        act=act,
        version=version,
        form=form,
        shows=list(shows),
        at=at,
        file_name=file_name,
        report=report,
        **_added_by(actor),
    )


def _added_by(actor: Actor | None) -> dict[str, object]:
    if actor is None:
        return {}
    return {
        "person": actor.person.insz,
        "person_name": actor.person.name,
        "enterprise": actor.enterprise,
        "quality": actor.capacity.quality,
    }


def found(
    authorisation: Authorisation, *, kind: DocumentKind, sha256: str
) -> AuthorisationDocument | None:
    """Give the document of an authorisation with this content; None where it has none."""
    return AuthorisationDocument.objects.filter(
        authorisation=authorisation, kind=kind, document_id=sha256
    ).first()


def done_already(locked: Locked, *, kind: DocumentKind, sha256: str, version: int) -> int | None:
    """Give the number of the document where this very act was done just before.

    Whoever never got the answer sends the same again, from the page before the act or after it:
    that leads to the same result as long as nothing else has happened. Raises StalePage where
    something has.
    """
    authorisation = locked.authorisation
    row = found(authorisation, kind=kind, sha256=sha256)
    if row is not None and row.version == authorisation.version in (version, version + 1):
        return row.number
    _locked.require_fresh(authorisation, version)
    return None


def act_of(authorisation: Authorisation, *, version: int) -> HistoryEntry | None:
    """Give the first step of the act that led to a count of acts; None where there is none."""
    steps = HistoryEntry.objects.filter(authorisation=authorisation, version=version)
    return steps.order_by("number").first()
