"""What may stand in the part `messageToPublish`, and nothing else.

The names are those of the newest documentation for document senders. Properties that the real
e-Box knows and that nobody here needs are refused as unknown: business data, payment data,
registered mail, a body beside the files, persons for whose attention a message is, which would
bring national numbers here. `expirationDate` is taken and ignored, as by the real one.
"""

import dataclasses
from collections.abc import Collection

from mahis.standins.ebox import fields
from mahis.standins.ebox.fields import Fields

#: The e-Box of the social security takes one language for each message, and knows no English.
LANGUAGES = ("fr", "nl", "de")
MOST_FILES = 6
_LONGEST_SUBJECT = 400
PART = "messageToPublish"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Terms:
    """What was agreed with the senders when they came aboard."""

    #: Enterprises for which the client may send.
    senders: Collection[str]
    applications: Collection[str]
    message_types: Collection[str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class AnnouncedFile:
    """A file as the message announces it."""

    part: str
    is_main: bool
    is_signed: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Message:
    """A message that keeps to the contract."""

    recipient: str
    sender: str
    language: str
    subject: str
    application: str
    message_type: str
    files: tuple[AnnouncedFile, ...]


def read(content: bytes, terms: Terms) -> Message:
    """Read a message; raises Problem, which names the field."""
    told = fields.load(content, name=PART)
    recipient = _enterprise(told.within("recipient"))
    sender = _enterprise(told.within("sender"))
    if sender not in terms.senders:
        told.refuse(
            "sender.enterpriseNumber",
            "These credentials may not send for this enterprise.",
            code="INVALID_SENDER",
        )
    language, subject = _subject(told.within("subject"))
    message = Message(
        recipient=recipient,
        sender=sender,
        language=language,
        subject=subject,
        application=told.one_of("senderApplicationId", terms.applications, code="INVALID_SENDER"),
        message_type=told.one_of("messageTypeId", terms.message_types, code="INVALID_SENDER"),
        files=_files(told),
    )
    told.flag("isReplyAuthorized")
    if told.has("expirationDate"):
        told.text("expirationDate")
    told.finish()
    return message


def _enterprise(box: Fields) -> str:
    box.one_of("eboxType", {"enterprise"})
    number = box.enterprise("enterpriseNumber")
    box.finish()
    return number


def _subject(subject: Fields) -> tuple[str, str]:
    languages = subject.names()
    for language in languages:
        if language not in LANGUAGES:
            subject.refuse(language, "A subject is in fr, nl or de.")
    if not languages:
        subject.refuse(LANGUAGES[0], "A subject in fr, nl or de is missing.")
    if len(languages) > 1:
        subject.refuse(
            languages[1],
            "Multiple languages provided when only one expected.",
            code="NOT_IMPLEMENTED",
        )
    return languages[0], subject.text(languages[0], longest=_LONGEST_SUBJECT)


def _files(told: Fields) -> tuple[AnnouncedFile, ...]:
    announced = told.each_within("attachments")
    if not 1 <= len(announced) <= MOST_FILES:
        told.refuse("attachments", f"A message has 1 to {MOST_FILES} files.")
    found: list[AnnouncedFile] = []
    for each in announced:
        file = AnnouncedFile(
            part=each.text("httpPartName"),
            is_main=each.flag("isMainContent"),
            is_signed=each.flag("isAttachmentSigned"),
        )
        each.finish()
        if file.part == PART or file.part in {other.part for other in found}:
            each.refuse("httpPartName", "Each file has a part with a name of its own.")
        found.append(file)
    main = [position for position, file in enumerate(found) if file.is_main]
    if not main:
        told.refuse("attachments", "No main content attachment. Exactly one is expected.")
    if len(main) > 1:
        told.refuse(
            f"attachments[{main[1]}].isMainContent",
            "Too many main content. Exactly one is expected.",
        )
    return tuple(found)
