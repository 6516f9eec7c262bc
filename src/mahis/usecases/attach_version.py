"""Attach a new version of an authorisation's document to an act of its history (L5)."""

import datetime

from mahis.domain import documents
from mahis.domain.documents import ActUnknown, DocumentKind
from mahis.domain.doers import Kind, Standing
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.domain.refusals import Forbidden
from mahis.gateways.files import Files
from mahis.gateways.scans import Scans
from mahis.store.models import HistoryEntry
from mahis.usecases import _acting, _documents, _locked
from mahis.usecases._documents import Put
from mahis.usecases._locked import Locked
from mahis.usecases._transaction import in_one_transaction


class OnlyManagersAttach(Forbidden):
    """Only managers of a party, and officers, attach documents."""

    code = "onlyManagersAttach"


def attach(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    about: int,
    data: bytes,
    scans: Scans,
    files: Files,
    at: datetime.datetime,
    on: datetime.date,
    file_name: str = "",
) -> int:
    """Attach a PDF to the act that led to a count of acts; gives the number of the document.

    It is no step in the life of a mandate: the count of acts stays. The same content a second time
    gives the document that is there. Raises AuthorisationUnknown, OnlyManagersAttach, ActUnknown,
    the FileRefused that says why the file is not taken, or Busy.
    """
    looked = _locked.look(reference=reference, actor=actor, version=None, on=on)
    _act(actor, looked, about, on)
    scans.check_pdf(data=data)
    put = Put(sha256=files.put(data), size=len(data))
    return _attach(
        actor=actor,
        reference=reference,
        about=about,
        put=put,
        at=at,
        on=on,
        file_name=documents.clean_file_name(file_name),
    )


@in_one_transaction
def _attach(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    about: int,
    put: Put,
    at: datetime.datetime,
    on: datetime.date,
    file_name: str,
) -> int:
    locked = _locked.lock(reference=reference, actor=actor, version=None, on=on)
    entry = _act(actor, locked, about, on)
    there = _documents.found(locked.authorisation, kind=DocumentKind.ATTACHED, sha256=put.sha256)
    if there is not None:
        return there.number
    return _documents.add(
        authorisation=locked.authorisation,
        put=put,
        kind=DocumentKind.ATTACHED,
        actor=actor,
        act=entry.act,
        version=entry.version,
        at=at,
        file_name=file_name,
    ).number


def _act(actor: Actor, locked: Locked, about: int, on: datetime.date) -> HistoryEntry:
    """Give the act that somebody wants to attach to, where they may and a person did it."""
    doer, _ = _acting.doer_of(actor, locked, on=on)
    manages = doer.standing is not None and doer.standing >= Standing.MANAGES
    if not (manages and doer.kind in {Kind.PARTY, Kind.OFFICER}):
        raise OnlyManagersAttach
    entry = _documents.act_of(locked.authorisation, version=about)
    if entry is None or entry.person is None:
        raise ActUnknown(field="about")
    return entry
