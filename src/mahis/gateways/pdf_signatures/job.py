"""The job of a worker: read the signatures of one file, and say what is known of each.

What it answers is facts in JSON; `reading` checks every one of them before anybody believes it.
"""

import io
from typing import Any

# Loaded now, since a worker may read no file later.
import lxml.etree  # type: ignore[import-untyped]  # noqa: F401
import pyhanko.pdf_utils.metadata.xmp_xml
import pyhanko.sign.validation.pdf_embedded  # noqa: F401
from pyhanko.pdf_utils.decode_limits import DecodeLimits
from pyhanko.pdf_utils.misc import PdfDecodeLimitError, PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko_certvalidator.registry import CertificateRegistry

from mahis.gateways.contained.worker import Ask
from mahis.gateways.pdf_signatures import changes, hex_strings, revocation, structure, trusted
from mahis.gateways.pdf_signatures.judging import Judge, Settings
from mahis.gateways.pdf_signatures.paths import Follower

hex_strings.install()

Facts = dict[str, Any]


def work(header: Facts, body: bytes, ask: Ask) -> tuple[Facts, bytes]:
    """Say what is known of the file in `body`."""
    if not structure.is_pdf(body):
        return {"state": "notAPdf"}, b""
    settings = Settings.of(header)
    try:
        reader = opened(body, is_strict=settings.is_form)
        if structure.is_encrypted(reader):
            return {"state": "encrypted"}, b""
        return _facts(reader, body, settings, ask), b""
    except PdfDecodeLimitError:
        return {"state": "tooCostly", "detail": "decoding"}, b""


def opened(body: bytes, *, is_strict: bool) -> PdfFileReader:
    """Open a file; what is no form of ours may keep the rules of the format less strictly."""
    limits = DecodeLimits()
    try:
        return PdfFileReader(io.BytesIO(body), strict=True, decode_limits=limits)
    except PdfDecodeLimitError:
        raise
    except PdfReadError:
        if is_strict:
            raise
        return PdfFileReader(io.BytesIO(body), strict=False, decode_limits=limits)


def _facts(reader: PdfFileReader, body: bytes, settings: Settings, ask: Ask) -> Facts:
    placed = structure.signatures(reader, body)
    trust = trusted.kept(settings.stamp)
    if trust is None and placed:
        trust = trusted.keep(settings.stamp, ask({"what": "trust"}, b"")[1])
    if trust is None:
        return {"state": "readable", "signatures": [], "changes": []}
    stored = revocation.in_document(reader)
    registry = CertificateRegistry.build([*trust.intermediates, *stored.certificates])
    follower = Follower(
        registry=registry,
        stored=stored,
        now=settings.at,
        ask=ask if settings.fetch else None,
    )
    judge = Judge(settings=settings, trust=trust, follower=follower)
    signatures = judge.all(placed)
    find = changes.in_form if settings.is_form else changes.in_any
    found = find(reader, body, placed)
    return {
        "state": "readable",
        "signatures": signatures,
        "changes": sorted(each.value for each in found),
        "sealedLength": judge.sealed_length(placed, signatures),
    }
