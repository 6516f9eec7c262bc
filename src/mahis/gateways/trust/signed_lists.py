"""Trusted lists as they come: XML that may be hostile until its signature is verified."""

import base64
import binascii
import dataclasses
import datetime
from collections.abc import Sequence
from xml.etree import ElementTree

from cryptography import x509
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

#: More than three times the largest list in use.
LARGEST_LIST = 16 * 2**20
_DEEPEST = 100
TSL = "{http://uri.etsi.org/02231/v2#}"
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_KEY_INFO = f"{_DS}Signature/{_DS}KeyInfo/{_DS}X509Data/{_DS}X509Certificate"
_ROOT = f"{TSL}TrustServiceStatusList"


class ListRefused(Exception):
    """A list cannot be used; the text says why, for an operator."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class SignedList:
    """What a list says, taken from the bytes that its signature covers."""

    content: ElementTree.Element
    issued: datetime.datetime


def parse(data: bytes) -> ElementTree.Element:
    """Read XML without trusting it: no document type, no entities, bounded size and depth."""
    if len(data) > LARGEST_LIST:
        raise ListRefused(f"it has more than {LARGEST_LIST} bytes")
    parser = ElementTree.XMLParser(target=_Bounded())  # noqa: S314 - a document type is refused at its start
    try:
        parser.feed(data)
        root = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ListRefused("it is no well-formed XML") from error
    if root.tag != _ROOT:
        raise ListRefused("it is no trusted list of ETSI TS 119 612")
    return root


def verify(data: bytes, *, signers: Sequence[bytes]) -> SignedList:
    """Take what one of the `signers` (DER) has signed; raises ListRefused.

    The certificate must have been valid on the day on which the list says that it was issued.
    """
    signer = _signer(parse(data), signers)
    content = parse(_signed_part(data, signer))
    issued = moment(content, f"{TSL}SchemeInformation/{TSL}ListIssueDateTime")
    if issued is None:
        raise ListRefused("it does not say when it was issued")
    if not signer.not_valid_before_utc <= issued <= signer.not_valid_after_utc:
        raise ListRefused("its signing certificate was not valid when it was issued")
    return SignedList(content=content, issued=issued)


def moment(element: ElementTree.Element, path: str) -> datetime.datetime | None:
    """Read a moment below an element; None where there is none."""
    text = (element.findtext(path) or "").strip()
    if not text:
        return None
    try:
        read = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise ListRefused("a date in it cannot be read") from error
    return read if read.tzinfo else read.replace(tzinfo=datetime.UTC)


def decoded(text: str | None) -> bytes:
    """Read a certificate in base64; raises ListRefused."""
    try:
        return base64.b64decode("".join((text or "").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ListRefused("a certificate in it cannot be read") from error


class _Bounded(ElementTree.TreeBuilder):
    """Builds a tree, and stops at a document type or at a depth that no list has."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, name: str, pubid: str, system: str) -> None:  # noqa: ARG002
        raise ListRefused("it holds a document type, which no list needs")

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ListRefused("its elements are nested too deeply")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)


def _signer(root: ElementTree.Element, signers: Sequence[bytes]) -> x509.Certificate:
    """Choose the signer whose certificate the list carries, as ETSI demands of lists."""
    named = {decoded(each.text) for each in root.iterfind(_KEY_INFO)}
    if not named:
        raise ListRefused("it is not signed, or does not carry its signing certificate")
    for signer in signers:
        if signer in named:
            try:
                return x509.load_der_x509_certificate(signer)
            except ValueError as error:
                raise ListRefused("its signing certificate cannot be read") from error
    raise ListRefused("it is not signed by anybody who may sign it")


def _signed_part(data: bytes, signer: x509.Certificate) -> bytes:
    """Verify the signature, and give the bytes of the list that it covers.

    Validity in time is judged by the caller, against the date in the signed part.
    """
    rules = XAdESSignatureConfiguration(
        expect_references=True, verification_time=signer.not_valid_before_utc
    )
    try:
        found = XAdESVerifier().verify(data, x509_cert=signer, expect_config=rules)
    except Exception as error:
        # Whatever a foreign file makes the library throw, the list is not verified.
        raise ListRefused(f"its signature is wrong ({type(error).__name__})") from error
    for part in found:
        if getattr(part.signed_xml, "tag", None) == _ROOT:
            return part.signed_data
    raise ListRefused("its signature does not cover the list")
