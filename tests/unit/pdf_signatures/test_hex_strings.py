"""Reading hexadecimal strings in blocks gives what pyHanko gives byte by byte."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.misc import PdfError

from mahis.gateways.pdf_signatures import hex_strings

ODD_CASES = [
    b"<>",
    b"<0>",
    b"<abc>",
    b"<AbCd>",
    b"<48656C6C6F>",
    b"<FEFF00e9>",
    b"<ab cd\n\r\tef>",
    b"< 0 >",
    b"<ab%comment>\ncd>",
    b"<ab%comment\ncd>",
    b"<ab\x00cd>",
    b"<zz>",
    b"<ab",
    b"<",
    b"<ab(cd)>",
    b"<<ab>>",
    b"<" + b"0123456789abcdef" * 9000 + b">",
    b"<" + b"0" * 127 + b">",
    b"<" + b"0" * 128 + b">",
    b"<" + b"0" * 129 + b">",
    b"<" + b"ab" * 70000 + b" cd>",
]


def _read(read, data: bytes):
    """Say what comes of reading, and where it stops."""
    stream = io.BytesIO(data + b" endobj <ff>")
    try:
        value = read(stream)
    except PdfError as error:
        return type(error)
    return type(value), value.original_bytes, str(value), stream.tell()


@pytest.mark.parametrize("data", ODD_CASES, ids=lambda data: repr(data[:20]))
def test_odd_cases_are_read_alike(data):
    assert _read(hex_strings.read, data) == _read(hex_strings._read_each_byte, data)


@given(st.binary(max_size=300).map(lambda inner: b"<" + inner + b">"))
def test_whatever_stands_in_brackets_is_read_alike(data):
    assert _read(hex_strings.read, data) == _read(hex_strings._read_each_byte, data)


def test_a_string_that_never_ends_is_no_string():
    with pytest.raises(PdfError):
        hex_strings.read(io.BytesIO(b"<" + b"a" * 10**6))
