"""Handing over to a server that is reached over SFTP."""

import asyncio
import contextlib
import logging
import posixpath
from collections.abc import AsyncIterator, Awaitable
from typing import TypeVar

import asyncssh

from mahis.gateways.post.parcel import CHUNK, Counting, Parcel
from mahis.gateways.post.refusals import (
    NotHandedOver,
    PackageDamaged,
    PackageInTheWay,
    PrinterCannotKeep,
    PrinterNotRecognised,
    PrinterRefusesUs,
    PrinterUnreachable,
)
from mahis.gateways.post.settings import Sftp

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_KEEP_ALIVE_SECONDS = 15


def deliver(parcel: Parcel, *, to: Sftp) -> None:
    """Put a parcel into a folder of a server, once, however often this is called.

    Where the line fails it is tried again. Raises a kind of NotHandedOver.
    """
    for wait in (*to.waits, None):
        try:
            asyncio.run(_deliver(parcel, to))
        except PrinterUnreachable:
            if wait is None:
                raise
            asyncio.run(asyncio.sleep(wait))
        else:
            return


async def _deliver(parcel: Parcel, to: Sftp) -> None:
    async with _explained(to), _connected(to) as sftp:
        line = _Line(sftp, to.timeout_seconds)
        place = posixpath.join(to.path, parcel.name)
        if await _is_there(line, place, parcel):
            return
        await _clear(line, parcel, to.path)
        coming = posixpath.join(to.path, parcel.name_on_the_way())
        try:
            await _write(line, coming, parcel)
            await _give_name(line, coming, place, parcel)
        finally:
            with contextlib.suppress(asyncssh.Error, OSError, TimeoutError):
                await line.answer(sftp.remove(coming))


class _Line:
    """A session in which no answer is waited for without end."""

    def __init__(self, sftp: asyncssh.SFTPClient, seconds: float) -> None:
        self.sftp = sftp
        self._seconds = seconds

    async def answer(self, asked: Awaitable[_Result]) -> _Result:
        async with asyncio.timeout(self._seconds):
            return await asked

    async def counted(self, path: str) -> Counting:
        counting = Counting()
        file = await self.answer(self.sftp.open(path, "rb"))
        try:
            chunk: bytes = await self.answer(file.read(CHUNK))
            while chunk:
                counting.add(chunk)
                chunk = await self.answer(file.read(CHUNK))
        finally:
            await self.answer(file.close())
        return counting


async def _is_there(line: _Line, place: str, parcel: Parcel) -> bool:
    """Say whether a parcel was handed over before; raises PackageInTheWay for another one."""
    if not await line.answer(line.sftp.exists(place)):
        return False
    if not (await line.counted(place)).is_whole(parcel):
        raise PackageInTheWay(name=parcel.name)
    return True


async def _clear(line: _Line, parcel: Parcel, folder: str) -> None:
    """Remove what attempts before left when they broke off."""
    for name in await line.answer(line.sftp.listdir(folder)):
        if parcel.was_left_behind(name):
            with contextlib.suppress(asyncssh.SFTPNoSuchFile):
                await line.answer(line.sftp.remove(posixpath.join(folder, name)))


async def _write(line: _Line, coming: str, parcel: Parcel) -> None:
    file = await line.answer(line.sftp.open(coming, "xb"))
    try:
        with parcel.open() as source:
            while chunk := source.read(CHUNK):
                await line.answer(file.write(chunk))
        # Not every server can be asked to write through; then reading it back has to do.
        with contextlib.suppress(asyncssh.SFTPOpUnsupported):
            await line.answer(file.fsync())
    finally:
        await line.answer(file.close())
    if not (await line.counted(coming)).is_whole(parcel):
        raise PackageDamaged(name=parcel.name)


async def _give_name(line: _Line, coming: str, place: str, parcel: Parcel) -> None:
    """Give a file its name, unless another has it: this kind of renaming writes nothing over."""
    try:
        await line.answer(line.sftp.rename(coming, place))
    except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
        # Perhaps somebody else handed over at the same moment.
        if not await _is_there(line, place, parcel):
            raise


@contextlib.asynccontextmanager
async def _connected(to: Sftp) -> AsyncIterator[asyncssh.SFTPClient]:
    """Open a session: with our key and their key only, whatever this account is set up for."""
    connect = asyncssh.connect(
        to.host,
        to.port,
        username=to.user,
        config=None,
        client_keys=[str(to.key_file)],
        agent_path=None,
        known_hosts=str(to.known_hosts),
        preferred_auth="publickey",
        connect_timeout=to.timeout_seconds,
        login_timeout=to.timeout_seconds,
        keepalive_interval=_KEEP_ALIVE_SECONDS,
    )
    async with connect as connection, connection.start_sftp_client() as sftp:
        yield sftp


#: What each failure means, the nearest first.
_MEANINGS: tuple[tuple[tuple[type[Exception], ...], type[NotHandedOver]], ...] = (
    ((asyncssh.HostKeyNotVerifiable,), PrinterNotRecognised),
    ((asyncssh.PermissionDenied, asyncssh.KeyImportError), PrinterRefusesUs),
    ((asyncssh.SFTPNoConnection, asyncssh.SFTPConnectionLost), PrinterUnreachable),
    ((asyncssh.SFTPError,), PrinterCannotKeep),
)


@contextlib.asynccontextmanager
async def _explained(to: Sftp) -> AsyncIterator[None]:
    try:
        yield
    except (asyncssh.Error, asyncssh.KeyImportError, OSError, TimeoutError) as error:
        _log.warning("handing over to %s: %s: %s", to.host, type(error).__name__, error)
        raise _meaning(error, to) from error


def _meaning(error: Exception, to: Sftp) -> NotHandedOver:
    for kinds, meaning in _MEANINGS:
        if isinstance(error, kinds):
            return meaning()
    match str(getattr(error, "filename", "")):
        case named if named == str(to.key_file):
            return PrinterRefusesUs()
        case named if named == str(to.known_hosts):
            return PrinterNotRecognised()
    return PrinterUnreachable()
