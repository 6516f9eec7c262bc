"""The seal of the register in memory: key, certificates and timestamp authority, loaded once."""

import datetime
import functools
import hashlib

from asn1crypto import cms, x509  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509 import Certificate
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.signers.pdf_cms import Signer, select_suitable_signing_md
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mahis.domain.refusals import Refused
from mahis.gateways.pdf_forms import der
from mahis.gateways.seal_settings import Seal, SealKey, SealSettings, read_seal
from mahis.gateways.timestamping import HttpTimestamps, finished, room_for

_DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
#: Parts of a container and of its signer that are the same in each signature, in their order.
_AROUND = ("version", "digest_algorithms", "encap_content_info", "certificates")
_BEFORE = ("version", "sid", "digest_algorithm")
_SIGNED_DATA = cms.ContentType("signed_data").dump()


class SealNotConfigured(Refused):
    """This installation has no seal, or none that is valid now, so it can make no forms."""

    code = "sealNotConfigured"


class Sealer:
    """What seals forms; made once per process, because loading a key costs more than signing."""

    def __init__(self, settings: SealSettings) -> None:
        seal = read_seal(settings)
        #: The name under which forms are sealed.
        self.name = seal.name
        self._begins = seal.certificate.not_valid_before_utc
        self._ends = seal.certificate.not_valid_after_utc
        self._signer = _LoadedKey(seal)
        #: The digest that fits the key.
        self.digest = self._signer.digest
        self.timestamps = HttpTimestamps(
            url=settings.tsa_url,
            timeout_seconds=settings.tsa_timeout_seconds,
            tries=settings.tsa_tries,
            username=settings.tsa_username,
            password=settings.tsa_password,
        )

    def require_valid(self, at: datetime.datetime) -> None:
        """Require that the seal's certificate is valid at a moment; raises SealNotConfigured."""
        if not self._begins <= at <= self._ends:
            raise SealNotConfigured(begins=self._begins, ends=self._ends)

    @functools.cached_property
    def room(self) -> int:
        """How many hexadecimal digits to keep free for a signature, with some to spare."""
        return room_for(self.sign(bytes(hashlib.new(self.digest).digest_size)))

    def sign(self, digest: bytes) -> bytes:
        """Sign the digest of a document by the rules of PAdES."""
        return self._signer.sign(digest)


@functools.cache
def sealer_of(settings: SealSettings | None) -> Sealer:
    """Give the sealer of this process; raises SealNotConfigured."""
    if settings is None:
        raise SealNotConfigured
    return Sealer(settings)


class _LoadedKey(Signer):
    """Signs with a key that was read and checked once, not anew for each signature.

    The library builds the first container. Later ones differ from it in digest and signature only,
    so they are put together from its parts, in a twentieth of the time.
    """

    def __init__(self, seal: Seal) -> None:
        issuers = SimpleCertificateStore.from_certs(map(_asn1, seal.issuers))  # type: ignore[no-untyped-call]
        certificate = _asn1(seal.certificate)
        super().__init__(signing_cert=certificate, cert_registry=issuers, embed_roots=False)
        self._key: SealKey = seal.key
        self.digest = select_suitable_signing_md(certificate.public_key)
        protection = {
            "digest_algorithm": {"algorithm": self.digest},
            "signature_algorithm": self.get_signature_mechanism_for_digest(self.digest),
        }
        reference = as_signing_certificate_v2(certificate)
        first = finished(
            self.async_sign_prescribed_attributes(
                self.digest,
                cms.CMSAttributes(
                    [
                        _attribute("content_type", "data"),
                        _attribute("signing_certificate_v2", reference),
                        _attribute("cms_algorithm_protection", protection),
                    ]
                ),
            )
        )
        document, signer = first["content"], first["content"]["signer_infos"][0]
        self._attributes = [each.dump() for each in signer["signed_attrs"]]
        self._around = [document[name].dump() for name in _AROUND]
        self._before = [signer[name].dump() for name in _BEFORE]
        self._mechanism = signer["signature_algorithm"].dump()

    def sign(self, digest: bytes) -> bytes:
        """Sign the digest of a document by the rules of PAdES; gives the container, encoded."""
        attributes = sorted([*self._attributes, _attribute("message_digest", digest).dump()])
        signature = self._raw(der.joined(der.SET, *attributes))
        signer = der.joined(
            der.SEQUENCE,
            *self._before,
            der.joined(der.FIRST, *attributes),
            self._mechanism,
            der.joined(der.OCTETS, signature),
        )
        document = der.joined(der.SEQUENCE, *self._around, der.joined(der.SET, signer))
        return der.joined(der.SEQUENCE, _SIGNED_DATA, der.joined(der.FIRST, document))

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,  # noqa: ARG002 - the library calls it so
        dry_run: bool = False,  # noqa: ARG002, FBT001, FBT002 - the same
    ) -> bytes:
        return self._raw(data)

    async def unsigned_attrs(self, *_: object, **__: object) -> None:
        """Add nothing that is not signed: the timestamp stands in a field of its own."""

    def _raw(self, data: bytes) -> bytes:
        digest = _DIGESTS[self.digest]
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(digest))
        return self._key.sign(data, padding.PKCS1v15(), digest)


def _attribute(name: str, value: object) -> cms.CMSAttribute:
    return simple_cms_attribute(name, value)  # type: ignore[no-untyped-call]


def _asn1(certificate: Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
