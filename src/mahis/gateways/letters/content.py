"""What a letter says, from whom it comes and where it goes."""

import dataclasses
import datetime

from mahis.domain.parties import Language


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sender:
    """The office that writes, and where letters come back to that cannot be delivered."""

    name: str
    address: tuple[str, ...]
    #: Lines by which people reach the office; may be empty.
    contact: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class Detail:
    """Something that a letter is about, under its label."""

    label: str
    values: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Letter:
    """Everything that a letter says; the same content always gives the same letter."""

    language: Language
    sender: Sender
    #: Name and address as they stand in the window, the country of foreign ones last.
    recipient: tuple[str, ...]
    day: datetime.date
    #: What the office finds the matter by; may be empty.
    reference: str
    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    details: tuple[Detail, ...] = ()
    #: What the recipient has to do now, its title and until when; any of them may be empty.
    action_title: str = ""
    action: str = ""
    deadline: str = ""
    #: Where the matter is to be found online, and what that is called; empty for nowhere.
    link_words: str = ""
    link: str = ""
    #: On whose behalf it closes.
    signature: str
    #: What is said small at the end.
    notes: tuple[str, ...] = ()
