"""Files that people download: always as a file of the right name, never opened in the browser."""

import contextlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO, TypeVar
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from mahis.domain.refusals import NotFound

#: What no system forbids in a name; anything else becomes a hyphen.
_FORBIDDEN = re.compile(r"[^\w.() -]+")
_LONGEST_NAME = 120
_PIECE = 2**16

_Response = TypeVar("_Response", bound=HttpResponseBase)


class DocumentUnknown(NotFound):
    """There is no such document or report, or not for this enterprise; all are told alike."""

    code = "documentUnknown"


def attachment(*, data: bytes, name: str, media_type: str) -> HttpResponse:
    """Give a file to be kept, with the name that it gets on the person's own machine.

    Whatever it holds, the browser must not open it as a page of ours: it is saved, its type is
    not guessed, and if it is opened all the same, no script runs and nothing is loaded.
    """
    return _to_be_kept(HttpResponse(data, content_type=media_type), name)


def large_attachment(
    *, opened: AbstractContextManager[BinaryIO], size: int, name: str, media_type: str
) -> StreamingHttpResponse:
    """Give a file as `attachment` does, piece by piece, so that it can be of any size.

    It is opened before anything is answered, so that what keeps it from being read is told.
    """
    stack = contextlib.ExitStack()
    file = stack.enter_context(opened)
    response = StreamingHttpResponse(_pieces(stack, file), content_type=media_type)
    response["Content-Length"] = str(size)
    return _to_be_kept(response, name)


def _pieces(stack: contextlib.ExitStack, file: BinaryIO) -> Iterator[bytes]:
    with stack:
        while piece := file.read(_PIECE):
            yield piece


def _to_be_kept(response: _Response, name: str) -> _Response:
    response["Content-Disposition"] = _disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store, private"
    return response


def _disposition(name: str) -> str:
    """Write a name as RFC 6266 wants it: in ASCII for old programs, and as it is for all others."""
    safe = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", name))[-_LONGEST_NAME:].lstrip(". -")
    safe = safe or "document"
    plain = unicodedata.normalize("NFKD", safe).encode("ascii", "ignore").decode()
    written = f'attachment; filename="{plain.strip() or "document"}"'
    return written if plain == safe else f"{written}; filename*=UTF-8''{quote(safe, safe='')}"
