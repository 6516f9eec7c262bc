"""A whole public key infrastructure from one description: issues, revokes, answers for itself."""

import copy
import datetime
import hashlib
import pathlib
import secrets
from collections.abc import Iterator
from typing import Any

import certomancer.default_plugins  # noqa: F401  # what the descriptions call by name
import pyhanko.sign.ades.qualified_asn1  # noqa: F401  # teaches asn1crypto qualified statements
import yaml
from asn1crypto import crl, ocsp, pem, x509  # type: ignore[import-untyped]
from certomancer.registry import ArchLabel, CertLabel, PKIArchitecture, ServiceLabel
from certomancer.services import TimeStamper

from mahis.domain.parties import Person
from mahis.standins.trust import private_files
from mahis.standins.trust.cards import Card
from mahis.standins.trust.keys import Keys
from mahis.standins.trust.names import Names

#: Name of the infrastructure in the addresses of its services.
LABEL = "practice"
_TIMESTAMPING = ServiceLabel("tsa")


class Authority:
    """The infrastructure of one description, with its keys and certificates."""

    def __init__(
        self, description: pathlib.Path, *, address: str, folder: pathlib.Path | None = None
    ) -> None:
        """Read a description; `address` is where its services will answer.

        With a folder, keys and certificates are kept there and found again by the next start.
        """
        self.address = address
        self._config: dict[str, Any] = yaml.safe_load(description.read_text(encoding="utf-8"))
        self._keys = Keys(self._config.pop("keys"), folder=folder / "keys" if folder else None)
        self._certificates = _Certificates(folder / "certificates" if folder else None)
        self._secret = _secret(folder)
        self._arch: PKIArchitecture | None = None

    @property
    def arch(self) -> PKIArchitecture:
        """The infrastructure as certomancer knows it, with everybody who was added up to now."""
        if self._arch is None:
            self._arch = self._build()
        return self._arch

    def certificate(self, label: str) -> x509.Certificate:
        """Give a certificate by its label, issuing it where it was not yet."""
        return self.arch.get_cert(CertLabel(label))

    def certificates(self) -> Iterator[tuple[str, x509.Certificate]]:
        """Give the certificates of everybody in the description."""
        for label in self._config["certs"]:
            yield label, self.certificate(label)

    def chain(self, label: str) -> list[x509.Certificate]:
        """Give the authorities above a certificate, the root last."""
        return [self.arch.get_cert(each) for each in self.arch.get_chain(CertLabel(label))]

    def card(self, name: str) -> Card:
        """Give the card of a name in the description, or of one that `issue` gave.

        It signs with the certificate `<name>-signature`, or with the one of just that name.
        """
        label = f"{name}-signature"
        if label not in self._config["certs"]:
            label = name
        return Card(
            certificate=self.certificate(label),
            chain=tuple(self.chain(label)),
            key=self._keys[self.arch.get_cert_spec(CertLabel(label)).subject_key].private,
        )

    def label_of(self, certificate: x509.Certificate) -> str:
        """Give the label of a certificate that was issued here."""
        return next(str(label) for label, each in self._certificates.items() if each == certificate)

    def issue(self, person: Person, *, kind: str = "citizen", key: str = "ec-384") -> str:
        """Issue a card to an invented person, once; gives its name.

        `kind` is a card of the description whose certificates it follows. Neither name nor serial
        number tells anything about the person.
        """
        seed = f"{self._secret}{person.insz.digits}{person.name}{kind}{key}"
        digest = hashlib.sha256(seed.encode()).hexdigest()
        name = f"card-{digest[:16]}"
        if name in self._config["entities"]:
            return name
        self._config["entities"][name] = {
            "common-name": f"{person.given_name} {person.family_name} (Signature)",
            "given-name": person.given_name,
            "surname": person.family_name,
            "serial-number": person.insz.digits,
        }
        for number, use in enumerate(("signature", "authentication")):
            self._keys.describe(f"{name}-{use}", key)
            self._config["certs"][f"{name}-{use}"] = {
                "template": f"{kind}-{use}",
                "subject": name,
                "subject-key": f"{name}-{use}",
                "serial": int(digest[16:46], 16) * 2 + number,
            }
        self._arch = None
        return name

    def revoke(self, label: str, *, since: datetime.datetime) -> None:
        """Revoke a certificate from a moment on."""
        self._config["certs"][label]["revocation"] = {
            "revoked-since": since.isoformat(),
            "reason": "key_compromise",
        }
        self._arch = None

    def timestamper(self, *, at: datetime.datetime | None = None) -> TimeStamper:
        """Give the timestamping authority, at the time of the clock or at a moment."""
        return self.arch.service_registry.summon_timestamper(_TIMESTAMPING, at_time=at)

    def crls(self, *, at: datetime.datetime) -> list[crl.CertificateList]:
        """Give every list of revoked certificates that is served here, as it was at a moment."""
        repositories = self.arch.service_registry.list_crl_repos()
        return [
            self.crl(str(each.label), at=at)
            for each in repositories
            if each.external_url_prefix == self.address
        ]

    def crl(self, issuer: str, *, at: datetime.datetime) -> crl.CertificateList:
        """Give the list of revoked certificates of an authority as it was at a moment."""
        return self.arch.service_registry.get_crl(ServiceLabel(issuer), at_time=at)

    def ocsp(self, certificate: x509.Certificate, *, at: datetime.datetime) -> ocsp.OCSPResponse:
        """Give the answer to the question whether a certificate was revoked at a moment."""
        responder = next(
            each
            for each in self.arch.service_registry.list_ocsp_responders()
            if self.arch.entities[each.for_issuer] == certificate.issuer
        )
        issuer = self.certificate(str(responder.for_issuer))
        asked = {
            "hash_algorithm": {"algorithm": "sha1"},
            "issuer_name_hash": issuer.subject.sha1,
            "issuer_key_hash": issuer.public_key.sha1,
            "serial_number": certificate.serial_number,
        }
        request = ocsp.OCSPRequest({"tbs_request": {"request_list": [{"req_cert": asked}]}})
        service = self.arch.service_registry.summon_responder(responder.label, at_time=at)
        return service.build_ocsp_response(request)

    @property
    def tsa_url(self) -> str:
        """Where timestamps are given."""
        return self.arch.service_registry.get_tsa_info(_TIMESTAMPING).url

    def _build(self) -> PKIArchitecture:
        config = copy.deepcopy(self._config)
        return PKIArchitecture(
            ArchLabel(LABEL),
            key_set=self._keys,
            entities=Names(config["entities"], config.get("entity-defaults", {})),
            cert_spec_config=config["certs"],
            service_config=config["services"],
            external_url_prefix=self.address,
            cert_cache=self._certificates,
        )


class _Certificates(dict[CertLabel, x509.Certificate]):
    """Certificates as they were issued, also by earlier starts where there is a folder."""

    def __init__(self, folder: pathlib.Path | None) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, label: CertLabel) -> x509.Certificate:
        if self._folder is None:
            raise KeyError(label)
        try:
            content = (self._folder / f"{label}.pem").read_bytes()
        except FileNotFoundError:
            raise KeyError(label) from None
        found = x509.Certificate.load(pem.unarmor(content)[2])
        super().__setitem__(label, found)
        return found

    def __setitem__(self, label: CertLabel, certificate: x509.Certificate) -> None:
        if self._folder is not None:
            private_files.write(self._folder / f"{label}.pem", as_pem(certificate))
        super().__setitem__(label, certificate)


def as_pem(*certificates: x509.Certificate) -> bytes:
    """Give certificates as a PEM file."""
    return b"".join(pem.armor("CERTIFICATE", each.dump()) for each in certificates)


def _secret(folder: pathlib.Path | None) -> str:
    """Give what keeps labels of cards from telling a national number, kept with the keys."""
    if folder is None:
        return secrets.token_hex()
    file = folder / "keys" / "labels.secret"
    if not file.exists():
        private_files.write(file, secrets.token_hex().encode())
    return file.read_text(encoding="ascii")
