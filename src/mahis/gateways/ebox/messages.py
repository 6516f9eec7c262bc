"""A message for the e-Box, and the form in which it travels."""

import dataclasses
import enum
import html
import io
import json
import urllib.parse
import uuid

import aiohttp

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


def as_multipart(
    message: EboxMessage, *, sender: EnterpriseNumber, application: str, message_type: str
) -> aiohttp.MultipartWriter:
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
    writer = aiohttp.MultipartWriter("form-data")
    described = writer.append(json.dumps(told).encode(), {"Content-Type": "application/json"})
    described.set_content_disposition("form-data", quote_fields=False, name=_METADATA)
    for name, file in zip(names, files, strict=True):
        part = writer.append(io.BytesIO(file.content), {"Content-Type": file.media_type})
        part.set_content_disposition(
            "form-data", quote_fields=False, name=name, filename=_file_name(file.name)
        )
    return writer


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
