"""Signatures whose cryptographic value is nonsense, somebody else's, or made to be believed."""

import hashlib

from asn1crypto import cms, core  # type: ignore[import-untyped]

from mahis.domain.signed_forms import Doubt
from tests.hostile import certificates, signing
from tests.hostile.registry import hostile
from tests.hostile.scene import BY_MANDATARY, BY_MANDATOR, Scene, signed
from tests.pki import pki


def _altered(pdf: bytes, alter, **settings) -> bytes:
    """Change the signed data of the last signature after it was made."""

    def change(value: bytes) -> bytes:
        content = cms.ContentInfo.load(value)
        alter(content["content"])
        return bytes(content.dump(force=True))

    return signing.resigned(pdf, alter=change, **settings)


@hostile(Doubt.SIGNATURE_BROKEN)
def value_of_noise(scene: Scene) -> bytes:
    """The value is noise."""
    noise = hashlib.shake_256(b"noise").digest(1500)
    return signing.with_value(scene.by_mandator, noise)


@hostile(Doubt.SIGNATURE_BROKEN)
def value_of_words(scene: Scene) -> bytes:
    """The value is a text."""
    return signing.with_value(scene.by_mandator, b"signed, L. Wouters")


@hostile(Doubt.SIGNATURE_BROKEN)
def value_of_another_kind(scene: Scene) -> bytes:
    """The value is data that is wrapped, and not signed."""
    plain = cms.ContentInfo({"content_type": "data", "content": core.OctetString(b"signed")})
    return signing.with_value(scene.by_mandator, plain.dump())


@hostile(Doubt.SIGNATURE_BROKEN)
def value_of_boxes_in_boxes(scene: Scene) -> bytes:
    """The value is a box in a box in a box, six thousand deep."""
    return signing.with_value(signing.signed_with(scene.sealed, room=2**14), b"\x30\x80" * 6000)


@hostile(Doubt.SIGNATURE_BROKEN)
def value_of_no_end(scene: Scene) -> bytes:
    """The value says that it is four thousand million bytes long."""
    return signing.with_value(scene.by_mandator, b"\x30\x84\xff\xff\xff\xff" + bytes(200))


@hostile(Doubt.SIGNATURE_BROKEN)
def value_by_nobody(scene: Scene) -> bytes:
    """The value is signed data without a signer."""

    def alter(data: cms.SignedData) -> None:
        data["signer_infos"] = cms.SignerInfos([])

    return _altered(scene.by_mandator, alter)


@hostile(Doubt.SIGNATURE_BROKEN)
def value_by_two(scene: Scene) -> bytes:
    """The value holds two signers, so that nobody knows which one counts."""
    other = cms.ContentInfo.load(signing.value_in(signed(scene.sealed, by=BY_MANDATARY)))

    def alter(data: cms.SignedData) -> None:
        infos = [*data["signer_infos"], *other["content"]["signer_infos"]]
        data["signer_infos"] = cms.SignerInfos(infos)
        data["certificates"] = cms.CertificateSet(
            [*data["certificates"], *other["content"]["certificates"]]
        )

    return _altered(signing.signed_with(scene.sealed, room=2**14), alter)


@hostile(Doubt.SIGNATURE_BROKEN)
def value_without_certificate(scene: Scene) -> bytes:
    """The value holds no certificate, so that nobody knows who signed."""

    def alter(data: cms.SignedData) -> None:
        data["certificates"] = cms.CertificateSet([])

    return _altered(scene.by_mandator, alter)


@hostile(Doubt.SIGNATURE_BROKEN)
def certificate_swapped(scene: Scene) -> bytes:
    """Somebody signs with their own key, and puts the representative's certificate beside it."""
    wanted = pki().signer(BY_MANDATOR)

    def alter(data: cms.SignedData) -> None:
        data["signer_infos"][0]["sid"] = cms.SignerIdentifier(
            {
                "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                    {
                        "issuer": wanted.certificate.issuer,
                        "serial_number": wanted.certificate.serial_number,
                    }
                )
            }
        )
        data["certificates"] = cms.CertificateSet(
            [cms.CertificateChoices({"certificate": wanted.certificate})]
        )

    return _altered(scene.by_mandator, alter, by="foreigner")


@hostile(Doubt.SIGNATURE_BROKEN)
def digest_of_other_bytes(scene: Scene) -> bytes:
    """The value is right by itself, and says the digest of other bytes."""
    value = signing.value_over(b"another form")
    return signing.with_value(scene.by_mandator, value)


@hostile(Doubt.SIGNATURE_BROKEN)
def value_with_its_own_content(scene: Scene) -> bytes:
    """The value carries the bytes that it signs with it, which are not those of the file."""
    words = b"an authorisation for everything"
    content = cms.ContentInfo.load(signing.value_over(words))
    content["content"]["encap_content_info"]["content"] = core.OctetString(words)
    return signing.with_value(scene.by_mandator, content.dump(force=True))


@hostile(Doubt.SIGNATURE_BROKEN)
def digest_attribute_changed(scene: Scene) -> bytes:
    """The digest in the signed attributes is put right after signing other bytes."""
    start, end = signing.places_in(scene.by_mandator).contents
    covered = scene.by_mandator[:start] + scene.by_mandator[end:]
    content = cms.ContentInfo.load(signing.value_over(b"another form"))
    for attribute in content["content"]["signer_infos"][0]["signed_attrs"]:
        if attribute["type"].native == "message_digest":
            right = core.OctetString(hashlib.sha256(covered).digest())
            attribute["values"] = cms.SetOfOctetString([right])
    return signing.with_value(scene.by_mandator, content.dump(force=True))


@hostile(Doubt.SIGNATURE_BROKEN)
def signature_value_of_zeroes(scene: Scene) -> bytes:
    """The numbers of which the signature consists are zero, which lax arithmetic accepts."""

    def alter(data: cms.SignedData) -> None:
        data["signer_infos"][0]["signature"] = bytes.fromhex("3006020100020100")

    return _altered(scene.by_mandator, alter)


@hostile(Doubt.WEAK_ALGORITHM)
def digest_of_sha1(scene: Scene) -> bytes:
    """The signature rests on SHA-1."""
    return signed(scene.sealed, digest="sha1", by=BY_MANDATOR)


@hostile(Doubt.WEAK_ALGORITHM)
def digest_of_md5(scene: Scene) -> bytes:
    """The signature rests on MD5."""
    return signing.resigned(signed(scene.sealed, by="citizen-rsa"), digest="md5", by="citizen-rsa")


@hostile(Doubt.SIGNATURE_BROKEN)
def algorithm_of_no_signature(scene: Scene) -> bytes:
    """The value names an algorithm by which nothing is signed."""

    def alter(data: cms.SignedData) -> None:
        data["signer_infos"][0]["signature_algorithm"]["algorithm"] = "1.2.3.4"

    return _altered(scene.by_mandator, alter)


@hostile(Doubt.UNKNOWN_CERTIFICATE)
def certificates_without_number(scene: Scene) -> bytes:
    """The value brings a thousand authorities of one name, between which paths are to be found."""
    roomy = signing.signed_with(scene.sealed, room=2**19)
    return signing.resigned(roomy, by=certificates.below_the_crowd(1000))


@hostile(Doubt.UNKNOWN_CERTIFICATE)
def certificates_in_a_circle(scene: Scene) -> bytes:
    """The value brings authorities that issued each other's certificates."""
    roomy = signing.signed_with(scene.sealed, room=2**14)
    return signing.resigned(roomy, by=certificates.in_a_circle())
