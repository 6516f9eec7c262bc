"""The infrastructure itself: who is trusted, who signs, and the services that answer for them."""

import contextlib
import dataclasses
import datetime
import functools
import pathlib
import socket
from collections.abc import Iterator
from typing import Any

from asn1crypto import x509  # type: ignore[import-untyped]
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator import ValidationContext

from mahis.domain.identifiers import Insz
from mahis.domain.parties import Person
from mahis.gateways.trust.material import TrustMaterial
from mahis.standins.trust import cards, private_files
from mahis.standins.trust.authority import Authority, as_pem
from mahis.standins.trust.cards import Card
from mahis.standins.trust.keys import as_pem as key_as_pem
from mahis.standins.trust.services import serving
from mahis.web import clock

_DESCRIPTION = pathlib.Path(__file__).with_name("pki.yml")
_KEYS = {"ec": "ec-384", "rsa": "rsa-2048"}
_INTERMEDIATES = ("citizen-ca", "citizen-ca-rsa", "foreigner-ca")


@functools.cache
def pki() -> "Pki":
    """Give the infrastructure of this process."""
    return Pki()


@dataclasses.dataclass(frozen=True, kw_only=True)
class SealFiles:
    """What a register seals with, as files."""

    key: pathlib.Path
    #: Certificate of the seal, then those above it.
    certificates: pathlib.Path


class Pki:
    """Everything in `pki.yml`, and everybody who is added while tests run."""

    def __init__(self) -> None:
        # The addresses stand in the certificates, so the port is taken before the first is made.
        self._reserved = socket.socket()
        self._reserved.bind(("127.0.0.1", 0))
        # Only now, so that no other process is given the port too, and our own can listen at it.
        self._reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.port = int(self._reserved.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.authority = Authority(_DESCRIPTION, address=self.url)

    # ------------------------------------------------------------------------- who is trusted

    def certificate(self, label: str) -> x509.Certificate:
        """A certificate by its name in `pki.yml`."""
        return self.authority.certificate(label)

    def trust(self) -> TrustMaterial:
        """What an operator who trusts this infrastructure has configured."""
        return TrustMaterial(
            roots=(self._der("root"),),
            intermediates=tuple(self._der(label) for label in _INTERMEDIATES),
            tsa_roots=(self._der("tsa-root"),),
            seal_roots=(self._der("seal-root"),),
            source="tests/pki",
        )

    def write_trust_folder(self, folder: pathlib.Path) -> pathlib.Path:
        """Write the same as a folder of certificates that an operator pins."""
        parts = {"root": "", **dict.fromkeys(_INTERMEDIATES, "")}
        parts |= {"tsa-root": "tsa", "seal-root": "seal"}
        for label, part in parts.items():
            file = folder / part / f"{label}.pem"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(as_pem(self.certificate(label)))
        return folder

    def seal_files(self, folder: pathlib.Path) -> SealFiles:
        """Write the register's seal as an operator keeps it."""
        card = self.signer("seal")
        files = SealFiles(key=folder / "seal-key.pem", certificates=folder / "seal.pem")
        private_files.write(files.key, key_as_pem(card.key))
        private_files.write(files.certificates, as_pem(card.certificate, *card.chain))
        return files

    def _der(self, label: str) -> bytes:
        return bytes(self.certificate(label).dump())

    # ---------------------------------------------------------------------------- who signs

    def signer(self, name: str) -> Card:
        """The card of somebody in `pki.yml`; `<name>-authentication` for its other certificate."""
        return self.authority.card(name)

    def person(
        self,
        insz: Insz | str,
        given_name: str,
        family_name: str,
        *,
        kind: str = "citizen",
        key: str = "ec",
        use: str = "signature",
    ) -> Card:
        """A card for an invented person; asked again it is the same one."""
        person = Person(
            insz=insz if isinstance(insz, Insz) else Insz(insz),
            given_name=given_name,
            family_name=family_name,
        )
        if key == "rsa" and kind == "citizen":
            kind = "citizen-rsa"
        name = self.authority.issue(person, kind=kind, key=_KEYS[key])
        return self.authority.card(f"{name}-{use}")

    def revoke(self, card: Card, *, since: datetime.datetime) -> None:
        """Revoke a card's certificate from a moment on, in both its services."""
        self.authority.revoke(self.authority.label_of(card.certificate), since=since)

    def sign(
        self,
        pdf: bytes,
        *,
        field: str,
        by: str | Card | signers.Signer = "citizen",
        timestamp: bool = False,
        embed_revocation: bool = False,
        digest: str | None = None,
        at: datetime.datetime | None = None,
        docmdp: fields.MDPPerm | None = None,
        subfilter: fields.SigSeedSubFilter = fields.SigSeedSubFilter.PADES,
        new_field: fields.SigFieldSpec | None = None,
        **settings: Any,
    ) -> bytes:
        """Sign a PDF as a card does: PAdES level B; B-T with `timestamp`, B-LT with both.

        `at` is the time that the signature claims and its timestamp proves; `docmdp` makes it a
        certification. A field that is not there is made. `settings` are those of pyHanko.
        """
        signer = self.signer(by).signer if isinstance(by, str) else by
        if isinstance(signer, Card):
            signer = signer.signer
        asked = dataclasses.replace(
            cards.as_card(field, digest=digest), subfilter=subfilter, **settings
        )
        if docmdp is not None:
            asked = dataclasses.replace(asked, certify=True, docmdp_permissions=docmdp)
        if embed_revocation:
            asked = dataclasses.replace(
                asked, embed_validation_info=True, validation_context=self.context(at=at)
            )
        return cards.sign(
            pdf,
            signer=signer,
            settings=asked,
            at=at,
            timestamper=self.timestamper(at=at) if timestamp else None,
            new_field=new_field,
        )

    # ----------------------------------------------------------------------------- services

    def timestamper(self, *, at: datetime.datetime | None = None) -> timestamps.TimeStamper:
        """Timestamps in this process, at the time of the clock or at a moment."""
        return cards.InProcessTimestamps(self.authority.timestamper(at=at))

    @property
    def tsa_url(self) -> str:
        """Where `serve` gives timestamps."""
        return self.authority.tsa_url

    def context(self, *, at: datetime.datetime | None = None, **settings: Any) -> ValidationContext:
        """What plain pyHanko needs to validate a signature: trust, and the lists of the moment."""
        trust = self.trust()
        roots = [*trust.roots, *trust.tsa_roots, *trust.seal_roots]
        return ValidationContext(
            trust_roots=[x509.Certificate.load(each) for each in roots],
            other_certs=[x509.Certificate.load(each) for each in trust.intermediates],
            crls=self.authority.crls(at=at or clock.now()),
            moment=at,
            allow_fetching=False,
            **settings,
        )

    @contextlib.contextmanager
    def serve(self, *, at: datetime.datetime | None = None) -> Iterator[str]:
        """Answer for OCSP, CRL, timestamps and certificates while the block lasts; gives the URL.

        Answers are of the time of the clock, or of a moment.
        """
        with serving(self.authority, port=self.port, at=at) as address:
            yield address
