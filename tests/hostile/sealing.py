"""Sealing a form, as the register does and as somebody does who would like to pass for it."""

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps

from mahis.domain.parties import Side
from mahis.domain.signature_evidence import SEAL_FIELD, TIMESTAMP_FIELD, field_of
from mahis.gateways.pdf_forms.content import FormContent
from mahis.gateways.pdf_forms.geometry import field_box
from mahis.gateways.pdf_forms.typesetting import set_form
from mahis.standins.trust.cards import Card
from tests.pki import pki


def sealed(content: FormContent, *, by: str | Card = "seal", stamped: bool = True) -> bytes:
    """Set a form, add a signature field for each party, certify it and put a timestamp on it."""
    update = IncrementalPdfFileWriter(io.BytesIO(set_form(content)))
    for side in Side:
        spec = fields.SigFieldSpec(field_of(side), box=field_box(side))
        fields.append_signature_field(update, spec)
    with_fields = io.BytesIO()
    update.write(with_fields)
    certified = pki().sign(
        with_fields.getvalue(),
        field=SEAL_FIELD,
        by=by,
        at=content.made_at,
        docmdp=fields.MDPPerm.FILL_FORMS,
    )
    if not stamped:
        return certified
    return stamp(certified, timestamper=pki().timestamper(at=content.made_at))


def stamp(
    pdf: bytes, *, timestamper: timestamps.TimeStamper, field: str = TIMESTAMP_FIELD
) -> bytes:
    """Add a document timestamp."""
    output = io.BytesIO()
    signers.PdfTimeStamper(timestamper, field_name=field).timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), "sha256", output=output
    )
    return output.getvalue()
