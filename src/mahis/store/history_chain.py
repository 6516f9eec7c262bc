"""The chain of hashes that makes a change of the history show."""

import hashlib
import json
from collections.abc import Iterable

from mahis.store.models import HistoryEntry

#: What the first entry of an authorisation follows.
BEGINNING = "0" * 64


def hash_of(entry: HistoryEntry) -> str:
    """Give the SHA-256, in hexadecimal digits, of an entry and the hash of the one before it."""
    content = {
        "authorisation": entry.authorisation_id,
        "number": entry.number,
        "version": entry.version,
        "place": entry.place,
        "at": entry.at.timestamp(),
        "act": entry.act.value,
        "before": entry.before.value if entry.before else None,
        "after": entry.after.value,
        "kind": entry.kind.value,
        "person": entry.person.digits if entry.person else None,
        "personName": entry.person_name,
        "enterprise": str(entry.enterprise) if entry.enterprise else None,
        "quality": entry.quality.value if entry.quality else None,
        "role": entry.role.value if entry.role else None,
        "reason": entry.reason,
        "evidence": entry.evidence,
        "previous": entry.previous_hash,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def holds(entries: Iterable[HistoryEntry]) -> bool:
    """Say whether the entries of one authorisation, in order, are unchanged and complete."""
    previous = BEGINNING
    for number, entry in enumerate(entries, start=1):
        if (entry.number, entry.previous_hash) != (number, previous):
            return False
        if entry.hash != hash_of(entry):
            return False
        previous = entry.hash
    return True
