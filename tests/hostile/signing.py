"""Tools of a signer who cheats: signatures with other changes in them, over other bytes."""

import asyncio
import dataclasses
import hashlib
import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from asn1crypto import cms  # type: ignore[import-untyped]
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from mahis.standins.trust import cards
from mahis.standins.trust.cards import Card
from tests.hostile.revisions import Change
from tests.hostile.scene import BY_MANDATOR, MANDATOR
from tests.pki import pki

#: Where one signature of a file stands.
_CONTENTS = re.compile(rb"/Contents\s*<([0-9A-Fa-f]*)>")
_RANGE = re.compile(rb"/ByteRange\s*\[[^\]]*\] *")

Cms = Callable[[bytes], bytes]


def signed_with(
    pdf: bytes,
    change: Change | None = None,
    *,
    field: str = MANDATOR,
    by: str | Card = BY_MANDATOR,
    room: int | None = None,
    **settings: Any,
) -> bytes:
    """Sign, and change something in the same update, so that the signature covers it.

    `room` is for how many bytes of a value place is left.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    if change is not None:
        change(writer)
    output = io.BytesIO()
    asked = dataclasses.replace(cards.as_card(field), **settings)
    signers.PdfSigner(asked, _card(by).signer).sign_pdf(
        writer, output=output, bytes_reserved=room and 2 * room
    )
    return output.getvalue()


def _card(by: str | Card) -> Card:
    return pki().signer(by) if isinstance(by, str) else by


def certified_again(pdf: bytes) -> bytes:
    """Sign as a party, by a signature that certifies the form anew."""
    signed = signed_with(pdf, room=2**13, reason="x" * 200)
    reason, reference = (
        re.search(rb"/Reason\s*\(x+\)", signed),
        (
            b"/Reference[<</Type/SigRef/TransformMethod/DocMDP"
            b"/TransformParams<</Type/TransformParams/V/1.2/P 3>>>>]"
        ),
    )
    assert reason is not None
    start, end = reason.span()
    return resigned(signed[:start] + reference.ljust(end - start) + signed[end:])


@dataclasses.dataclass(frozen=True)
class Places:
    """Where the last signature of a file has its value, and where it says what it covers."""

    #: From `<` to behind `>`.
    contents: tuple[int, int]
    range: tuple[int, int]


def places_in(pdf: bytes) -> Places:
    """Find the last signature of a file."""
    return Places(
        contents=[(each.start(1) - 1, each.end(1) + 1) for each in _CONTENTS.finditer(pdf)][-1],
        range=[each.span() for each in _RANGE.finditer(pdf)][-1],
    )


def with_range(pdf: bytes, words: bytes) -> bytes:
    """Overwrite what the last signature says that it covers; `words` stand in the brackets."""
    start, end = places_in(pdf).range
    return pdf[:start] + (b"/ByteRange [" + words + b"]").ljust(end - start) + pdf[end:]


def with_value(pdf: bytes, value: bytes) -> bytes:
    """Overwrite the value of the last signature."""
    start, end = places_in(pdf).contents
    assert len(value.hex()) <= end - start - 2, "no room for this value"
    return (
        pdf[:start]
        + b"<"
        + value.hex().upper().encode().ljust(end - start - 2, b"0")
        + pdf[end - 1 :]
    )


def value_in(pdf: bytes) -> bytes:
    """The value of the last signature, without what it is filled up with."""
    start, end = places_in(pdf).contents
    padded = bytes.fromhex(pdf[start + 1 : end - 1].decode())
    return bytes(cms.ContentInfo.load(padded, strict=False).dump())


def over(pdf: bytes, ranges: Sequence[int], *, by: str | Card = BY_MANDATOR) -> bytes:
    """Sign other bytes than the usual ones, rightly, in place of the last signature."""
    said = with_range(pdf, b" ".join(b"%d" % each for each in ranges))
    covered = b"".join(
        said[start : start + length]
        for start, length in zip(ranges[::2], ranges[1::2], strict=True)
    )
    return with_value(said, value_over(covered, by=by))


def resigned(
    pdf: bytes, *, by: str | Card = BY_MANDATOR, alter: Cms | None = None, **settings
) -> bytes:
    """Sign what the last signature covers once more, and alter the value where asked."""
    start, end = places_in(pdf).contents
    value = value_over(pdf[:start] + pdf[end:], by=by, **settings)
    return with_value(pdf, alter(value) if alter else value)


def value_over(
    covered: bytes, *, by: str | Card = BY_MANDATOR, digest: str = "sha256", **settings
) -> bytes:
    """The CMS value of a signature over some bytes."""
    signing = _card(by).signer.async_sign(
        hashlib.new(digest, covered).digest(), digest, **{"use_pades": True, **settings}
    )
    return bytes(asyncio.run(signing).dump())
