"""Where signatures stand in a file: what bytes each covers, and whether that is all there is."""

import binascii
import dataclasses
import re

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, PdfObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from mahis.gateways.pdf_signatures.values import behind

_PARTS = 4
_BLANKS = b" \t\r\n\x00\x0c"
_END = re.compile(rb"%%EOF[ \t]*(?:\r\n|\r|\n)?")


def is_pdf(data: bytes) -> bool:
    """Say whether a file claims to be a PDF, and nothing else besides."""
    return data.startswith(b"%PDF-")


def is_encrypted(reader: PdfFileReader) -> bool:
    """Say whether any revision of a file is encrypted, with whatever password."""
    return "/Encrypt" in reader.trailer


@dataclasses.dataclass(kw_only=True)
class Placed:
    """A signature field that is filled in, and what was found of its signature."""

    field: str
    #: None where it is no signature that can be read; then `detail` says why.
    embedded: EmbeddedPdfSignature | None = None
    revision: int = -1
    #: Where the bytes that it covers end.
    end: int = 0
    covers: bool = False
    #: The object that holds the signature: number and generation.
    holder: tuple[int, int] | None = None
    detail: str = ""


def signatures(reader: PdfFileReader, data: bytes) -> list[Placed]:
    """List the filled signature fields in the order in which they were signed."""
    found = [
        _placed(reader, data, name, field)
        for name, _, field in enumerate_sig_fields(reader, filled_status=True)
    ]
    holders = [each.holder for each in found if each.holder is not None]
    for each in found:
        # One signature may not stand in two fields: nobody signed the second one.
        if each.holder is not None and holders.count(each.holder) > 1:
            each.covers, each.detail = False, "sharedByFields"
    return sorted(found, key=lambda each: (each.revision, each.end))


def _placed(
    reader: PdfFileReader, data: bytes, name: str, field: DictionaryObject | IndirectObject
) -> Placed:
    placed = Placed(field=name)
    try:
        if isinstance(field, IndirectObject):
            placed.revision = reader.xrefs.get_last_change(field.reference)
        dictionary = _dictionary(behind(field))
        value = dictionary.raw_get("/V")
        if isinstance(value, IndirectObject):
            placed.holder = (value.idnum, value.generation)
            placed.revision = reader.xrefs.get_last_change(value.reference)
        embedded = EmbeddedPdfSignature(reader, dictionary, name)
        placed.revision = embedded.signed_revision
        placed.end = _end(embedded)
        placed.covers = _covers(embedded, data)
        placed.embedded = embedded
    except MemoryError:
        raise
    except Exception as failure:  # noqa: BLE001 - a hostile signature makes libraries raise anything
        placed.detail = type(failure).__name__
    return placed


def _dictionary(field: PdfObject) -> DictionaryObject:
    if not isinstance(field, DictionaryObject):
        raise TypeError("field")
    return field


def _range(embedded: EmbeddedPdfSignature) -> list[int]:
    numbers = [int(each) for each in embedded.byte_range]
    if len(numbers) != _PARTS or min(numbers) < 0:
        raise ValueError("byte range")
    return numbers


def _end(embedded: EmbeddedPdfSignature) -> int:
    _, _, begins, length = _range(embedded)
    return begins + length


def _covers(embedded: EmbeddedPdfSignature, data: bytes) -> bool:
    """Say whether a signature covers its revision, but for its own contents and no byte more."""
    zero, first, begins, length = _range(embedded)
    hole = data[first:begins]
    if zero != 0 or begins + length > len(data) or hole[:1] + hole[-1:] != b"<>":
        return False
    try:
        if binascii.unhexlify(hole[1:-1]) != embedded.pkcs7_content:
            return False
    except ValueError:
        return False
    return embedded.evaluate_signature_coverage() in {
        SignatureCoverageLevel.ENTIRE_REVISION,
        SignatureCoverageLevel.ENTIRE_FILE,
    }


def is_all(data: bytes, end: int) -> bool:
    """Say whether nothing but blanks stands behind an end, and it is that of the last revision."""
    return not data[end:].strip(_BLANKS) and _END.search(data, max(0, end - 16), end) is not None


def last_end(data: bytes) -> int:
    """Give where the last revision of a file ends; 0 where it has no end."""
    at = data.rfind(b"%%EOF")
    return 0 if at < 0 else at + len(b"%%EOF")
