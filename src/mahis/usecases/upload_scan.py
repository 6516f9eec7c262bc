"""Submit an authorisation signed by hand: its scan waits for the office (C12)."""

import datetime
from collections.abc import Sequence

from mahis.domain import documents
from mahis.domain.conditions import Limits
from mahis.domain.documents import DocumentKind
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.domain.signing import Method
from mahis.gateways.files import Files
from mahis.gateways.scans import Scans
from mahis.usecases import _documents, _evidence, _for_all, _locked, _record
from mahis.usecases._documents import Put
from mahis.usecases._locked import Locked
from mahis.usecases._transaction import in_one_transaction


def upload(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    pages: Sequence[tuple[bytes, str]],
    scans: Scans,
    files: Files,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
    file_name: str = "",
) -> int:
    """Submit a scan, one PDF or pictures of its pages; gives the number of the document.

    The same scan a second time, as long as nothing else has happened, leads to the same result.
    Raises AuthorisationUnknown, StalePage, the FileRefused that says why the scan is not taken,
    Busy, or what the table of life says; nothing is written then.
    """
    looked = _locked.look(reference=reference, actor=actor, version=None, on=on)
    if looked.authorisation.version == version and not _submitted(looked):
        # What no scan could mend is said before anybody looks into this one.
        _for_all.take(act=Act.UPLOAD_SCAN, actor=actor, locked=looked, limits=limits, on=on)
    data = scans.as_pdf(pages=pages)
    put = Put(sha256=files.digest(data), size=len(data))
    done = _done_already(looked, put, version)
    if done is not None:
        return done
    files.put(data)
    return _submit(
        actor=actor,
        reference=reference,
        version=version,
        put=put,
        limits=limits,
        at=at,
        on=on,
        file_name=documents.clean_file_name(file_name),
    )


@in_one_transaction
def _submit(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    put: Put,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
    file_name: str,
) -> int:
    locked = _locked.lock(reference=reference, actor=actor, version=None, on=on)
    done = _done_already(locked, put, version)
    if done is not None:
        return done
    taken, doer = _for_all.take(
        act=Act.UPLOAD_SCAN, actor=actor, locked=locked, limits=limits, on=on
    )
    row = _documents.add(
        authorisation=locked.authorisation,
        put=put,
        kind=DocumentKind.SCAN,
        actor=actor,
        act=Act.UPLOAD_SCAN,
        version=version + 1,
        at=at,
        file_name=file_name,
    )
    _record.record(
        authorisation=locked.authorisation,
        taken=taken,
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        signed=locked.signed,
        evidence=_evidence.of_document(row, Method.HANDWRITTEN),
    )
    return row.number


def _submitted(locked: Locked) -> bool:
    return locked.authorisation.documents.filter(kind=DocumentKind.SCAN).exists()


def _done_already(locked: Locked, put: Put, version: int) -> int | None:
    return _documents.done_already(
        locked, kind=DocumentKind.SCAN, sha256=put.sha256, version=version
    )
