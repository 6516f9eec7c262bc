"""A desk for documents: seal, timestamps, store, readers, and cards for the people of the stage."""

import dataclasses
import pathlib
from typing import Any

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor, Language, Side
from mahis.domain.signature_evidence import field_of
from mahis.domain.signed_forms import Rules
from mahis.gateways.files import Files
from mahis.gateways.pdf_forms import Sealer, SealSettings
from mahis.gateways.pdf_signatures import Examiner
from mahis.gateways.scans import Scans
from mahis.gateways.trust import TrustMaterial
from mahis.store import models
from mahis.usecases import make_form, upload_authorisation, upload_scan
from tests.integration.usecases.scene import DAY, LIMITS, Scene, moment
from tests.pki import pki


def sealer(folder: pathlib.Path, *, tsa_url: str = "") -> Sealer:
    """Make the register's seal; the practice services give its timestamps unless told."""
    files = pki().seal_files(folder)
    return Sealer(
        SealSettings(
            key_file=files.key,
            certificate_file=files.certificates,
            tsa_url=tsa_url or pki().tsa_url,
            tsa_timeout_seconds=5,
            tsa_tries=1,
        )
    )


def signed(pdf: bytes, side: Side, *, by: Actor, kind: str = "citizen", **more: Any) -> bytes:
    """Sign in a party's field with the card of somebody of the stage."""
    card = pki().person(by.person.insz, by.person.given_name, by.person.family_name, kind=kind)
    return pki().sign(pdf, field=field_of(side), by=card, at=moment(minute=1), **more)


@dataclasses.dataclass
class Desk:
    """What the use cases of documents need beside the stage."""

    sealer: Sealer
    files: Files
    examiner: Examiner
    scans: Scans
    trust: TrustMaterial = dataclasses.field(default_factory=lambda: pki().trust())

    def make(
        self,
        stage: Scene,
        reference: AuthorisationReference,
        *,
        actor: Actor | None = None,
        language: Language | None = None,
        version: int | None = None,
    ) -> int:
        """Make the form, from a page made just now unless told otherwise."""
        return make_form.make_form(
            actor=actor or stage.director,
            reference=reference,
            version=version or stage.row(reference).version,
            language=language,
            sealer=self.sealer,
            files=self.files,
            at=moment(),
            on=DAY,
        )

    def form(self, stage: Scene, reference: AuthorisationReference, **more: Any) -> bytes:
        """Make the form and give its bytes."""
        return self.data(reference, self.make(stage, reference, **more))

    def data(self, reference: AuthorisationReference, number: int) -> bytes:
        """Give the bytes of a document."""
        return self.files.read(document(reference, number).document_id)

    def upload(
        self,
        stage: Scene,
        reference: AuthorisationReference,
        data: bytes,
        *,
        actor: Actor | None = None,
        version: int | None = None,
        rules: Rules = Rules(),  # noqa: B008 - frozen
        **more: Any,
    ) -> int:
        """Bring a signed form back, from a page made just now unless told otherwise."""
        return upload_authorisation.upload(
            actor=actor or stage.director,
            reference=reference,
            version=version or stage.row(reference).version,
            data=data,
            examiner=self.examiner,
            trust=self.trust,
            rules=rules,
            files=self.files,
            limits=LIMITS,
            at=moment(minute=10),
            on=DAY,
            **more,
        )

    def submit(
        self,
        stage: Scene,
        reference: AuthorisationReference,
        *pages: tuple[bytes, str],
        actor: Actor | None = None,
        version: int | None = None,
        **more: Any,
    ) -> int:
        """Submit a scan, from a page made just now unless told otherwise."""
        return upload_scan.upload(
            actor=actor or stage.director,
            reference=reference,
            version=version or stage.row(reference).version,
            pages=pages,
            scans=self.scans,
            files=self.files,
            limits=LIMITS,
            at=moment(minute=10),
            on=DAY,
            **more,
        )


def document(reference: AuthorisationReference, number: int) -> models.AuthorisationDocument:
    """Read a document of an authorisation."""
    return models.AuthorisationDocument.objects.select_related("document", "form").get(
        authorisation_id=reference.number, number=number
    )
