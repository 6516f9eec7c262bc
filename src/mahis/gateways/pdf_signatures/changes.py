"""What was changed in a file after its first signature, beside signatures.

pyHanko's analysis of differences and our own, object by object, must both find nothing: neither is
the other's. pyHanko's is told to know no filling in of forms, which it would pass as harmless.
"""

import logging
from collections.abc import Iterable

from pyhanko.pdf_utils.generic import IndirectObject, PdfObject
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    ReferenceUpdate,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.fields import MDPPerm

from mahis.domain.signature_evidence import Change
from mahis.gateways.pdf_signatures import structure
from mahis.gateways.pdf_signatures.metadata import same_metadata
from mahis.gateways.pdf_signatures.steps import Step, same_information
from mahis.gateways.pdf_signatures.structure import Placed
from mahis.gateways.pdf_signatures.values import behind, is_named, items_under, under

# Each difference would be written down with its trace, for nobody: a worker has no log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)

_LTA = ModificationLevel.LTA_UPDATES


class _InformationRule(DocInfoRule):
    """Lets software say when and by what a file was saved, and no more."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[ReferenceUpdate]:
        if not same_information(_information(old), _information(new)):
            raise SuspiciousModification("document information")
        return super().apply(old, new)


def _information(revision: HistoricalResolver) -> PdfObject | None:
    """Give the document information of a revision: its trailer alone would lead to the newest."""
    trailer = revision.trailer_view
    found = trailer.raw_get("/Info") if "/Info" in trailer else None
    return revision(found.reference) if isinstance(found, IndirectObject) else found


class _MetadataRule(MetadataUpdateRule):
    """The same for metadata."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[ReferenceUpdate]:
        before, after = under(old.root, "/Metadata"), under(new.root, "/Metadata")
        if (before, after) != (None, None) and not same_metadata(before, after):
            raise SuspiciousModification("metadata")
        return super().apply(old, new)


_POLICY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(  # type: ignore[no-untyped-call]
            frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"})
        ),
        _InformationRule().as_qualified(_LTA),
        XrefStreamRule().as_qualified(_LTA),
        ObjectStreamRule().as_qualified(_LTA),
        DSSCompareRule().as_qualified(_LTA),
        _MetadataRule().as_qualified(_LTA),  # type: ignore[no-untyped-call]
    ],
    form_rule=FormUpdatingRule(
        [
            SigFieldCreationRule(),  # type: ignore[no-untyped-call]
            SigFieldModificationRule(),
        ]
    ),
)


def in_form(reader: PdfFileReader, data: bytes, placed: list[Placed]) -> set[Change]:
    """Say what was changed in a form that the register sealed.

    Its sealed part is ours, so what pyHanko compares with each revision is that alone; whatever a
    later revision does to one between is found object by object.
    """
    found = _of_permissions(placed) | _afterwards(reader, data, placed)
    found |= _step_by_step(reader, placed)
    # What is no signature is told as one that is broken.
    are_read = placed and all(each.embedded is not None for each in placed)
    if not found and are_read and not _passes(reader, placed[0], MDPPerm.FILL_FORMS):
        found.add(Change.CONTENT)
    return found


def in_any(reader: PdfFileReader, data: bytes, placed: list[Placed]) -> set[Change]:
    """Say what was changed in any PDF after its first signature.

    Visible signature fields may be added where no certification forbids it.
    """
    found = _of_permissions(placed)
    for each in placed:
        if each.covers and not _passes(reader, each, _docmdp(each)):
            found |= _step_by_step(reader, placed) or {Change.CONTENT}
            break
    found |= _of_no_use(reader, placed) | _afterwards(reader, data, placed)
    return found


def _passes(reader: PdfFileReader, first: Placed, permission: MDPPerm | None) -> bool:
    result = _POLICY.review_file(
        reader,
        first.revision,
        field_mdp_spec=first.embedded.fieldmdp if first.embedded else None,
        doc_mdp=permission,
    )
    if not isinstance(result, DiffResult):
        return False
    allowed = permission or MDPPerm.FILL_FORMS
    return result.modification_level.value <= allowed.value


def _docmdp(placed: Placed) -> MDPPerm | None:
    return placed.embedded.docmdp_level if placed.embedded else None


def _step_by_step(reader: PdfFileReader, placed: list[Placed]) -> set[Change]:
    """Compare each revision after the first signature with the one before it."""
    if not placed:
        return set()
    signed = {each.revision for each in placed}
    last = max(signed)
    found: set[Change] = set()
    for revision in range(placed[0].revision + 1, reader.xrefs.total_revisions):
        step = Step(reader, revision)
        found |= step.changes()
        if revision not in signed and not step.adds_answers_only():
            found.add(Change.AFTERWARDS if revision > last else Change.CONTENT)
    return found


def _of_no_use(reader: PdfFileReader, placed: list[Placed]) -> set[Change]:
    """Find revisions that neither sign nor answer nor change what anybody sees: what for?"""
    signed = {each.revision for each in placed if each.embedded is not None}
    if not signed:
        return set()
    found = set()
    for revision in range(min(signed) + 1, reader.xrefs.total_revisions):
        if revision not in signed and Step(reader, revision).is_of_no_use():
            found.add(Change.AFTERWARDS if revision > max(signed) else Change.CONTENT)
    return found


def _afterwards(reader: PdfFileReader, data: bytes, placed: list[Placed]) -> set[Change]:
    """Find bytes behind the end of the last revision."""
    if not placed:
        return set()
    last = placed[-1]
    is_last = last.covers and last.revision == reader.xrefs.total_revisions - 1
    end = last.end if is_last else structure.last_end(data)
    return set() if structure.is_all(data, end) else {Change.AFTERWARDS}


def _of_permissions(placed: list[Placed]) -> set[Change]:
    """Find signatures that an earlier one forbids, and certifications that are not the first."""
    for index, each in enumerate(placed):
        if each.embedded is None:
            continue
        if index and _certifies(each):
            return {Change.PERMISSIONS}
        if any(_forbids(each, later) for later in placed[index + 1 :]):
            return {Change.PERMISSIONS}
    return set()


def _certifies(placed: Placed) -> bool:
    references = items_under(placed.embedded.sig_object, "/Reference") if placed.embedded else []
    return any(is_named(under(behind(each), "/TransformMethod"), "/DocMDP") for each in references)


def _forbids(earlier: Placed, later: Placed) -> bool:
    """Say whether a signature locks the field of a later one; timestamps are always allowed."""
    if earlier.embedded is None or later.embedded is None:
        return False
    if later.embedded.sig_object_type == "/DocTimeStamp":
        return False
    if earlier.embedded.docmdp_level is MDPPerm.NO_CHANGES:
        return True
    lock = earlier.embedded.fieldmdp
    return lock is not None and bool(lock.is_locked(later.field))
