"""What a certificate says, read so that no name and no extension in it can do harm."""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from asn1crypto import x509  # type: ignore[import-untyped]
from pyhanko.sign.ades import qualified_asn1

from mahis.gateways import trust as gateway
from mahis.gateways.pdf_signatures.trusted import Trust

_LONGEST_TEXT = 200
_PERSON_NUMBER = re.compile(r"[0-9]{11}")
#: A run of digits as long as a national number is shown to nobody.
_ANY_NUMBER = re.compile(r"[0-9]{11,}")
_LABELS = {
    "common_name": "CN",
    "given_name": "GN",
    "surname": "SN",
    "organization_name": "O",
    "organizational_unit_name": "OU",
    "country_name": "C",
}
_KEY_USAGES = {
    "digital_signature": "digitalSignature",
    "non_repudiation": "nonRepudiation",
    "key_encipherment": "keyEncipherment",
    "data_encipherment": "dataEncipherment",
    "key_agreement": "keyAgreement",
    "key_cert_sign": "keyCertSign",
    "crl_sign": "cRLSign",
    "encipher_only": "encipherOnly",
    "decipher_only": "decipherOnly",
}


def facts(certificate: x509.Certificate) -> dict[str, Any]:
    """Say what stands in a certificate, except whether it is qualified."""
    subject = _names(certificate.subject)
    usage = certificate.key_usage_value
    policies = certificate.certificate_policies_value
    return {
        "subject": _line(subject),
        "personName": _person(subject),
        "personNumber": _person_number(certificate.subject),
        "country": _first(subject, "country_name"),
        "issuer": _line(_names(certificate.issuer), masked=False),
        "serial": f"{certificate.serial_number:x}",
        "sha256": hashlib.sha256(certificate.dump()).hexdigest(),
        "keyUsage": sorted(_KEY_USAGES[each] for each in usage.native) if usage else [],
        "policies": sorted(each["policy_identifier"].dotted for each in policies or ()),
        "begins": certificate.not_valid_before.isoformat(),
        "ends": certificate.not_valid_after.isoformat(),
    }


def mend_names(certificate: x509.Certificate) -> None:
    """Give every value in the names of a certificate a text, where comparing it would raise.

    The certificate stays as it is: what is mended is only what the library has read of it.
    """
    for name in (certificate.subject, certificate.issuer):
        for rdn in name.chosen:
            for each in rdn:
                try:
                    each.prepped_value  # noqa: B018 - reading is what may fail
                except ValueError:
                    value = getattr(each["value"], "chosen", each["value"])
                    value._unicode = _bytes_as_text(value.contents)  # noqa: SLF001 - its cache


def common_name(certificate: x509.Certificate) -> str:
    """Give the name by which people know an authority."""
    names = _names(certificate.subject)
    return _first(names, "common_name") or _first(names, "organization_name") or _line(names)


def qualification(
    certificate: x509.Certificate,
    *,
    issuers: list[x509.Certificate],
    trust: Trust,
    policies: frozenset[str],
    at: datetime.datetime,
) -> str:
    """Say whether a certificate is a qualified one for electronic signatures.

    It must say so itself, by its statements or by a policy that an operator knows; where trusted
    lists are used, a listed service must stand behind it too.
    """
    says = _says(certificate, policies)
    if says != "qualified" or not trust.qualified:
        return says
    path = [each.dump() for each in (certificate, *issuers)]
    return says if gateway.is_listed(trust.qualified, path=path, at=at) else "notQualified"


def _says(certificate: x509.Certificate, policies: frozenset[str]) -> str:
    statements: dict[str, Any] = {}
    for each in qualified_asn1.get_qc_statements(certificate):
        statements[each["statement_id"].native] = each["statement_info"]
    if "qc_type" in statements and "qct_esign" not in (statements["qc_type"].native or ()):
        return "notQualified"
    if "qc_compliance" in statements:
        return "qualified"
    known = certificate.certificate_policies_value
    if policies & {each["policy_identifier"].dotted for each in known or ()}:
        return "qualified"
    return "notQualified" if statements else "unknown"


def _names(name: x509.Name) -> list[tuple[str, str]]:
    """List the attributes of a name; a value that is no text is read as far as it is."""
    return [(kind, _clean(value)) for kind, value in _values(name)]


def _values(name: x509.Name) -> Iterator[tuple[str, str]]:
    for rdn in name.chosen:
        for each in rdn:
            yield each["type"].native, _value(each["value"])


def _value(value: Any) -> str:
    try:
        text = value.native
    except (ValueError, TypeError):
        text = None
    if isinstance(text, str):
        return text
    return _bytes_as_text(getattr(value, "chosen", value).contents)


def _bytes_as_text(contents: bytes | None) -> str:
    return (contents or b"").decode("ascii", errors="replace").replace("\ufffd", "?")


def _clean(text: str) -> str:
    """Drop control, formatting and unassigned characters, and blanks too many."""
    plain = "".join(
        each if unicodedata.category(each)[0] != "C" else " " if each in "\t\n\r" else ""
        for each in text[: 4 * _LONGEST_TEXT]
    )
    return " ".join(plain.split())[:_LONGEST_TEXT]


def _first(names: list[tuple[str, str]], kind: str) -> str:
    return next((value for name, value in names if name == kind), "")


def _person(subject: list[tuple[str, str]]) -> str:
    parts = (_first(subject, "given_name"), _first(subject, "surname"))
    name = " ".join(part for part in parts if part) or _first(subject, "common_name")
    return _masked(name)


def _person_number(subject: x509.Name) -> str | None:
    """Give the eleven digits of the serial number, whatever country; none where it holds others."""
    numbers = [value for kind, value in _values(subject) if kind == "serial_number"]
    if len(numbers) != 1 or not (numbers[0].isascii() and _PERSON_NUMBER.fullmatch(numbers[0])):
        return None
    return numbers[0]


def _line(names: list[tuple[str, str]], *, masked: bool = True) -> str:
    """Write a name on one line, without serial numbers: a person's is the national number."""
    parts = [
        f"{_LABELS[name]}={_masked(value) if masked else value}"
        for name, value in names
        if name in _LABELS
    ]
    return ", ".join(parts)[: 2 * _LONGEST_TEXT]


def _masked(text: str) -> str:
    return _ANY_NUMBER.sub(lambda found: "•" * len(found[0]), text)
