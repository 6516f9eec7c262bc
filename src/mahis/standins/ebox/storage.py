"""What the practice e-Box has accepted, in SQLite: a killed process loses none of it."""

import contextlib
import dataclasses
import datetime
import enum
import pathlib
import sqlite3
import uuid
from collections.abc import Iterator, Sequence

from mahis.standins.ebox.message import Message
from mahis.standins.ebox.parts import File

NO_DIGITAL_USER = "NO_DIGITAL_USER"
_TABLES = """
CREATE TABLE IF NOT EXISTS message (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    application TEXT NOT NULL,
    key TEXT NOT NULL,
    repeats INTEGER NOT NULL DEFAULT 0,
    recipient TEXT NOT NULL,
    sender TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    message_type TEXT NOT NULL,
    received REAL NOT NULL,
    code TEXT NOT NULL,
    UNIQUE (application, key)
);
CREATE INDEX IF NOT EXISTS message_of_recipient ON message (recipient, sequence);
CREATE TABLE IF NOT EXISTS file (
    message TEXT NOT NULL REFERENCES message (id),
    position INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    is_main INTEGER NOT NULL,
    is_signed INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (message, position)
);
CREATE TABLE IF NOT EXISTS box (
    number TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    exclusively INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS assertion (id TEXT PRIMARY KEY, until REAL NOT NULL);
"""


class BoxState(enum.StrEnum):
    """How an enterprise stands to its e-Box."""

    #: Somebody looked into it.
    VISITED = "visited"
    #: It is there, and nobody ever looked into it.
    NEVER = "never"
    #: There is none.
    NONE = "none"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Box:
    """The e-Box of an enterprise."""

    number: str
    state: BoxState = BoxState.VISITED
    #: Whether the enterprise asked for no paper.
    exclusively: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Accepted:
    """A message that was accepted."""

    id: str
    #: Order in which messages were accepted.
    sequence: int
    key: str
    #: How often the same key came again, and was refused.
    repeats: int
    recipient: str
    sender: str
    language: str
    subject: str
    message_type: str
    received: datetime.datetime
    #: Empty, or why nobody will read it.
    code: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file of an accepted message, without its content."""

    message: str
    position: int
    file_name: str
    media_type: str
    is_main: bool
    is_signed: bool
    size: int


class KeyUsed(Exception):
    """A message with this key was accepted before."""


class Storage:
    """The tables; used by one thread alone."""

    def __init__(self, file: pathlib.Path) -> None:
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        # A write reaches the operating system before we answer, and outlives us if not a power cut.
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.executescript(_TABLES)

    def close(self) -> None:
        """Leave the file."""
        self._database.close()

    # -- messages

    def accept(
        self, message: Message, files: Sequence[File], *, key: str, at: datetime.datetime
    ) -> Accepted:
        """Keep a message under a key; raises KeyUsed, which is counted."""
        code = "" if self.box(message.recipient).state is BoxState.VISITED else NO_DIGITAL_USER
        id_ = str(uuid.uuid4())
        values = (
            *(id_, message.application, key, message.recipient, message.sender),
            *(message.language, message.subject, message.message_type, at.timestamp(), code),
        )
        with self._transaction():
            added = self._database.execute(
                "INSERT INTO message (id, application, key, recipient, sender, language, subject,"
                " message_type, received, code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (application, key) DO NOTHING",
                values,
            )
            if added.rowcount:
                self._add_files(id_, files)
            else:
                self._database.execute(
                    "UPDATE message SET repeats = repeats + 1 WHERE application = ? AND key = ?",
                    (message.application, key),
                )
        if not added.rowcount:
            raise KeyUsed(key)
        return self.message(id_)

    def message(self, id_: str) -> Accepted:
        """Give one message; raises LookupError."""
        for found in self._messages("WHERE id = ?", (id_,)):
            return found
        raise LookupError(id_)

    def messages(self) -> list[Accepted]:
        """Give all messages in the order in which they were accepted."""
        return list(self._messages("ORDER BY sequence", ()))

    def messages_of(self, recipient: str, *, first: int, most: int) -> list[Accepted]:
        """Give some messages of a recipient in the order in which they were accepted."""
        return list(
            self._messages(
                "WHERE recipient = ? ORDER BY sequence LIMIT ? OFFSET ?", (recipient, most, first)
            )
        )

    def count_of(self, recipient: str) -> int:
        """Count the messages of a recipient."""
        return self._number("SELECT count(*) FROM message WHERE recipient = ?", (recipient,))

    def recipients(self, *, beginning: str, first: int, most: int) -> list[tuple[str, int]]:
        """Give who has messages, and how many, those who got something last first."""
        rows = self._database.execute(
            "SELECT recipient, count(*) FROM message WHERE recipient GLOB ? GROUP BY recipient"
            " ORDER BY max(sequence) DESC LIMIT ? OFFSET ?",
            (f"{beginning}*", most, first),
        )
        return [(str(number), int(count)) for number, count in rows]

    def count_recipients(self, *, beginning: str) -> int:
        """Count who has messages."""
        return self._number(
            "SELECT count(DISTINCT recipient) FROM message WHERE recipient GLOB ?",
            (f"{beginning}*",),
        )

    def files_of(self, message: str) -> list[KeptFile]:
        """Give the files of a message, the main one first."""
        rows = self._database.execute(
            "SELECT position, file_name, media_type, is_main, is_signed, length(content)"
            " FROM file WHERE message = ? ORDER BY is_main DESC, position",
            (message,),
        )
        return [
            KeptFile(
                message=message,
                position=position,
                file_name=file_name,
                media_type=media_type,
                is_main=bool(is_main),
                is_signed=bool(is_signed),
                size=size,
            )
            for position, file_name, media_type, is_main, is_signed, size in rows
        ]

    def content(self, message: str, position: int) -> bytes:
        """Give what is in a file; raises LookupError."""
        for (content,) in self._database.execute(
            "SELECT content FROM file WHERE message = ? AND position = ?", (message, position)
        ):
            return bytes(content)
        raise LookupError(position)

    # -- e-Boxes

    def box(self, number: str) -> Box:
        """Give the e-Box of an enterprise; every one has one that was visited, if not told else."""
        for state, exclusively in self._database.execute(
            "SELECT state, exclusively FROM box WHERE number = ?", (number,)
        ):
            return Box(number=number, state=BoxState(state), exclusively=bool(exclusively))
        return Box(number=number)

    def put_box(self, box: Box) -> None:
        """Say how an enterprise stands to its e-Box."""
        self._database.execute(
            "INSERT OR REPLACE INTO box (number, state, exclusively) VALUES (?, ?, ?)",
            (box.number, box.state.value, box.exclusively),
        )

    # -- assertions of the client

    def use_assertion(self, id_: str, *, until: float, at: float) -> bool:
        """Remember an assertion for as long as it lives; False where it came before."""
        with self._transaction():
            self._database.execute("DELETE FROM assertion WHERE until < ?", (at,))
            added = self._database.execute(
                "INSERT INTO assertion (id, until) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
                (id_, until),
            )
        return bool(added.rowcount)

    def _add_files(self, message: str, files: Sequence[File]) -> None:
        self._database.executemany(
            "INSERT INTO file (message, position, file_name, media_type, is_main, is_signed,"
            " content) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(message, position, each.file_name, each.media_type),
                    *(each.is_main, each.is_signed, each.content),
                )
                for position, each in enumerate(files)
            ],
        )

    def _messages(self, which: str, values: tuple[object, ...]) -> Iterator[Accepted]:
        rows = self._database.execute(
            "SELECT id, sequence, key, repeats, recipient, sender, language, subject, message_type,"  # noqa: S608 - `which` is one of the texts above
            f" received, code FROM message {which}",
            values,
        )
        for row in rows:
            yield Accepted(
                id=row[0],
                sequence=row[1],
                key=row[2],
                repeats=row[3],
                recipient=row[4],
                sender=row[5],
                language=row[6],
                subject=row[7],
                message_type=row[8],
                received=datetime.datetime.fromtimestamp(row[9], tz=datetime.UTC),
                code=row[10],
            )

    def _number(self, question: str, values: tuple[object, ...]) -> int:
        ((count,),) = self._database.execute(question, values)
        return int(count)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")
