"""The documents of an authorisation: the list, one to download, and its report (C17, L5)."""

import dataclasses
import datetime
from typing import Any

from mahis.domain import documents
from mahis.domain.documents import DocumentKind
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor, Language, Quality, Side
from mahis.gateways.files import Files
from mahis.queries import labels, own_mandates
from mahis.store import documents as kept
from mahis.store import loading
from mahis.store.models import Authorisation, AuthorisationDocument, HistoryEntry, Validation


@dataclasses.dataclass(frozen=True, kw_only=True)
class DocumentRow:
    """One document, as lists show it."""

    #: Number among the documents of the authorisation, from 1.
    number: int
    kind: DocumentKind
    #: Name under which it is downloaded.
    name: str
    #: What the file was called by whoever sent it; may be empty.
    file_name: str
    sha256: str
    #: Number of bytes.
    size: int
    media_type: str
    #: Language of a form, or of the form that was signed.
    language: Language | None
    #: For a form: whether it can be signed now.
    is_current: bool
    #: For a form: the side of each validation by authentication that it shows.
    shows: tuple[Side, ...]
    #: For a signed form: the number of the form that was signed.
    form: int | None
    #: For an archive copy: the number of the signed form of which it is one.
    archives: int | None
    #: For a signed form or a scan: the side of each validation that rests on it.
    validates: tuple[Side, ...]
    has_report: bool
    #: Who added it; empty where the house did.
    person_name: str
    enterprise: EnterpriseNumber | None
    enterprise_name: str
    quality: Quality | None
    at: datetime.datetime
    #: The act that it belongs to, and the count of acts after it.
    act: Act
    version: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ActRow:
    """One act of a person, to which a document can be attached."""

    #: Count of acts after it; what `attach_version` takes as `about`.
    version: int
    act: Act
    at: datetime.datetime
    kind: Kind
    #: The enterprise that acted; empty for officers, who are told by their kind.
    enterprise_name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Download:
    """One document to be kept by whoever asks for it."""

    data: bytes = dataclasses.field(repr=False)
    name: str
    media_type: str


def of(
    *, actor: Actor, reference: AuthorisationReference, language: str
) -> tuple[DocumentRow, ...]:
    """List the documents of an authorisation, the newest first; none where it is not for one.

    An archive copy stands behind the signed form of which it is one.
    """
    authorisation = _visible(actor, reference)
    if authorisation is None:
        return ()
    rows = sorted(authorisation.documents.select_related("document", "form"), key=_place)
    validations = list(authorisation.validations.order_by("at", "id"))
    current = kept.current_forms(
        authorisation,
        authenticated=kept.authenticated(validations),
    )
    names = loading.names_of(
        {row.enterprise for row in rows if row.enterprise is not None},
        language=labels.language_of(language),
    )
    return tuple(
        _row(
            reference,
            row,
            validations,
            is_current=row.number in {form.number for form in current},
            enterprise_name="" if row.enterprise is None else names[row.enterprise],
        )
        for row in rows
    )


def content(
    *, actor: Actor, reference: AuthorisationReference, number: int, files: Files
) -> Download | None:
    """Give a document to download; None where there is none, or not for this actor.

    Raises FileLost.
    """
    row = _one(actor, reference, number)
    if row is None:
        return None
    return Download(
        data=files.read(row.document_id),
        name=_name(reference, row),
        media_type=row.document.media_type,
    )


def report(
    *, actor: Actor, reference: AuthorisationReference, number: int
) -> dict[str, Any] | None:
    """Give what was checked of a signed form; None where there is no report for this actor."""
    row = _one(actor, reference, number)
    return None if row is None else row.report


def acts(*, actor: Actor, reference: AuthorisationReference, language: str) -> tuple[ActRow, ...]:
    """List the acts of persons to which a document can be attached, the newest first."""
    authorisation = _visible(actor, reference)
    if authorisation is None:
        return ()
    first_of_each: dict[int, HistoryEntry] = {}
    for entry in authorisation.history.filter(person__isnull=False).order_by("number"):
        first_of_each.setdefault(entry.version, entry)
    names = loading.names_of(
        {entry.enterprise for entry in first_of_each.values() if entry.enterprise is not None},
        language=labels.language_of(language),
    )
    return tuple(
        ActRow(
            version=entry.version,
            act=entry.act,
            at=entry.at,
            kind=entry.kind,
            enterprise_name=_acting(entry, names),
        )
        for entry in reversed(first_of_each.values())
    )


def _place(row: AuthorisationDocument) -> tuple[int, int]:
    archived = _archived(row)
    return (-row.number, 0) if archived is None else (-archived, 1)


def _archived(row: AuthorisationDocument) -> int | None:
    """Give the number of the signed form of which a document is the archive copy."""
    is_copy = row.kind is DocumentKind.ARCHIVED
    return row.form.number if is_copy and row.form is not None else None


def _visible(actor: Actor, reference: AuthorisationReference) -> Authorisation | None:
    return Authorisation.objects.filter(
        own_mandates.visible_to(actor), pk=reference.number, year=reference.year
    ).first()


def _one(
    actor: Actor, reference: AuthorisationReference, number: int
) -> AuthorisationDocument | None:
    authorisation = _visible(actor, reference)
    if authorisation is None:
        return None
    return authorisation.documents.select_related("document").filter(number=number).first()


def _acting(entry: HistoryEntry, names: dict[EnterpriseNumber, str]) -> str:
    if entry.enterprise is None or entry.kind is Kind.OFFICER:
        return ""
    return names[entry.enterprise]


def _name(reference: AuthorisationReference, row: AuthorisationDocument) -> str:
    return documents.file_name(
        reference=reference, kind=row.kind, number=row.number, language=row.language
    )


def _row(
    reference: AuthorisationReference,
    row: AuthorisationDocument,
    validations: list[Validation],
    *,
    is_current: bool,
    enterprise_name: str,
) -> DocumentRow:
    return DocumentRow(
        number=row.number,
        kind=row.kind,
        name=_name(reference, row),
        file_name=row.file_name,
        sha256=row.document_id,
        size=row.document.size,
        media_type=row.document.media_type,
        language=row.language,
        is_current=is_current,
        shows=tuple(row.shows),
        form=row.form.number if row.form and row.kind is DocumentKind.SIGNED else None,
        archives=_archived(row),
        validates=tuple(each.side for each in validations if each.document_id == row.pk),
        has_report=row.report is not None,
        person_name=row.person_name,
        enterprise=row.enterprise,
        enterprise_name=enterprise_name,
        quality=row.quality,
        at=row.at,
        act=row.act,
        version=row.version,
    )
