"""Files that people send: counted while they arrive, and known by what they hold (C10, C12).

Django's own handlers keep what is small in memory and name temporary files after what was sent;
ours keeps nothing in memory, names nothing, and ends the reading with the first byte too many.
"""

import dataclasses
import enum
import tempfile
import weakref
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from mahis.domain.form_refusals import FileNotAPdf, FileTooLarge
from mahis.web import house_rules, typed, upload_refusals

#: What a request with files may hold beside them: the form's other fields, and the borders.
_ROOM_BESIDE_FILES = 2**16
_LONGEST_NAME = 120


class MediaType(enum.StrEnum):
    """The types of files that are taken."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


#: How a file of each type begins.
_BEGINNINGS = {
    MediaType.PDF: b"%PDF-",
    MediaType.PNG: b"\x89PNG\r\n\x1a\n",
    MediaType.JPEG: b"\xff\xd8\xff",
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Received:
    """One file that was sent."""

    #: As the sender calls it, without folders and control characters; for people to read only.
    name: str
    data: bytes = dataclasses.field(repr=False)
    #: By what it holds; None where it is of no type that is taken.
    media_type: MediaType | None


class UploadTooLarge(RequestDataTooBig):
    """More was sent in files than is taken at once; reading ended there."""

    @property
    def refusal(self) -> FileTooLarge:
        """The refusal that says so."""
        return FileTooLarge(field="file", largest=house_rules.largest_upload())


class BoundedUpload(FileUploadHandler):
    """Streams the files of one request to nameless files; raises UploadTooLarge while reading."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._received = 0
        self._file: IO[bytes] | None = None

    def handle_raw_input(
        self,
        input_data: IO[bytes],  # noqa: ARG002
        META: dict[str, str],  # noqa: ARG002, N803 - Django names it
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        """Refuse by the length that was announced, before anything is read."""
        if content_length > house_rules.largest_upload() + _ROOM_BESIDE_FILES:
            raise UploadTooLarge

    def new_file(self, *described: Any, **more: Any) -> None:
        """Begin a file; it vanishes with the request at the latest, however that ends."""
        super().new_file(*described, **more)
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - outlives this function
        weakref.finalize(self, self._file.close)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Write a part of the file, unless it is one too many for all files together."""
        assert self._file is not None
        self._received += len(raw_data)
        if self._received > house_rules.largest_upload():
            raise UploadTooLarge
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """Hand on a file that has arrived."""
        assert self._file is not None
        self._file.seek(0)
        return UploadedFile(self._file, name=self.file_name, size=file_size)


def one_pdf(request: HttpRequest, *, name: str = "file") -> Received:
    """Give the one PDF that was sent; raises NoFileChosen, OneFileOnly, FileEmpty, FileNotAPdf."""
    received = one(request, name=name)
    if received.media_type is not MediaType.PDF:
        raise FileNotAPdf(field=name)
    return received


def one(request: HttpRequest, *, name: str = "file") -> Received:
    """Give the one file that was sent; raises NoFileChosen, OneFileOnly, FileEmpty."""
    received = _all(request, name)
    if len(received) > 1:
        raise upload_refusals.OneFileOnly(field=name)
    return received[0]


def several(request: HttpRequest, *, name: str) -> tuple[Received, ...]:
    """Give the files that were sent, all of a type that is taken, in their order.

    Raises NoFileChosen, FileEmpty, FileOfOtherType.
    """
    received = _all(request, name)
    for each in received:
        require_known_type(each, field=name)
    return received


def require_known_type(received: Received, *, field: str = "file") -> MediaType:
    """Give the type of a file; raises FileOfOtherType where it is none that is taken."""
    if received.media_type is None:
        raise upload_refusals.FileOfOtherType(field=field, name=received.name)
    return received.media_type


def _all(request: HttpRequest, name: str) -> tuple[Received, ...]:
    sent = request.FILES.getlist(name)
    if not sent:
        raise upload_refusals.NoFileChosen(field=name)
    received = tuple(_received(file) for file in sent)
    for each in received:
        if not each.data:
            raise upload_refusals.FileEmpty(field=name, name=each.name)
    return received


def _received(file: "UploadedFile[bytes]") -> Received:
    data = file.read()
    kinds = [kind for kind, begins in _BEGINNINGS.items() if data.startswith(begins)]
    return Received(
        name=typed.one_line(file.name or "")[:_LONGEST_NAME],
        data=data,
        media_type=kinds[0] if kinds else None,
    )
