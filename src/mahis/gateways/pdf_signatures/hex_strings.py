"""Hexadecimal strings of a PDF, read in blocks.

pyHanko reads them byte by byte, with a check for comments and blanks at each; a signature is one
hexadecimal string of some 16,000 bytes, so a quarter and more of the time to validate a file goes
there. This reads what is nothing but digits in one go, and leaves the rest to pyHanko.
"""

import binascii
import re
from typing import BinaryIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfStreamError

_DIGITS = re.compile(rb"[0-9A-Fa-f]*")
_FIRST_BLOCK, _BLOCK = 128, 2**16

_read_each_byte = generic.read_hex_string_from_stream

#: What a PDF string becomes: text, or bytes where it is none.
HexString = generic.ByteStringObject | generic.TextStringObject


def read(stream: BinaryIO) -> HexString:
    """Read a hexadecimal string from its opening bracket on, as pyHanko does."""
    begins = stream.tell()
    stream.read(1)
    digits = _read_to_bracket(stream)
    if not _DIGITS.fullmatch(digits):
        stream.seek(begins)
        return _read_each_byte(stream)
    stream.seek(begins + 1 + len(digits) + 1)
    return generic.pdf_string(binascii.unhexlify(digits + b"0" * (len(digits) % 2)))


def _read_to_bracket(stream: BinaryIO) -> bytes:
    """Read up to the closing bracket, and possibly past it; gives what stands before it."""
    got, size = bytearray(), _FIRST_BLOCK
    while True:
        block = stream.read(size)
        if not block:
            raise PdfStreamError("Stream ended prematurely")
        end = block.find(b">")
        if end >= 0:
            return bytes(got + block[:end])
        got += block
        size = _BLOCK


def install() -> None:
    """Let pyHanko read in blocks in this process."""
    generic.read_hex_string_from_stream = read
