"""Messages between parent and worker: lengths, a header in JSON, then raw bytes; never pickle."""

import json
import socket
import struct
import time
from typing import Any

#: The part of a message that is JSON.
Header = dict[str, Any]

_LENGTHS = struct.Struct(">IQ")
_LONGEST_HEADER = 2**22
_CHUNK_BYTES = 2**20


class Nonsense(Exception):
    """What came is no message, or a longer one than allowed."""


class Ended(Exception):
    """The other side is gone."""


def send(channel: socket.socket, header: Header, body: bytes = b"", *, deadline: float = 0) -> None:
    """Send one message until `deadline` (monotonic; 0: however long it takes).

    Raises TimeoutError, Ended.
    """
    text = json.dumps(header).encode()
    try:
        _allow(channel, deadline)
        channel.sendall(_LENGTHS.pack(len(text), len(body)) + text)
        if body:
            _allow(channel, deadline)
            channel.sendall(body)
    except (BrokenPipeError, ConnectionResetError) as failure:
        raise Ended from failure


def receive(channel: socket.socket, *, largest: int, deadline: float = 0) -> tuple[Header, bytes]:
    """Receive one message whose body has at most `largest` bytes.

    Raises TimeoutError, Ended, Nonsense.
    """
    header_length, body_length = _LENGTHS.unpack(_read(channel, _LENGTHS.size, deadline))
    if header_length > _LONGEST_HEADER or body_length > largest:
        raise Nonsense
    try:
        header = json.loads(_read(channel, header_length, deadline))
    except (ValueError, RecursionError) as failure:
        raise Nonsense from failure
    if not isinstance(header, dict):
        raise Nonsense
    return header, bytes(_read(channel, body_length, deadline))


def _read(channel: socket.socket, length: int, deadline: float) -> bytearray:
    got = bytearray()
    while len(got) < length:
        _allow(channel, deadline)
        try:
            part = channel.recv(min(length - len(got), _CHUNK_BYTES))
        except ConnectionResetError as failure:
            raise Ended from failure
        if not part:
            raise Ended
        got += part
    return got


def _allow(channel: socket.socket, deadline: float) -> None:
    """Let the next step on the channel take what is left until the deadline."""
    if not deadline:
        channel.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    channel.settimeout(left)
