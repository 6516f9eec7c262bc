"""A message for the e-Box, and the form in which it travels."""

import dataclasses
import enum
import html
import json
import urllib.parse
import uuid
from collections.abc import Iterable

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Language

#: The text of the message is a file too.
MOST_ATTACHMENTS = 5
LONGEST_SUBJECT = 400
_METADATA = "messageToPublish"
_TEXT_PART = "text"
_LANGUAGES = frozenset({Language.FRENCH, Language.DUTCH, Language.GERMAN})
#: Names of the file that holds the text, as people see them in their e-Box.
_TEXT_NAMES = {
    Language.FRENCH: "message.html",
    Language.DUTCH: "bericht.html",
    Language.GERMAN: "nachricht.html",
}
#: What may stand in a file name as it is.
_PLAIN = " !#$&'()+,-.;=@[]^_`{}~"
_PAGE = (
    '<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
    "<title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
)


class MessageUnfit(ValueError):
    """A message is made that no e-Box could ever take."""


class MessageKind(enum.Enum):
    """Whether a message only tells something or asks for something to be done."""

    NOTICE = "notice"
    ACTION = "action"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file beside the text of a message."""

    name: str
    media_type: str
    content: bytes = dataclasses.field(repr=False)
    #: Whether it carries electronic signatures.
    is_signed: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class EboxMessage:
    """One message to one enterprise in one language."""

    #: The same for each try, and for no other message ever: the number of the notice.
    idempotency_key: uuid.UUID
    recipient: EnterpriseNumber
    #: French, Dutch or German: see `EboxSettings.language_for`.
    language: Language
    subject: str = dataclasses.field(repr=False)
    #: The text as a piece of HTML, without a page around it.
    body_html: str = dataclasses.field(repr=False)
    attachments: tuple[Attachment, ...] = ()
    kind: MessageKind = MessageKind.NOTICE

    def __post_init__(self) -> None:
        if self.language not in _LANGUAGES:
            raise MessageUnfit("the e-Box takes French, Dutch and German only")
        if not self.subject.strip() or len(self.subject) > LONGEST_SUBJECT:
            raise MessageUnfit(f"a subject has 1 to {LONGEST_SUBJECT} characters")
        if len(self.attachments) > MOST_ATTACHMENTS:
            raise MessageUnfit(f"a message has at most {MOST_ATTACHMENTS} attachments")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Multipart:
    """A message as it stands on the wire."""

    content_type: str
    body: bytes = dataclasses.field(repr=False)


def as_multipart(
    message: EboxMessage, *, sender: EnterpriseNumber, application: str, message_type: str
) -> Multipart:
    """Write a message as multipart/form-data: its description first, then text and files."""
    files = [_text_of(message), *message.attachments]
    names = [_TEXT_PART, *(f"file{place}" for place in range(1, len(files)))]
    told = {
        "recipient": _box(message.recipient),
        "sender": _box(sender),
        "subject": {message.language.value: message.subject},
        "senderApplicationId": application,
        "messageTypeId": message_type,
        "attachments": [
            {
                "httpPartName": name,
                "isMainContent": name == _TEXT_PART,
                "isAttachmentSigned": file.is_signed,
            }
            for name, file in zip(names, files, strict=True)
        ],
        "isReplyAuthorized": False,
    }
    boundary = _boundary(message.idempotency_key, files)
    parts = [_part(boundary, f'name="{_METADATA}"', "application/json", json.dumps(told).encode())]
    for name, file in zip(names, files, strict=True):
        named = f'name="{name}"; filename="{_file_name(file.name)}"'
        parts.append(_part(boundary, named, file.media_type, file.content))
    return Multipart(
        content_type=f"multipart/form-data; boundary={boundary}",
        body=b"".join([*parts, f"--{boundary}--\r\n".encode()]),
    )


def _boundary(key: uuid.UUID, files: Iterable[Attachment]) -> str:
    """Give a line that stands in none of the files."""
    boundary = f"mahis-{key.hex}"
    while any(boundary.encode() in file.content for file in files):
        boundary = f"mahis-{uuid.uuid4().hex}"
    return boundary


def _part(boundary: str, named: str, media_type: str, content: bytes) -> bytes:
    head = (
        f"--{boundary}\r\nContent-Disposition: form-data; {named}\r\n"
        f"Content-Type: {media_type}\r\n\r\n"
    )
    return b"".join((head.encode(), content, b"\r\n"))


def _text_of(message: EboxMessage) -> Attachment:
    page = _PAGE.format(
        language=message.language.value,
        title=html.escape(message.subject),
        body=message.body_html,
    )
    return Attachment(
        name=_TEXT_NAMES[message.language],
        media_type="text/html; charset=utf-8",
        content=page.encode(),
    )


def _box(number: EnterpriseNumber) -> dict[str, str]:
    return {"eboxType": "enterprise", "enterpriseNumber": number.digits}


def _file_name(name: str) -> str:
    """Write a file name in letters that every header can carry, the rest as in an address."""
    return urllib.parse.quote(name, safe=_PLAIN)
