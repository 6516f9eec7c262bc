"""The form of an authorisation: what making and validating it costs beside the bare libraries.

Making: the reference does the same by pyHanko's ordinary classes: the same template, two fields for
the parties, a certification that permits signatures, and a document timestamp. Both sides use the
same keys and the same timestamp authority in this process, so that no network is measured.
Validating: see `validating`.
"""

import dataclasses
import datetime
import io
import itertools
import pathlib
import sys
import tempfile
from collections.abc import Iterator

from asn1crypto import cms, keys  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import serialization
from measuring import Pair, measure, report
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from validating import validating

from mahis.domain.parties import Side
from mahis.domain.signature_evidence import SEAL_FIELD, TIMESTAMP_FIELD, field_of
from mahis.gateways.pdf_forms import FormContent, Sealer, SealSettings, seal, set_form
from mahis.gateways.pdf_forms.geometry import field_box
from mahis.gateways.timestamping import HttpTimestamps, finished
from mahis.standins.trust.cards import Card
from mahis.web import clock
from tests.factories import forms
from tests.pki import pki

BOTH = frozenset(Side)


class SameAuthority(HttpTimestamps):
    """Our client, but for the network: it asks the authority of the reference."""

    def __init__(self, authority: TimeStamper) -> None:
        super().__init__(url="http://127.0.0.1/", timeout_seconds=1, tries=1)
        self._authority = authority

    def _timestamp(self, digest: bytes, algorithm: str) -> cms.ContentInfo:
        return finished(self._authority.async_timestamp(digest, algorithm))


def main() -> int:
    """Measure and report."""
    with tempfile.TemporaryDirectory() as folder:
        making = form_and_seal(pathlib.Path(folder))
        sealed = making.ours()
        assert isinstance(sealed, bytes)
        with validating(sealed) as pair:
            return report([measure(making), measure(pair)])


def form_and_seal(folder: pathlib.Path) -> Pair:
    """Make a form and seal it."""
    authority = pki().timestamper()
    files = pki().seal_files(folder)
    sealer = Sealer(
        SealSettings(
            key_file=files.key, certificate_file=files.certificates, tsa_url="http://127.0.0.1/"
        )
    )
    sealer.timestamps = SameAuthority(authority)
    reference = Reference(pki().signer("seal"), authority)
    contents = _contents()

    def ours() -> bytes:
        content = next(contents)
        return seal(set_form(content), sides=BOTH, content=content, sealer=sealer)

    return Pair(
        name="form and seal",
        reference=lambda: reference.sealed(set_form(next(contents))),
        ours=ours,
        goal=1.3,
    )


class Reference:
    """The same steps by the ordinary classes of the library."""

    def __init__(self, card: Card, authority: TimeStamper) -> None:
        self._signer = signers.SimpleSigner(
            signing_cert=card.certificate,
            signing_key=_private_key(card),
            cert_registry=SimpleCertificateStore.from_certs(card.chain),
            embed_roots=False,
        )
        self._timestamper = signers.PdfTimeStamper(authority, field_name=TIMESTAMP_FIELD)

    def sealed(self, form: bytes) -> bytes:
        """Add fields, certify, and timestamp."""
        with_fields = IncrementalPdfFileWriter(io.BytesIO(form))
        for side in Side:
            left, bottom, right, top = map(round, field_box(side))
            box = left, bottom, right, top
            spec = fields.SigFieldSpec(field_of(side), on_page=-1, box=box)
            fields.append_signature_field(with_fields, spec)
        asked = signers.PdfSignatureMetadata(
            field_name=SEAL_FIELD,
            certify=True,
            docmdp_permissions=fields.MDPPerm.FILL_FORMS,
            subfilter=fields.SigSeedSubFilter.PADES,
        )
        certified = signers.sign_pdf(with_fields, asked, signer=self._signer)
        stamped = self._timestamper.timestamp_pdf(IncrementalPdfFileWriter(certified), "sha256")
        return bytes(stamped.getvalue())


def _private_key(card: Card) -> keys.PrivateKeyInfo:
    encoded = card.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return keys.PrivateKeyInfo.load(encoded)


def _contents() -> Iterator[FormContent]:
    """Give an endless run of forms, each with other names and another number."""
    now = clock.now()
    return (
        dataclasses.replace(
            forms.named(f"Bakkerij Korenbloem {place} BV"),
            number=place % 90 + 1,
            made_at=now + datetime.timedelta(seconds=place),
        )
        for place in itertools.count(1)
    )


if __name__ == "__main__":
    sys.exit(main())
