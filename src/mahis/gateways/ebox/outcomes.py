"""What can come of sending: published, published before, not yet, or never."""

import dataclasses
import datetime
import enum

from mahis.domain.identifiers import EnterpriseNumber


class Problem(enum.StrEnum):
    """Why a message is not published, without anything about anybody."""

    # -- to be tried again
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    CONNECTION_LOST = "connectionLost"
    #: The certificate of the other side is not one that we may trust.
    CERTIFICATE = "certificate"
    #: Our own keys cannot be read.
    KEYS_UNUSABLE = "keysUnusable"
    #: The authorisation server gives us no token.
    NO_TOKEN = "noToken"  # noqa: S105 - the name of a problem
    #: The e-Box does not take the token that we were just given.
    TOKEN_NOT_TAKEN = "tokenNotTaken"  # noqa: S105
    TOO_MANY = "tooMany"
    SERVER_FAULT = "serverFault"
    #: The contract knows no such answer, so that nothing may be concluded from it.
    ANSWER_UNKNOWN = "answerUnknown"
    # -- for good
    BAD_REQUEST = "badRequest"
    FORBIDDEN = "forbidden"
    TOO_LARGE = "tooLarge"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Published:
    """The message lies in the e-Box."""

    #: Its name there.
    id: str
    #: False where nobody ever looked into that e-Box.
    digital: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class AlreadyPublished:
    """A message with this key was accepted before, so this one is delivered too."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class TryAgain:
    """It is not known to be delivered, and must be sent again under the same key."""

    problem: Problem
    #: What an operator can look up: a status, a kind of error, a field.
    detail: str = ""
    #: How many seconds the other side wants us to wait, where it says so.
    retry_after: float | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Refused:
    """The e-Box will never take this message as it is."""

    problem: Problem
    detail: str = ""


Outcome = Published | AlreadyPublished | TryAgain | Refused


@dataclasses.dataclass(frozen=True, kw_only=True)
class Preference:
    """What an enterprise does with its e-Box."""

    enterprise: EnterpriseNumber
    exists: bool
    #: Whether it asked for no paper.
    exclusively: bool = False
    #: When somebody last looked into it; None: never, or not known.
    last_connection: datetime.datetime | None = None
