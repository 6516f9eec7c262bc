"""Sealing a form, as the register does and as somebody does who would like to pass for it."""

import datetime
import functools
import io
import pathlib
import tempfile

from asn1crypto import tsp  # type: ignore[import-untyped]
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps

from mahis.domain.parties import Side
from mahis.domain.signature_evidence import SEAL_FIELD, TIMESTAMP_FIELD, field_of
from mahis.gateways.pdf_forms import FormContent, Sealer, SealSettings, seal, set_form
from mahis.gateways.pdf_forms.geometry import field_box
from mahis.gateways.timestamping import HttpTimestamps
from mahis.standins.trust.cards import Card
from tests.pki import pki


class _Timestamps(HttpTimestamps):
    """The practice authority's timestamps of one moment, without a network."""

    def __init__(self, *, at: datetime.datetime) -> None:
        super().__init__(url="http://127.0.0.1:9/", timeout_seconds=1, tries=1)
        self._authority = pki().authority.timestamper(at=at)

    def _ask(self, query: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(query)
        return bytes(self._authority.request_tsa_response(asked).dump())


@functools.cache
def _sealer(at: datetime.datetime) -> Sealer:
    with tempfile.TemporaryDirectory() as folder:
        files = pki().seal_files(pathlib.Path(folder))
        settings = SealSettings(
            key_file=files.key, certificate_file=files.certificates, tsa_url="http://127.0.0.1:9/"
        )
        sealer = Sealer(settings)
    sealer.timestamps = _Timestamps(at=at)
    return sealer


def genuine(content: FormContent) -> bytes:
    """Make a form and seal it, as the register does."""
    form = set_form(content)
    return seal(form, sides=frozenset(Side), content=content, sealer=_sealer(content.made_at))


def sealed(content: FormContent, *, by: str | Card = "seal", stamped: bool = True) -> bytes:
    """Set a form, add its fields, certify it and put a timestamp on it, by other software."""
    update = IncrementalPdfFileWriter(io.BytesIO(set_form(content)))
    for side in Side:
        spec = fields.SigFieldSpec(field_of(side), box=whole_box(side))
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


def whole_box(side: Side) -> tuple[int, int, int, int]:
    """The place of a party's field, in whole points."""
    left, bottom, right, top = map(round, field_box(side))
    return left, bottom, right, top


def stamp(
    pdf: bytes, *, timestamper: timestamps.TimeStamper, field: str = TIMESTAMP_FIELD
) -> bytes:
    """Add a document timestamp."""
    output = io.BytesIO()
    signers.PdfTimeStamper(timestamper, field_name=field).timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), "sha256", output=output
    )
    return output.getvalue()
