"""One signature by itself: what it says, whether it is intact, and by whose certificate."""

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

from asn1crypto import cms, core, tsp, x509  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_self_reported_ts,
    extract_tst_data_iter,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from mahis.gateways.pdf_signatures import paths
from mahis.gateways.pdf_signatures.certificate_facts import mend_names
from mahis.gateways.pdf_signatures.revocation import Stored, in_signature
from mahis.gateways.pdf_signatures.values import under

_KINDS_OF_SIGNATURES = frozenset({"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"})
_KIND_OF_TIMESTAMPS = "/ETSI.RFC3161"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Made:
    """What one signature says, before anybody asks whom to trust."""

    signer: x509.Certificate
    others: tuple[x509.Certificate, ...]
    intact: bool
    digest: str
    weak: frozenset[str]
    stored: Stored
    #: The time in a timestamp, or that which a signer claims.
    time: datetime.datetime | None
    #: Timestamps that this signature carries on its own value.
    timestamps: "tuple[Made, ...]" = ()


def of_signature(embedded: EmbeddedPdfSignature) -> Made:
    """Read an ordinary signature, and the timestamps on it."""
    if str(under(embedded.sig_object, "/SubFilter")) not in _KINDS_OF_SIGNATURES:
        raise ValueError("kind of signature")
    data = embedded.signed_data
    content = data["encap_content_info"]
    if content["content_type"].native != "data" or content["content"].native is not None:
        raise ValueError("content in a signature")
    info = extract_signer_info(data)
    signature = info["signature"].native
    return _made(
        data,
        digest=embedded.compute_digest(),
        expected="data",
        time=_claimed(embedded),
        timestamps=tuple(
            _of_token(token, lambda name: _digest(name, signature))
            for token in extract_tst_data_iter(info, signed=False)
        ),
    )


def of_timestamp(embedded: EmbeddedPdfSignature) -> Made:
    """Read a document timestamp."""
    if str(under(embedded.sig_object, "/SubFilter")) != _KIND_OF_TIMESTAMPS:
        raise ValueError("kind of timestamp")
    return _of_token(embedded.signed_data, embedded.compute_digest)


def _of_token(data: cms.SignedData, imprint: Callable[[str], bytes]) -> Made:
    content = data["encap_content_info"]["content"]
    token = content.parsed if isinstance(content, core.ParsableOctetString) else None
    if not isinstance(token, tsp.TSTInfo):
        raise ValueError("no timestamp")  # noqa: TRY004 - nothing is wrong with our types
    stamped = token["message_imprint"]
    name = stamped["hash_algorithm"]["algorithm"].native
    info = extract_signer_info(data)
    own = _digest(info["digest_algorithm"]["algorithm"].native, bytes(content))
    made = _made(data, digest=own, expected="tst_info", time=token["gen_time"].native)
    return dataclasses.replace(
        made,
        intact=made.intact and stamped["hashed_message"].native == imprint(name),
        weak=made.weak | paths.weak_digests(name),
    )


def _made(data: cms.SignedData, *, digest: bytes, expected: str, **more: Any) -> Made:
    certificates = extract_certs_for_validation(data)
    info = extract_signer_info(data)
    signer = certificates.signer_cert
    for each in (signer, *certificates.other_certs):
        mend_names(each)
    name = info["digest_algorithm"]["algorithm"].native
    is_intact, is_valid = validate_sig_integrity(
        info, signer, expected_content_type=expected, actual_digest=digest
    )
    return Made(
        signer=signer,
        others=tuple(certificates.other_certs),
        intact=bool(is_intact and is_valid),
        digest=str(name),
        weak=paths.weak_digests(name, _hash_of(info["signature_algorithm"]))
        | paths.weak_key(signer),
        stored=in_signature(data, info),
        **more,
    )


def _hash_of(algorithm: cms.SignedDigestAlgorithm) -> str | None:
    try:
        name: str = algorithm.hash_algo
    except ValueError:
        return None
    return name


def _digest(name: str, data: bytes) -> bytes:
    digest = hashes.Hash(get_pyca_cryptography_hash(name))
    digest.update(data)
    return digest.finalize()


def _claimed(embedded: EmbeddedPdfSignature) -> datetime.datetime | None:
    """Give the time that the signer claims; one that cannot be read is none."""
    time = extract_self_reported_ts(embedded.signer_info)
    if time is None:
        try:
            time = embedded.self_reported_timestamp
        except (ValueError, TypeError, ArithmeticError):
            return None
    return time if time is not None and time.tzinfo is not None else None
