"""Authorisations whose scan waits for the office, submitted by the real use case."""

import datetime

from mahis.domain.mandate import AuthorisationReference
from mahis.store import models
from mahis.usecases import upload_scan
from mahis.web import house_documents
from tests.factories import roads
from tests.factories.mandates import TODAY, moment
from tests.unit.scans import making


def a_scan(*, pages: int = 2, shade: int = 0) -> bytes:
    """Give a scan; another shade gives other bytes."""
    return making.pdf(pages=pages, objects=[f"({shade})"])


def submitted(
    cast,
    *groups: str,
    pages: int = 2,
    minute: int = 1,
    by=None,
    start: str = "4/2026",
    scan: bytes | None = None,
) -> AuthorisationReference:
    """Draw up and submit a scan, `minute` minutes into the day of the tests."""
    drawn_by = by or cast.director
    reference = roads.drawn_up(drawn_by, cast.accountant, *(groups or ("several",)), start=start)
    upload_scan.upload(
        actor=drawn_by,
        reference=reference,
        version=1,
        pages=[(scan or a_scan(pages=pages, shade=minute), "application/pdf")],
        scans=house_documents.scans(),
        files=house_documents.files(),
        limits=roads.LIMITS,
        at=moment(TODAY, minute),
        on=TODAY,
        file_name="scan.pdf",
    )
    return reference


def office_of(actor) -> int:
    """Give the row of the function by which somebody may sign."""
    return models.Office.objects.get(person=actor.person.insz).pk


def passed(minutes: int, *, since: datetime.datetime) -> datetime.datetime:
    """Give the moment so many minutes later."""
    return since + datetime.timedelta(minutes=minutes)
