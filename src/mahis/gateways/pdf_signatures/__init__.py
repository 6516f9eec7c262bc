"""Reading PDFs for their signatures: facts, found by libraries that are kept apart."""

from mahis.gateways.pdf_signatures.examiner import (
    BELGIAN_POLICIES,
    Examiner,
    ExaminerSettings,
    examiner_of,
)
from mahis.gateways.pdf_signatures.fetching import FetchSettings

__all__ = ["BELGIAN_POLICIES", "Examiner", "ExaminerSettings", "FetchSettings", "examiner_of"]
