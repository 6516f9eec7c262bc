"""Where the practice e-Box keeps what must outlive it: messages, its port, its control token."""

import dataclasses
import pathlib
import secrets
import socket

from mahis.standins.trust import private_files


@dataclasses.dataclass(frozen=True)
class Folder:
    """A folder that only its owner enters."""

    path: pathlib.Path

    @property
    def database(self) -> pathlib.Path:
        """The file of what was accepted."""
        return self.path / "messages.sqlite3"

    @property
    def tls(self) -> pathlib.Path:
        """The folder of certificates, where there are any."""
        return self.path / "tls"

    def control_token(self) -> str:
        """Give the token of the control, made at the first start."""
        return self._kept("control-token") or self._keep("control-token", secrets.token_urlsafe(24))

    def listen(self, *, host: str, port: int) -> socket.socket:
        """Take a port, for 0 that of the last start if it is free; raises OSError."""
        wanted = int(self._kept("port") or "0") if port == 0 else port
        try:
            taken = socket.create_server((host, wanted), backlog=512)
        except OSError:
            if port:
                raise
            taken = socket.create_server((host, 0), backlog=512)
        self._keep("port", str(taken.getsockname()[1]))
        return taken

    def _kept(self, name: str) -> str:
        try:
            return (self.path / name).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""

    def _keep(self, name: str, text: str) -> str:
        private_files.write(self.path / name, text.encode("ascii"))
        return text


def prepare(path: pathlib.Path) -> Folder:
    """Make the folder, or find it again."""
    return Folder(private_files.make_folder(path))
