"""What an operator says about the e-Box: plain values, checked when they are made."""

import dataclasses
import pathlib
import urllib.parse

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Language
from mahis.gateways.ebox.messages import MessageKind

#: What a document sender needs to be allowed, and what asking for preferences needs.
SEND_SCOPE = "scope:document:management:consult:ws-eboxrestentreprise:publicationsender"
PREFERENCE_SCOPE = "scope:documentmanagement:ebox:enterprise:federation-rest:preference"
_LONGEST_SECONDS = 120.0
_MOST_AT_ONCE = 100


class EboxMisconfigured(ValueError):
    """The settings cannot be used; the text says which one and why."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class EboxSettings:
    """One e-Box service, and how we are known there."""

    #: Where messages are published, without `/ebox/messages`.
    url: str
    token_url: str
    #: To whom our assertions are addressed; empty: to the address of the tokens.
    audience: str = ""
    client_id: str
    #: Folder of our private keys; the last by name signs.
    keys: pathlib.Path
    #: Our own number, under which messages are sent.
    sender: EnterpriseNumber
    application: str
    #: Under which type messages are sent that only tell something.
    message_type: str
    #: The same for messages that ask for something to be done; empty: no difference.
    action_message_type: str = ""
    #: Where preferences are asked for, without `/eboxPreferences/search`; empty: nowhere.
    preferences_url: str = ""
    #: What we ask to be allowed; empty: what publishing and preferences need.
    scopes: tuple[str, ...] = ()
    #: How long one exchange may take.
    timeout_seconds: float = 30
    #: How many messages may be under way at once.
    at_once: int = 16
    #: The authorities to trust, in place of those of this machine.
    ca_file: pathlib.Path | None = None
    #: The language of messages to those who read English, which the e-Box does not know.
    instead_of_english: Language = Language.FRENCH
    #: Whether addresses may be without TLS: in demonstrations and tests only.
    allow_http: bool = False

    def __post_init__(self) -> None:
        self._require_address(self.url, "the address of the e-Box")
        self._require_address(self.token_url, "the address of the tokens")
        if self.preferences_url:
            self._require_address(self.preferences_url, "the address of the preferences")
        for value, what in (
            (self.client_id, "the client id"),
            (self.application, "the application"),
            (self.message_type, "the message type"),
        ):
            _require(bool(value), f"{what} is missing")
        _require(
            0 < self.timeout_seconds <= _LONGEST_SECONDS,
            f"an exchange may take at most {_LONGEST_SECONDS:g} seconds",
        )
        _require(
            1 <= self.at_once <= _MOST_AT_ONCE,
            f"there may be 1 to {_MOST_AT_ONCE} messages under way at once",
        )
        _require(
            self.instead_of_english is not Language.ENGLISH,
            "the language instead of English must be fr, nl or de",
        )

    @property
    def longest_call_seconds(self) -> float:
        """How long one call may take, with a new token where one is needed."""
        return self.timeout_seconds * 2

    @property
    def longest_try_seconds(self) -> float:
        """How long it may take to bring one message, with the question for preferences before."""
        return self.longest_call_seconds * (2 if self.preferences_url else 1)

    @property
    def addressee(self) -> str:
        """To whom our assertions are addressed."""
        return self.audience or self.token_url

    @property
    def asked(self) -> str:
        """What we ask to be allowed, as one text."""
        needed = (SEND_SCOPE, PREFERENCE_SCOPE) if self.preferences_url else (SEND_SCOPE,)
        return " ".join(self.scopes or needed)

    def type_of(self, kind: MessageKind) -> str:
        """Give the type under which a message is sent."""
        if kind is MessageKind.ACTION and self.action_message_type:
            return self.action_message_type
        return self.message_type

    def language_for(self, language: Language) -> Language:
        """Give the language in which somebody is written to."""
        return self.instead_of_english if language is Language.ENGLISH else language

    def _require_address(self, address: str, what: str) -> None:
        try:
            parts = urllib.parse.urlsplit(address)
            host = parts.hostname
        except ValueError:
            parts, host = urllib.parse.SplitResult("", "", "", "", ""), None
        _require(
            parts.scheme in {"http", "https"} and bool(host), f"{what} must be an https address"
        )
        _require(parts.scheme == "https" or self.allow_http, f"{what} must be an https address")


def _require(holds: bool, message: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise EboxMisconfigured(message)
