"""The last good copy of the lists in a folder, and what came of the last attempt to renew it."""

import contextlib
import dataclasses
import datetime
import json
import os
import pathlib
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mahis.gateways.trust.signed_lists import LARGEST_LIST, ListRefused

#: One file holds the whole copy, so that it is replaced at once or not at all.
COPY = "lists.zip"
STATE = "state.json"
_INDEX = "index.json"
_MOST_FILES = 100
#: What reading a damaged archive throws; RuntimeError where it says that it is encrypted.
_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Copy:
    """Lists as they came, by the address from which they came."""

    files: Mapping[str, bytes]
    fetched_at: datetime.datetime

    def fetch(self, address: str) -> bytes:
        """Give a list of the copy; raises ListRefused where it is none of them."""
        if address not in self.files:
            raise ListRefused(f"the copy does not hold {address}")
        return self.files[address]


@dataclasses.dataclass(frozen=True, kw_only=True)
class LastFailure:
    """Why the lists could not be renewed, and when that was."""

    at: datetime.datetime
    reason: str


def read(folder: pathlib.Path) -> Copy:
    """Read the copy in a folder; raises FileNotFoundError without one, ListRefused if broken."""
    try:
        with zipfile.ZipFile(folder / COPY) as archive:
            index = json.loads(_bounded(archive, _INDEX))
            names = dict(index["files"])
            if len(names) > _MOST_FILES:
                raise ListRefused(f"{folder / COPY} holds too many files")
            return Copy(
                files={address: _bounded(archive, name) for address, name in names.items()},
                fetched_at=datetime.datetime.fromisoformat(index["fetched_at"]),
            )
    except FileNotFoundError:
        raise
    except _BROKEN as error:
        raise ListRefused(f"{folder / COPY} cannot be read ({type(error).__name__})") from error


def replace(folder: pathlib.Path, copy: Copy) -> None:
    """Put a copy into the folder in place of the one before; raises OSError."""
    names = {address: f"{number:02}.xml" for number, address in enumerate(copy.files)}
    index = {"fetched_at": copy.fetched_at.isoformat(), "files": names}
    with (
        _replacing(folder / COPY) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr(_INDEX, json.dumps(index, indent=2))
        for address, name in names.items():
            archive.writestr(name, copy.files[address])


def last_failure(folder: pathlib.Path) -> LastFailure | None:
    """Tell why the last attempt failed; None where it did not, or nobody tried."""
    try:
        failure = _state(folder)["last_failure"]
        return failure and LastFailure(
            at=datetime.datetime.fromisoformat(failure["at"]), reason=str(failure["reason"])
        )
    except (ValueError, KeyError, TypeError):
        return None


def note(
    folder: pathlib.Path,
    *,
    failure: LastFailure | None,
    lists: Sequence[Mapping[str, Any]],
    at: datetime.datetime,
) -> None:
    """Write down what came of an attempt, for people and other programs; in vain on a full disk.

    What was known of the lists stays where the attempt failed.
    """
    state: dict[str, Any] = {"fetched_at": at.isoformat(), "lists": lists}
    with contextlib.suppress(OSError):
        if failure is not None:
            state = {**_state(folder), "last_failure": _written(failure)}
        with _replacing(folder / STATE) as temporary:
            temporary.write_text(json.dumps(state, indent=2) + "\n", encoding="utf-8")


def _written(failure: LastFailure) -> dict[str, str]:
    return {"at": failure.at.isoformat(), "reason": failure.reason}


def _state(folder: pathlib.Path) -> dict[str, Any]:
    """Read what the last attempt left; nothing where it left nothing that can be read."""
    try:
        return dict(json.loads((folder / STATE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return {}


def _bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        data = member.read(LARGEST_LIST + 1)
    if len(data) > LARGEST_LIST:
        raise ListRefused(f"{name} in the copy has more than {LARGEST_LIST} bytes")
    return data


@contextlib.contextmanager
def _replacing(file: pathlib.Path) -> Iterator[pathlib.Path]:
    """Give a place to write to; what was written takes the place of the file at the end."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    os.close(handle)
    temporary = pathlib.Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
