"""Who writes letters, and where their packages go."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from mahis.domain.parties import Language
from mahis.gateways.letters import Sender
from mahis.gateways.post.refusals import SenderUnknown


@dataclasses.dataclass(frozen=True, kw_only=True)
class Folder:
    """A folder of this machine from which the printer takes packages; it has to exist."""

    path: Path


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sftp:
    """A folder of a server of the printer."""

    host: str
    port: int
    user: str
    #: The folder, as the server names it.
    path: str
    #: Private key by which the server knows us.
    key_file: Path
    #: Lines of known_hosts by which we know the server; nothing else is believed.
    known_hosts: Path
    #: Longest wait for one answer.
    timeout_seconds: float = 30
    #: Seconds before each further try, where the line fails.
    waits: tuple[float, ...] = (1, 5)


Target = Folder | Sftp


@dataclasses.dataclass(frozen=True, kw_only=True)
class PostSettings:
    """How letters are written and handed over."""

    #: The office as each language names it; empty where nobody said who it is.
    senders: Mapping[Language, Sender]
    #: None where packages are only kept, and taken from the screen.
    target: Target | None

    def sender(self, language: Language) -> Sender:
        """Give who writes in a language; raises SenderUnknown."""
        if language not in self.senders:
            raise SenderUnknown
        return self.senders[language]
