"""Certificates that no authority of the practice infrastructure would issue."""

import datetime
import functools
import itertools

from asn1crypto import ocsp  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1
from asn1crypto.keys import PrivateKeyInfo  # type: ignore[import-untyped]
from certomancer.services import TimeStamper
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.ocsp import OCSPCertStatus, OCSPResponderEncoding, OCSPResponseBuilder
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.sign import timestamps

from mahis.standins.trust.cards import Card, InProcessTimestamps
from mahis.standins.trust.keys import PrivateKey
from tests.pki import pki

_BEGIN = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
_END = datetime.datetime(2034, 1, 1, tzinfo=datetime.UTC)
_serials = itertools.count(1000)


def named(words: str, *, number: str = "") -> x509.Name:
    """A name as certificates write it."""
    parts = [(NameOID.COUNTRY_NAME, "BE"), (NameOID.COMMON_NAME, words)]
    if number:
        parts.append((NameOID.SERIAL_NUMBER, number))
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts])


def issued(
    subject: x509.Name,
    key: PrivateKey,
    *,
    issuer: x509.Name,
    by: PrivateKey,
    is_authority: bool = False,
    stamps: bool = False,
    answers_at: str = "",
) -> asn1.Certificate:
    """Issue a certificate for signing, for issuing others, or for timestamps."""
    usage = dict.fromkeys(
        (
            "digital_signature",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    builder = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer)
        .public_key(key.public_key())
        .serial_number(next(_serials))
        .not_valid_before(_BEGIN)
        .not_valid_after(_END)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(content_commitment=not is_authority, key_cert_sign=is_authority, **usage),
            critical=True,
        )
    )
    if stamps:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    if answers_at:
        builder = builder.add_extension(_asking(answers_at), critical=False)
    built = builder.sign(by, hashes.SHA256())
    return asn1.Certificate.load(built.public_bytes(Encoding.DER))


def _asking(address: str) -> x509.AuthorityInformationAccess:
    """Say in a certificate where its issuer answers, and where that one's own is to be had."""
    place = x509.UniformResourceIdentifier(address)
    kinds = (AuthorityInformationAccessOID.OCSP, AuthorityInformationAccessOID.CA_ISSUERS)
    return x509.AuthorityInformationAccess([x509.AccessDescription(kind, place) for kind in kinds])


@functools.cache
def key(label: str = "") -> ec.EllipticCurvePrivateKey:
    """A key of somebody's own."""
    return ec.generate_private_key(ec.SECP256R1())


def of_oneself(words: str, *, number: str) -> Card:
    """A card whose certificate its holder made, with anybody's name and number."""
    subject = named(words, number=number)
    certificate = issued(subject, key("own"), issuer=subject, by=key("own"))
    return Card(certificate=certificate, chain=(), key=key("own"))


def imitation(name: str, *, number: str) -> Card:
    """A card by authorities that bear the names of the real ones, with keys of their own."""
    real = pki().signer(name)
    authority = x509.load_der_x509_certificate(real.chain[0].dump()).subject
    root = x509.load_der_x509_certificate(real.chain[-1].dump()).subject
    roots_own = issued(root, key("root"), issuer=root, by=key("root"), is_authority=True)
    authoritys = issued(authority, key("ca"), issuer=root, by=key("root"), is_authority=True)
    subject = named("Lieve Wouters (Signature)", number=number)
    return Card(
        certificate=issued(subject, key("card"), issuer=authority, by=key("ca")),
        chain=(authoritys, roots_own),
        key=key("card"),
    )


def that_asks(address: str, *, issuer: str = "", is_genuine: bool = False) -> Card:
    """A card that wants us to call an address: by nobody, as if by an authority, or really so."""
    subject = named("Please Call (Signature)", number="85073003328")
    name = named("Nobody")
    if issuer:
        name = x509.load_der_x509_certificate(pki().certificate(issuer).dump()).subject
    by = pki().signer(issuer).key if is_genuine else key("nobody")
    certificate = issued(subject, key("call"), issuer=name, by=by, answers_at=address)
    return Card(certificate=certificate, chain=(), key=key("call"))


def with_a_small_key(*, number: str) -> Card:
    """A card that a real authority issued for a key that is too short by now."""
    small = rsa.generate_private_key(public_exponent=65_537, key_size=1024)
    authority = pki().signer("citizen-ca")
    issuer = x509.load_der_x509_certificate(authority.certificate.dump()).subject
    subject = named("Korte Sleutel (Signature)", number=number)
    return Card(
        certificate=issued(subject, small, issuer=issuer, by=authority.key),
        chain=(authority.certificate, *authority.chain),
        key=small,
    )


@functools.cache
def crowd(number: int) -> tuple[asn1.Certificate, ...]:
    """Authorities of one name and one key, each issued by that name."""
    name = named("One Of Many")
    one = issued(name, key("crowd"), issuer=name, by=key("crowd"), is_authority=True)
    copies = []
    for serial in range(number):
        copy = one.copy()
        copy["tbs_certificate"]["serial_number"] = 10**6 + serial
        copies.append(asn1.Certificate.load(copy.dump(force=True)))
    return tuple(copies)


def below_the_crowd(number: int) -> Card:
    """A card whose issuer could be any of many."""
    subject = named("Lost In The Crowd (Signature)", number="85073003328")
    certificate = issued(subject, key("lost"), issuer=named("One Of Many"), by=key("crowd"))
    return Card(certificate=certificate, chain=crowd(number), key=key("lost"))


def in_a_circle() -> Card:
    """A card by authorities that issued each other's certificates."""
    names = [named(f"Circle {place}") for place in range(3)]
    chain = tuple(
        issued(
            names[place],
            key(f"circle {place}"),
            issuer=names[(place + 1) % 3],
            by=key(f"circle {(place + 1) % 3}"),
            is_authority=True,
        )
        for place in range(3)
    )
    subject = named("Round And Round (Signature)", number="85073003328")
    certificate = issued(subject, key("round"), issuer=names[0], by=key("circle 0"))
    return Card(certificate=certificate, chain=chain, key=key("round"))


def timestamps_of_oneself(*, at: datetime.datetime) -> timestamps.TimeStamper:
    """A timestamp authority that its owner made, and that says any time that it is asked to."""
    name = named("Timestamps At Will")
    certificate = issued(name, key("time"), issuer=name, by=key("time"), stamps=True)
    authority = TimeStamper(
        tsa_cert=certificate,
        tsa_key=PrivateKeyInfo.load(
            key("time").private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        fixed_dt=at,
        md_algorithm="sha256",
    )
    return InProcessTimestamps(authority)


def for_encryption() -> asn1.Certificate:
    """A certificate to which files are encrypted."""
    reading = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    name = named("Reader")
    return issued(name, reading, issuer=name, by=reading, is_authority=True)


def answer(
    about: asn1.Certificate,
    *,
    by: PrivateKey,
    certificate: asn1.Certificate | None = None,
    at: datetime.datetime,
) -> ocsp.OCSPResponse:
    """An answer that a certificate is good, by whoever likes to say so."""
    said = x509.load_der_x509_certificate(about.dump())
    issuer = x509.load_der_x509_certificate(pki().certificate("citizen-ca").dump())
    responder = certificate
    if responder is None:
        name = named("Practice OCSP Responder Citizens EC")
        responder = issued(name, by, issuer=name, by=by)
    built = (
        OCSPResponseBuilder()
        .add_response(
            cert=said,
            issuer=issuer,
            algorithm=hashes.SHA1(),
            cert_status=OCSPCertStatus.GOOD,
            this_update=at,
            next_update=at + datetime.timedelta(days=7),
            revocation_time=None,
            revocation_reason=None,
        )
        .responder_id(OCSPResponderEncoding.HASH, x509.load_der_x509_certificate(responder.dump()))
        .certificates([x509.load_der_x509_certificate(responder.dump())])
        .sign(by, hashes.SHA256())
    )
    return ocsp.OCSPResponse.load(built.public_bytes(Encoding.DER))
