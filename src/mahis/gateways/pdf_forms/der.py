"""Putting encoded parts together by the distinguished encoding rules."""

from typing import Final

SEQUENCE: Final = 0x30
SET: Final = 0x31
OCTETS: Final = 0x04
#: The first field of a structure that says by its tag what it is.
FIRST: Final = 0xA0

_LONG = 0x80


def joined(tag: int, *parts: bytes) -> bytes:
    """Encode a value that is made of encoded parts."""
    content = b"".join(parts)
    size = len(content)
    if size < _LONG:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, _LONG | len(length))) + length + content
