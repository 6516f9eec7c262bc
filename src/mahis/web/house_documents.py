"""What documents need in every request, made once a process: store, seal, trust, readers."""

import dataclasses
import functools
import threading

from django.conf import settings

from mahis.domain.signed_forms import Rules
from mahis.gateways import pdf_forms, pdf_signatures, trust
from mahis.gateways.files import Files
from mahis.gateways.pdf_forms import Sealer
from mahis.gateways.pdf_signatures import Examiner, ExaminerSettings
from mahis.gateways.scans import Scans
from mahis.gateways.trust import TrustMaterial
from mahis.web import clock

#: Two threads that ask first at once make one thing only.
_MAKING = threading.Lock()


def files() -> Files:
    """Give the store of files."""
    return Files(settings.DOCUMENTS_DIR)


def sealer() -> Sealer:
    """Give what seals forms; raises SealNotConfigured."""
    return pdf_forms.sealer_of(settings.SEALING)


def examiner() -> Examiner:
    """Give the readers of signed files; their processes start with the first file."""
    with _MAKING:
        return _examiner(settings.EXAMINER)


def visitors_examiner() -> Examiner:
    """Give a reader for those who did not log in, so that they keep nobody else waiting."""
    with _MAKING:
        return _visitors_examiner(dataclasses.replace(settings.EXAMINER, workers=1))


def scans() -> Scans:
    """Give the readers of scans; their processes start with the first scan."""
    with _MAKING:
        return _scans()


def trusted() -> TrustMaterial:
    """Give whom this installation trusts now; raises TrustUnavailable."""
    return trust.current(settings.TRUST, at=clock.now())


def rules() -> Rules:
    """Give what this installation demands of signatures."""
    found = settings.SIGNATURE_RULES
    assert isinstance(found, Rules)
    return found


@functools.cache
def _examiner(chosen: ExaminerSettings) -> Examiner:
    return pdf_signatures.examiner_of(chosen)


@functools.cache
def _visitors_examiner(chosen: ExaminerSettings) -> Examiner:
    return pdf_signatures.examiner_of(chosen)


@functools.cache
def _scans() -> Scans:
    return Scans()
