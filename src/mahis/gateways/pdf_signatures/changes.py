"""What was changed in a file after its first signature, beside signatures.

pyHanko's analysis of differences and our own, object by object, must both find nothing: neither is
the other's. pyHanko's is told to know no filling in of forms, which it would pass as harmless.
"""

import logging

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.fields import MDPPerm

from mahis.domain.signature_evidence import Change
from mahis.gateways.pdf_signatures import structure
from mahis.gateways.pdf_signatures.steps import Step
from mahis.gateways.pdf_signatures.structure import Placed
from mahis.gateways.pdf_signatures.values import behind, is_named, items_under, under

# Each difference would be written down with its trace, for nobody: a worker has no log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)

_LTA = ModificationLevel.LTA_UPDATES


_POLICY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(  # type: ignore[no-untyped-call]
            frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"})
        ),
        DocInfoRule().as_qualified(_LTA),
        XrefStreamRule().as_qualified(_LTA),
        ObjectStreamRule().as_qualified(_LTA),
        DSSCompareRule().as_qualified(_LTA),
        MetadataUpdateRule().as_qualified(_LTA),  # type: ignore[no-untyped-call]
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
    placed = [each for each in placed if each.embedded is not None]
    found = _of_permissions(placed) | _afterwards(reader, data, placed)
    found |= _step_by_step(reader, placed)
    if not found and placed and not _passes(reader, placed[0], MDPPerm.FILL_FORMS):
        found.add(Change.CONTENT)
    return found


def in_any(reader: PdfFileReader, data: bytes, placed: list[Placed]) -> set[Change]:
    """Say what was changed in any PDF after its first signature.

    Visible signature fields may be added where no certification forbids it.
    """
    placed = [each for each in placed if each.embedded is not None]
    found = _of_permissions(placed)
    for each in placed:
        if each.covers and not _passes(reader, each, _docmdp(each)):
            found |= _step_by_step(reader, placed) or {Change.CONTENT}
            break
    found |= _afterwards(reader, data, placed)
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
        if revision not in signed and not step.is_store_only:
            found.add(Change.AFTERWARDS if revision > last else Change.CONTENT)
    return found


def _afterwards(reader: PdfFileReader, data: bytes, placed: list[Placed]) -> set[Change]:
    """Find bytes behind the end of the last revision."""
    if not placed:
        return set()
    is_last_signed = placed[-1].revision == reader.xrefs.total_revisions - 1
    end = placed[-1].end if is_last_signed else structure.last_end(data)
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
