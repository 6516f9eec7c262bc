"""Reading PDFs for their signatures: facts, found by libraries that are kept apart."""

from mahis.gateways.pdf_signatures.archivist import Archivist, NotArchivable, archivist_of
from mahis.gateways.pdf_signatures.examiner import (
    BELGIAN_POLICIES,
    Examiner,
    ExaminerSettings,
    examiner_of,
)
from mahis.gateways.pdf_signatures.fetching import FetchSettings

__all__ = [
    "BELGIAN_POLICIES",
    "Archivist",
    "Examiner",
    "ExaminerSettings",
    "FetchSettings",
    "NotArchivable",
    "archivist_of",
    "examiner_of",
]
