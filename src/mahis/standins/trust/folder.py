"""A folder with everything that a practice set-up trusts, seals and timestamps with."""

import dataclasses
import pathlib
import socket

from mahis.standins import serving
from mahis.standins.trust import keys, private_files
from mahis.standins.trust.authority import Authority, as_pem

_DESCRIPTION = pathlib.Path(__file__).with_name("pki.yml")
HOST = "127.0.0.1"
#: Certificates that somebody trusts, and the subfolder that says for what.
_TRUSTED = {"root": "", "citizen-ca": "", "tsa-root": "tsa", "seal-root": "seal"}


@dataclasses.dataclass(frozen=True)
class PracticeFolder:
    """Where everything lies; nobody but its owner enters."""

    path: pathlib.Path
    port: int

    @property
    def address(self) -> str:
        """Where the services answer, as certificates say it."""
        return f"http://{HOST}:{self.port}"

    @property
    def tsa_url(self) -> str:
        """Where timestamps are given."""
        return f"{self.address}/tsa"

    @property
    def card_url(self) -> str:
        """Where somebody signs with a practice card."""
        return f"{self.address}/card"

    @property
    def trust(self) -> pathlib.Path:
        """Folder of the certificates that the practice set-up trusts."""
        return self.path / "trust"

    @property
    def seal_key(self) -> pathlib.Path:
        """File of the key that seals forms."""
        return self.path / "seal-key.pem"

    @property
    def seal_certificate(self) -> pathlib.Path:
        """File of the seal's certificate, and of those above it."""
        return self.path / "seal.pem"

    def authority(self) -> Authority:
        """Give the infrastructure that is kept here."""
        return Authority(_DESCRIPTION, address=self.address, folder=self.path)


def prepare(path: pathlib.Path, *, port: int = 0) -> PracticeFolder:
    """Make what a practice set-up needs, or find it again; raises NotForProductionError.

    The port stands in the certificates: it stays that of the first start for as long as it is
    free. Where it is not, or another is asked for, everything below the roots is issued again, so
    that what was signed before is still trusted.
    """
    serving.require_practice()
    private_files.make_folder(path)
    kept = _kept_port(path)
    if not port:
        port = kept if kept and _is_free(kept) else _free_port()
    folder = PracticeFolder(path, port)
    if port != kept:
        for file in (path / "certificates").glob("*.pem"):
            if not file.name.removesuffix(".pem").endswith("root"):
                file.unlink()
        private_files.write(path / "port", str(port).encode())
    _write(folder)
    return folder


def _write(folder: PracticeFolder) -> None:
    authority = folder.authority()
    for label, part in _TRUSTED.items():
        file = folder.trust / part / f"{label}.pem"
        private_files.write(file, as_pem(authority.certificate(label)))
    seal = authority.card("seal")
    private_files.write(folder.seal_key, keys.as_pem(seal.key))
    private_files.write(folder.seal_certificate, as_pem(seal.certificate, *seal.chain))


def _kept_port(path: pathlib.Path) -> int:
    try:
        return int((path / "port").read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
