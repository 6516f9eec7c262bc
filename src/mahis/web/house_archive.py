"""Archive copies as the house makes them: what it takes, and one at once where that can be."""

import functools
import logging
import threading
import time

from django.conf import settings

from mahis.domain.mandate import AuthorisationReference
from mahis.gateways import pdf_signatures
from mahis.gateways.pdf_signatures import Archivist, ExaminerSettings
from mahis.gateways.timestamping import TimestampUnavailable
from mahis.usecases import archive_signed
from mahis.usecases.archive_signed import Means
from mahis.web import clock, house_documents

_log = logging.getLogger(__name__)

#: Two threads that ask first at once make one thing only.
_MAKING = threading.Lock()
#: So long nobody who brings a form back waits again for timestamps that did not come.
_PAUSE_SECONDS = 300.0


def means() -> Means:
    """Give what it takes to make copies; raises SealNotConfigured or TrustUnavailable."""
    return Means(
        archivist=_archivist(),
        examiner=house_documents.examiner(),
        trust=house_documents.trusted(),
        timestamps=house_documents.sealer().timestamps,
        rules=house_documents.rules(),
        files=house_documents.files(),
    )


def archive_now(*, reference: AuthorisationReference, number: int) -> None:
    """Make the archive copy of a form that was just accepted, if that can be done now.

    Whoever brought the form hears of nothing else: the clock makes later what was not made now.
    """
    if not _PAUSE.is_over():
        return
    try:
        archive_signed.archive(reference=reference, number=number, means=means(), at=clock.now())
    except TimestampUnavailable:
        _PAUSE.begin()
        _log.warning("document %s of %s is archived later: no timestamp", number, reference)
    except Exception as failure:  # noqa: BLE001 - the form is accepted, whatever becomes of its copy
        # The words of an error may quote what stands in a row, so only its kind is told.
        kind = type(failure).__name__
        _log.warning("document %s of %s is not archived yet: %s", number, reference, kind)


class _Pause:
    """A while in which nothing is tried."""

    def __init__(self) -> None:
        self._ends = 0.0

    def begin(self) -> None:
        self._ends = time.monotonic() + _PAUSE_SECONDS

    def is_over(self) -> bool:
        return time.monotonic() >= self._ends


_PAUSE = _Pause()


def _archivist() -> Archivist:
    with _MAKING:
        return _made(settings.EXAMINER)


@functools.cache
def _made(chosen: ExaminerSettings) -> Archivist:
    return pdf_signatures.archivist_of(chosen)
