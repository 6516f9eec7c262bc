"""A card: one person's key and certificate, and the signature that it puts into a PDF."""

import dataclasses
import datetime
import functools
import io
import unicodedata

from asn1crypto import tsp, x509  # type: ignore[import-untyped]
from certomancer.services import TimeStamper as TimestampingAuthority
from cryptography.hazmat.primitives.asymmetric import ec, padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from mahis.standins.trust.keys import PrivateKey

#: The letters of the fonts that every reader of PDF has.
_LETTERS = frozenset(bytes([*range(0x20, 0x7F), *range(0xA1, 0x100)]).decode("latin-1"))
#: What stands in the field on the page: who, and when.
_STAMP = TextStampStyle(
    stamp_text="%(signer)s\n%(ts)s", timestamp_format="%Y-%m-%d %H:%M %Z", border_width=0
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Card:
    """A key, its certificate, and the authorities above it, the root last."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    key: PrivateKey

    @functools.cached_property
    def signer(self) -> signers.Signer:
        """What signs with this card; the key is loaded once."""
        return CardSigner(self)


class CardSigner(signers.Signer):
    """Signs with a key that is loaded already."""

    def __init__(self, card: Card) -> None:
        # Cards hand over their authorities, and leave the root to whoever checks.
        super().__init__(
            signing_cert=card.certificate,
            cert_registry=SimpleCertificateStore.from_certs(card.chain),  # type: ignore[no-untyped-call]
            embed_roots=False,
        )
        self._card = card

    @property
    def subject_name(self) -> str | None:
        """Name on the page; a broken one as far as it can be read."""
        (name, *_) = [
            pair["value"].chosen.contents
            for part in self._card.certificate.subject.chosen
            for pair in part
            if pair["type"].native == "common_name"
        ]
        text = name.decode("utf-8", "replace")
        return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002, ARG002  # the library's signature
    ) -> bytes:
        """Give the signature of bytes by the card's key."""
        digest = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._card.key, ec.EllipticCurvePrivateKey):
            return self._card.key.sign(data, ec.ECDSA(digest))
        return self._card.key.sign(data, padding.PKCS1v15(), digest)


class InProcessTimestamps(timestamps.TimeStamper):
    """Timestamps straight from the authority, without a network."""

    def __init__(self, authority: TimestampingAuthority) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._authority = authority

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Answer one request."""
        return self._authority.request_tsa_response(req)


class _AtSomeTime(signers.PdfSigner):
    """Signs at a moment that the caller names."""

    at: datetime.datetime | None = None

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002  # the library's signature
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at or session.system_time
        return session


def sign(
    pdf: bytes,
    *,
    signer: signers.Signer,
    settings: signers.PdfSignatureMetadata,
    at: datetime.datetime | None = None,
    timestamper: timestamps.TimeStamper | None = None,
    new_field: fields.SigFieldSpec | None = None,
) -> bytes:
    """Add a signature to a PDF as an update behind its bytes; `at` is the time that it claims."""
    pdf_signer = _AtSomeTime(
        settings,
        signer,
        timestamper=timestamper,
        stamp_style=_STAMP,
        new_field_spec=new_field,
    )
    pdf_signer.at = at
    output = io.BytesIO()
    pdf_signer.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False),
        output=output,
        appearance_text_params={"signer": _on_the_page(signer.subject_name or "")},
    )
    return output.getvalue()


def _on_the_page(name: str) -> str:
    """Give a name in the letters that the stamp's font has: accents it lacks are left out."""
    plain = name.removesuffix(" (Signature)")
    letters = (
        sign if sign in _LETTERS else unicodedata.normalize("NFKD", sign)[:1] for sign in plain
    )
    return "".join(sign if sign in _LETTERS else "?" for sign in letters)


def as_card(field: str, *, digest: str | None = None) -> signers.PdfSignatureMetadata:
    """Give the settings of the usual signature by a card: PAdES, level B."""
    return signers.PdfSignatureMetadata(
        field_name=field, md_algorithm=digest, subfilter=fields.SigSeedSubFilter.PADES
    )
