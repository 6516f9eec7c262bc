"""Sealing a form: fields, certification by the register's seal, and a timestamp over all of it."""

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp, SignatureObject

from mahis.domain.parties import Side
from mahis.domain.signature_evidence import SEAL_FIELD, TIMESTAMP_FIELD
from mahis.gateways.pdf_forms import words
from mahis.gateways.pdf_forms.content import FormContent
from mahis.gateways.pdf_forms.fields import lay_fields
from mahis.gateways.pdf_forms.sealer import Sealer

_TIMESTAMP_DIGEST = "sha256"


def seal(form: bytes, *, sides: frozenset[Side], content: FormContent, sealer: Sealer) -> bytes:
    """Seal a form that was set from its content, for the sides that still have to sign.

    From then on it can be signed in the fields of these sides, and nothing else of it can change.
    Raises TimestampUnavailable, and SealNotConfigured where the seal is not valid at that time.
    """
    sealer.require_valid(content.made_at)
    pdf = io.BytesIO(form)
    _certify(pdf, content, sealer, sides)
    _timestamp(pdf, sealer)
    return pdf.getvalue()


class _Revision(IncrementalPdfFileWriter):
    """What is added to a file; title and dates stay those with which the form was set."""

    def _update_meta(self) -> None:
        pass


def _certify(pdf: io.BytesIO, content: FormContent, sealer: Sealer, sides: frozenset[Side]) -> None:
    writer = _Revision(pdf)
    writer.register_extension(ESIC_EXTENSION_1)
    lay_fields(writer, content, sides=sides)
    signature = SignatureObject(
        timestamp=content.made_at,
        subfilter=SigSeedSubFilter.PADES,
        name=sealer.name,
        reason=words.seal_reason(content),
        bytes_reserved=sealer.room,
    )
    permissions = SigMDPSetup(
        md_algorithm=sealer.digest, certify=True, docmdp_perms=MDPPerm.FILL_FORMS
    )
    embedding = PdfCMSEmbedder().write_cms(SEAL_FIELD, writer, existing_fields_only=True)
    next(embedding)
    embedding.send(SigObjSetup(sig_placeholder=signature, mdp_setup=permissions))
    prepared, _ = embedding.send(SigIOSetup(md_algorithm=sealer.digest, in_place=True))
    embedding.send(sealer.sign(prepared.document_digest))


def _timestamp(pdf: io.BytesIO, sealer: Sealer) -> None:
    embedding = PdfCMSEmbedder().write_cms(
        TIMESTAMP_FIELD, _Revision(pdf), existing_fields_only=True
    )
    next(embedding)
    room = sealer.timestamps.room(_TIMESTAMP_DIGEST)
    stamp = DocumentTimestamp(bytes_reserved=room)  # type: ignore[no-untyped-call]
    embedding.send(SigObjSetup(sig_placeholder=stamp))
    prepared, _ = embedding.send(SigIOSetup(md_algorithm=_TIMESTAMP_DIGEST, in_place=True))
    digest = prepared.document_digest
    embedding.send(sealer.timestamps.stamp(digest, _TIMESTAMP_DIGEST, room=room))
