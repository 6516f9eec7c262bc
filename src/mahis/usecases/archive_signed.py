"""Make archive copies of signed forms: the same file, with what proves its signatures later.

A signed form is kept as it came, and most cards put nothing about revocation into it. Its copy
holds the answers of the issuers and a timestamp over all of it, so that it can be checked without
asking anybody, whatever becomes of cards and issuers.
"""

import dataclasses
import datetime
import logging

from django.db.models import Exists, OuterRef, QuerySet

from mahis.domain.documents import DocumentKind
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.signature_evidence import FileEvidence, FileState, Kind
from mahis.domain.signed_forms import Outcome, Rules, judge_signature
from mahis.gateways.files import FileLost, Files
from mahis.gateways.pdf_signatures import Archivist, Examiner, NotArchivable
from mahis.gateways.timestamping import HttpTimestamps
from mahis.gateways.trust import TrustMaterial
from mahis.store.models import AuthorisationDocument
from mahis.usecases import _documents, _locked
from mahis.usecases._alone import alone
from mahis.usecases._documents import Put
from mahis.usecases._transaction import in_one_transaction

# Any number will do that nobody else locks: the letters of "arch".
_LOCK = 0x61726368
#: So many at a time, the newest first: what cannot be archived keeps no newer one waiting.
_MOST = 500
_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Means:
    """What it takes to make a copy and to find out that it proves what it is to prove."""

    archivist: Archivist
    examiner: Examiner
    trust: TrustMaterial
    timestamps: HttpTimestamps
    rules: Rules
    files: Files


@dataclasses.dataclass(frozen=True, kw_only=True)
class Archived:
    """What came of a run."""

    #: Copies that were made.
    made: int = 0
    #: Signed forms of which none could be made; the log names them.
    left_out: int = 0


def archive(
    *, reference: AuthorisationReference, number: int, means: Means, at: datetime.datetime
) -> int | None:
    """Give the number of the archive copy of a signed form; it is made where there is none.

    None where the document is no signed form. Raises NotArchivable, TimestampUnavailable, FileLost
    or Busy; nothing is written then.
    """
    signed = _signed_forms().filter(
        authorisation_id=reference.number, authorisation__year=reference.year, number=number
    )
    row = signed.first()
    return None if row is None else _archive(row, means, at)


def are_missing() -> bool:
    """Say whether there is a signed form without an archive copy."""
    return _missing().exists()


def archive_missing(*, means: Means, at: datetime.datetime) -> Archived:
    """Make the archive copies that are missing; does nothing while another process is at it.

    One that cannot be made keeps no other waiting. Raises TimestampUnavailable or Busy: then none
    can be made now, and those that were made stay.
    """
    with alone(_LOCK) as ours:
        return _archive_missing(means, at) if ours else Archived()


def _archive_missing(means: Means, at: datetime.datetime) -> Archived:
    made = left_out = 0
    for row in list(_missing().order_by("-at", "-pk")[:_MOST]):
        try:
            _archive(row, means, at)
        except (NotArchivable, FileLost) as failure:
            reference = row.authorisation.reference
            _log.warning("document %s of %s is not archived: %s", row.number, reference, failure)
            left_out += 1
        else:
            made += 1
    return Archived(made=made, left_out=left_out)


def _archive(signed: AuthorisationDocument, means: Means, at: datetime.datetime) -> int:
    copy = _copy_of(signed)
    if copy is not None:
        return copy.number
    # Issuers and the service that stamps the time are asked with nothing locked.
    data = means.archivist.archive(
        means.files.read(signed.document_id),
        trust=means.trust,
        timestamps=means.timestamps,
        at=at,
        allow_sha1=means.rules.allow_sha1,
    )
    evidence = means.examiner.examine(
        data, trust=means.trust, at=at, rules=means.rules, fetch=False
    )
    _require_proven(evidence, means.rules)
    put = Put(sha256=means.files.put(data), size=len(data))
    return _keep(signed, put=put, at=at)


@in_one_transaction
def _keep(signed: AuthorisationDocument, *, put: Put, at: datetime.datetime) -> int:
    reference = signed.authorisation.reference
    locked = _locked.lock(reference=reference, actor=None, version=None, on=at.date())
    copy = _copy_of(signed)
    if copy is not None:
        return copy.number
    return _documents.add(
        authorisation=locked.authorisation,
        put=put,
        kind=DocumentKind.ARCHIVED,
        actor=None,
        act=signed.act,
        version=signed.version,
        at=at,
        language=signed.language,
        form=signed,
    ).number


def _require_proven(evidence: FileEvidence, rules: Rules) -> None:
    """Require that a copy proves by itself what it is to prove; raises NotArchivable.

    Every signature of a person is valid without anybody being asked, and a timestamp that is
    trusted stands behind all of them.
    """
    if evidence.state is not FileState.READABLE or evidence.changes:
        raise NotArchivable("the copy reads otherwise than what was signed")
    if not evidence.signatures or evidence.signatures[-1].proven_at is None:
        raise NotArchivable("nobody trusted stamped the copy")
    for each in evidence.of_kind(Kind.PERSON):
        verdict = judge_signature(each, rules=rules)
        if verdict.outcome is not Outcome.VALID or each.proven_at is None:
            raise NotArchivable(f"a signature stays {each.path.value}")


def _signed_forms() -> QuerySet[AuthorisationDocument]:
    rows = AuthorisationDocument.objects.filter(kind=DocumentKind.SIGNED)
    return rows.select_related("authorisation")


def _missing() -> QuerySet[AuthorisationDocument]:
    copies = AuthorisationDocument.objects.filter(kind=DocumentKind.ARCHIVED, form=OuterRef("pk"))
    return _signed_forms().filter(~Exists(copies))


def _copy_of(signed: AuthorisationDocument) -> AuthorisationDocument | None:
    return AuthorisationDocument.objects.filter(kind=DocumentKind.ARCHIVED, form=signed).first()
