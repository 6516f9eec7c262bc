"""The parts of a publication: multipart/form-data (RFC 7578), read to the letter."""

import dataclasses
import re
import urllib.parse
from collections.abc import Mapping, Sequence

from mahis.standins.ebox.message import PART, AnnouncedFile
from mahis.standins.ebox.problems import Problem

#: Media types of files, by the published list.
MEDIA_TYPES = frozenset({
    "application/pdf",
    "application/zip",
    "text/csv",
    "text/html",
    "text/plain",
    "text/xml",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.graphics",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-powerpoint",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
})  # fmt: skip
_LONGEST_FILE_NAME = 255
_BOUNDARY = re.compile(
    r"multipart/form-data\s*;\s*boundary=(\"?)([0-9A-Za-z'()+_,./:=? -]{1,70})\1"
)
_DISPOSITION = re.compile(
    rb'form-data\s*;\s*name="([^"\\\r\n]+)"(?:\s*;\s*filename="([^"\\\r\n]*)")?', re.IGNORECASE
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Part:
    """One part as it came."""

    file_name: str | None
    media_type: str
    content: bytes


@dataclasses.dataclass(frozen=True, kw_only=True)
class File:
    """A file of a message that keeps to the contract."""

    file_name: str
    media_type: str
    is_main: bool
    is_signed: bool
    content: bytes


def read(body: bytes, *, content_type: str) -> dict[str, Part]:
    """Split a body into its parts, in whatever order they come; raises Problem."""
    kind = _BOUNDARY.fullmatch(content_type.strip())
    if kind is None:
        raise Problem(
            415,
            "A message comes as multipart/form-data with a boundary.",
            name="Content-Type",
            place="header",
        )
    before, *pieces = (b"\r\n" + body).split(b"\r\n--" + kind.group(2).encode("ascii"))
    if before or not pieces or pieces.pop() not in {b"--", b"--\r\n"}:
        raise Problem(400, "The parts do not begin or end as they should.", name="body")
    parts: dict[str, Part] = {}
    for piece in pieces:
        name, part = _part(piece)
        if name in parts:
            raise Problem(400, "Two parts have this name.", name=name)
        parts[name] = part
    return parts


def files_of(parts: Mapping[str, Part], announced: Sequence[AnnouncedFile]) -> tuple[File, ...]:
    """Give the files that a message announces, in its order; raises Problem."""
    for name in parts:
        if name != PART and name not in {each.part for each in announced}:
            raise Problem(
                400, "Json Attachments number is inconsistent with number of parts.", name=name
            )
    return tuple(_file(parts, each, position) for position, each in enumerate(announced))


def _part(piece: bytes) -> tuple[str, Part]:
    head, blank, content = piece.partition(b"\r\n\r\n")
    if not blank or not head.startswith(b"\r\n"):
        raise Problem(400, "A part has no header.", name="body")
    headers: dict[bytes, bytes] = {}
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        headers[name.strip().lower()] = value.strip()
    disposition = _DISPOSITION.fullmatch(headers.get(b"content-disposition", b""))
    if disposition is None:
        raise Problem(
            400,
            "Each part has the header Content-Disposition with a name, and with a file name"
            " between quotes where it is a file.",
            name="Content-Disposition",
        )
    name, file_name = disposition.groups()
    if not name.isascii():
        raise Problem(400, "The name of a part is in plain letters.", name="Content-Disposition")
    field = name.decode("ascii")
    return field, Part(
        file_name=None if file_name is None else _decoded(file_name, field),
        media_type=headers.get(b"content-type", b"").decode("latin-1"),
        content=content,
    )


def _decoded(file_name: bytes, part: str) -> str:
    """Read the name of a file: ISO-8859-1, or with percent signs as in an address."""
    if not file_name.isascii() and _is_utf8(file_name):
        raise Problem(
            400, "A file name with letters outside of ISO-8859-1 must be URI-encoded.", name=part
        )
    try:
        name = urllib.parse.unquote(file_name.decode("latin-1"), errors="strict")
    except UnicodeDecodeError as error:
        raise Problem(400, "This file name is not URI-encoded UTF-8.", name=part) from error
    if not name.isprintable() or "/" in name or "\\" in name:
        raise Problem(400, "This cannot be the name of a file.", name=part)
    return name


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _file(parts: Mapping[str, Part], announced: AnnouncedFile, position: int) -> File:
    part = parts.get(announced.part)
    if part is None:
        raise Problem(
            400,
            "Some json attachment info do not match any file upload part.",
            name=f"attachments[{position}].httpPartName",
        )
    if not part.file_name or not part.media_type:
        raise Problem(400, "Missing mediaType or fileName in part.", name=announced.part)
    if len(part.file_name) > _LONGEST_FILE_NAME:
        raise Problem(
            400,
            f"A file name has at most {_LONGEST_FILE_NAME} characters.",
            name=announced.part,
        )
    media_type = part.media_type.partition(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        raise Problem(400, "Attachment mime type is not valid.", name=announced.part)
    return File(
        file_name=part.file_name,
        media_type=media_type,
        is_main=announced.is_main,
        is_signed=announced.is_signed,
        content=part.content,
    )
