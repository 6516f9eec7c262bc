"""What documents need under test: a seal, timestamps, trust and a store, as settings name them."""

import datetime
import pathlib
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from mahis.domain.parties import Actor, Side
from mahis.domain.signature_evidence import field_of
from mahis.gateways.pdf_signatures import ExaminerSettings
from mahis.gateways.seal_settings import SealSettings
from mahis.gateways.trust import TrustSettings
from tests.integration.portal.people import as_, go
from tests.pki import pki

#: The moment at which the tests of the portal play.
NOW = datetime.datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Brussels"))


def equip(settings: Any, folder: pathlib.Path, *, tsa_url: str = "") -> None:
    """Set the service up with the throw-away keys, as its operator would."""
    seal = pki().seal_files(folder)
    settings.SEALING = SealSettings(
        key_file=seal.key,
        certificate_file=seal.certificates,
        tsa_url=tsa_url or pki().tsa_url,
        tsa_timeout_seconds=2,
        tsa_tries=1,
    )
    settings.TRUST = TrustSettings(
        folder=pki().write_trust_folder(folder / "trust"), lists_dir=folder / "lists"
    )
    settings.EXAMINER = ExaminerSettings(workers=1, cpu_seconds=10, private_addresses=True)
    settings.DOCUMENTS_DIR = folder / "documents"


def signed(pdf: bytes, side: Side, *, by: Actor, at: datetime.datetime, **more: Any) -> bytes:
    """Sign in a party's field with the card of somebody."""
    person = by.person
    card = pki().person(person.insz, person.given_name, person.family_name)
    return pki().sign(pdf, field=field_of(side), by=card, at=at, **more)


def pdf_file(data: bytes, name: str = "signed.pdf") -> SimpleUploadedFile:
    """Give a file as a browser sends it."""
    return SimpleUploadedFile(name, data, "application/pdf")


def download(actor: Actor, reference: object, number: int) -> bytes:
    """Download a document."""
    answer = as_(actor).get(go("document", reference, number))
    assert answer.status_code == 200
    return bytes(answer.content)
