"""From what a worker answers to facts: a worker has met hostile files, so nothing is taken over."""

import datetime
import hashlib
import re
from collections.abc import Callable
from typing import Any, TypeVar

from mahis.domain.identifiers import Insz
from mahis.domain.refusals import Refused
from mahis.domain.signature_evidence import (
    Certificate,
    Change,
    FileEvidence,
    FileState,
    Kind,
    Path,
    Qualification,
    Signature,
)

_LONGEST_TEXT = 500
_LONGEST_WORD = 80
_MOST_SIGNATURES = 200
_MOST_WORDS = 50
_WORD = re.compile(r"[A-Za-z0-9_.:+ -]*")
_HEX = re.compile(r"[0-9a-f]+")
_MOST_PERMITTED = 3

_T = TypeVar("_T")


class Unbelievable(ValueError):
    """A worker answered something that can be no fact."""


def evidence(answer: dict[str, Any], data: bytes) -> FileEvidence:
    """Give the facts about a file; raises Unbelievable."""
    try:
        return _evidence(answer, data)
    except (KeyError, TypeError, ValueError, AttributeError) as failure:
        raise Unbelievable(type(failure).__name__) from failure


def unread(data: bytes, state: FileState, detail: str) -> FileEvidence:
    """Give what is known of a file that could not be read."""
    return FileEvidence(
        sha256=hashlib.sha256(data).hexdigest(), size=len(data), state=state, detail=_word(detail)
    )


def _evidence(answer: dict[str, Any], data: bytes) -> FileEvidence:
    state = FileState(answer["state"])
    if state is not FileState.READABLE:
        return unread(data, state, answer.get("detail", ""))
    sealed = answer.get("sealedLength")
    if sealed is not None and not (type(sealed) is int and 0 < sealed <= len(data)):
        raise Unbelievable("sealedLength")
    return FileEvidence(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        state=state,
        sealed_length=sealed,
        sealed_sha256="" if sealed is None else hashlib.sha256(data[:sealed]).hexdigest(),
        signatures=tuple(_list(answer["signatures"], _signature, _MOST_SIGNATURES)),
        changes=frozenset(_list(answer["changes"], Change, len(Change))),
    )


def _signature(said: dict[str, Any]) -> Signature:
    permits = said.get("permits")
    if permits is not None and not (type(permits) is int and 1 <= permits <= _MOST_PERMITTED):
        raise Unbelievable("permits")
    certificate = said.get("certificate")
    return Signature(
        field=_text(said["field"]),
        kind=Kind(said["kind"]),
        intact=said["intact"] is True,
        covers_its_revision=said["covers"] is True,
        end=_end(said.get("end")),
        digest=_word(said["digest"]),
        weak=frozenset(_list(said["weak"], _word, _MOST_WORDS)),
        certificate=None if certificate is None else _certificate(certificate),
        path=Path(said["path"]),
        root=_text(said["root"]),
        proven_at=_moment(said.get("provenAt")),
        claimed_at=_moment(said.get("claimedAt")),
        judged_at=_required(_moment(said["judgedAt"])),
        revocation=_word(said["revocation"]),
        permits=permits,
        detail=_word(said["detail"]),
    )


def _end(said: Any) -> int | None:
    if said is not None and not (type(said) is int and said > 0):
        raise Unbelievable("end")
    return said


def _certificate(said: dict[str, Any]) -> Certificate:
    return Certificate(
        subject=_text(said["subject"]),
        person_name=_text(said["personName"]),
        person_number=_person_number(said["personNumber"]),
        country=_text(said["country"]),
        issuer=_text(said["issuer"]),
        serial=_hex(said["serial"]),
        sha256=_hex(said["sha256"]),
        key_usage=frozenset(_list(said["keyUsage"], _word, _MOST_WORDS)),
        policies=frozenset(_list(said["policies"], _word, _MOST_WORDS)),
        qualification=Qualification(said["qualification"]),
        begins=_required(_moment(said["begins"])),
        ends=_required(_moment(said["ends"])),
    )


def _person_number(said: str | None) -> Insz | None:
    """Give a national number, where the digits are those of one."""
    if said is None:
        return None
    try:
        return Insz(said)
    except Refused:
        return None


def _list(said: object, item: Callable[[Any], _T], most: int) -> list[_T]:
    if not isinstance(said, list) or len(said) > most:
        raise Unbelievable("list")
    return [item(each) for each in said]


def _text(said: object) -> str:
    if (
        not isinstance(said, str)
        or len(said) > _LONGEST_TEXT
        or not (said == "" or said.isprintable())
    ):
        raise Unbelievable("text")
    return said


def _word(said: object) -> str:
    if not isinstance(said, str) or len(said) > _LONGEST_WORD or not _WORD.fullmatch(said):
        raise Unbelievable("word")
    return said


def _hex(said: object) -> str:
    if not isinstance(said, str) or len(said) > _LONGEST_TEXT or not _HEX.fullmatch(said):
        raise Unbelievable("hexadecimal")
    return said


def _moment(said: object) -> datetime.datetime | None:
    if said is None:
        return None
    if not isinstance(said, str):
        raise Unbelievable("moment")
    moment = datetime.datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise Unbelievable("moment")
    return moment.astimezone(datetime.UTC)


def _required(moment: datetime.datetime | None) -> datetime.datetime:
    if moment is None:
        raise Unbelievable("moment")
    return moment
