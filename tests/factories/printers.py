"""A printer's SFTP server in a thread, which can be told to fail in every way that lines do."""

import asyncio
import contextlib
import dataclasses
import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncssh

from mahis.gateways.post.settings import Sftp

USER = "mahis"


@dataclasses.dataclass
class Printer:
    """One server: its folder, and what it does wrong."""

    root: Path
    folder: Path
    port: int = 0
    #: Called with how many bytes have come in before each further one is written.
    on_write: Callable[[int], None] = lambda _: None
    #: Called before each renaming.
    on_rename: Callable[[], None] = lambda: None
    connections: list[asyncssh.SSHServerConnection] = dataclasses.field(default_factory=list)
    came_in: int = 0
    knows_writing_through: bool = True

    @property
    def names(self) -> list[str]:
        """Everything that lies in its folder."""
        return sorted(path.name for path in self.folder.iterdir())

    def hang_up(self) -> None:
        """Break off every line, as a cable does that is pulled."""
        for each in self.connections:
            each.abort()

    def target(self, **changes: object) -> Sftp:
        """Give how it is reached."""
        usual = Sftp(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            path="/in",
            key_file=self.root / "our_key",
            known_hosts=self.root / "known_hosts",
            timeout_seconds=5,
            waits=(0, 0),
        )
        return dataclasses.replace(usual, **changes)  # type: ignore[arg-type]


def full(_: object = None) -> None:
    """Have no room left."""
    raise OSError(errno.ENOSPC, "No space left on device")


def a_key(path: Path) -> asyncssh.SSHKey:
    """Make a key pair, the private key in a file."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_private_key(str(path))
    path.chmod(0o600)
    return key


@contextlib.contextmanager
def serving(root: Path) -> Iterator[Printer]:
    """Run a server in a thread of its own; who knows it is written beside it."""
    folder = root / "server" / "in"
    folder.mkdir(parents=True)
    printer = Printer(root=root, folder=folder)
    theirs, ours = a_key(root / "their_key"), a_key(root / "our_key")
    (root / "authorized").write_text(ours.export_public_key().decode())
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def start() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_host_keys=[theirs],
            authorized_client_keys=str(root / "authorized"),
            sftp_factory=_sftp(printer),
        )

    async def stop() -> None:
        printer.hang_up()
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0)

    server = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        printer.port = server.get_port()
        known = theirs.export_public_key().decode()
        (root / "known_hosts").write_text(f"[127.0.0.1]:{printer.port} {known}")
        yield printer
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def _sftp(printer: Printer) -> type[asyncssh.SFTPServer]:
    class Server(asyncssh.SFTPServer):
        def __init__(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
            super().__init__(chan, chroot=os.fsencode(printer.root / "server"))
            connection = chan.get_connection()
            assert isinstance(connection, asyncssh.SSHServerConnection)
            printer.connections.append(connection)

        def write(self, file_obj: object, offset: int, data: bytes) -> int:
            printer.on_write(printer.came_in)
            printer.came_in += len(data)
            return super().write(file_obj, offset, data)  # type: ignore[return-value]

        def rename(self, oldpath: bytes, newpath: bytes) -> None:
            printer.on_rename()
            super().rename(oldpath, newpath)

        def fsync(self, file_obj: object) -> None:
            if not printer.knows_writing_through:
                raise asyncssh.SFTPOpUnsupported("fsync")
            super().fsync(file_obj)

    return Server
