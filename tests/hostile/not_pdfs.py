"""Files that are no PDF, whatever their name says."""

import io
import struct
import zipfile
import zlib

from mahis.domain.signed_forms import Doubt
from tests.hostile.registry import hostile
from tests.hostile.scene import Scene


@hostile(Doubt.NOT_A_PDF)
def nothing(scene: Scene) -> bytes:
    """A file without a byte, as a failed upload leaves it."""
    return b""


@hostile(Doubt.NOT_A_PDF)
def text(scene: Scene) -> bytes:
    """A letter in plain text that speaks of a signature."""
    return "Hiermit bestätige ich die Vollmacht. Gezeichnet: L. Wouters\n".encode() * 40


@hostile(Doubt.NOT_A_PDF)
def zeroes(scene: Scene) -> bytes:
    """A megabyte of zero bytes, as a damaged disk gives."""
    return bytes(2**20)


@hostile(Doubt.NOT_A_PDF)
def picture(scene: Scene) -> bytes:
    """A photograph of the signed paper where the signed file is asked for."""
    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(9 * 8))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


@hostile(Doubt.NOT_A_PDF)
def archive(scene: Scene) -> bytes:
    """The signed form packed into a ZIP file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("form.pdf", scene.by_mandator)
    return packed.getvalue()


@hostile(Doubt.NOT_A_PDF)
def archive_and_form_in_one(scene: Scene) -> bytes:
    """A ZIP file with the signed form behind it, so that it is two kinds of file at once."""
    return archive(scene) + scene.by_mandator


@hostile(Doubt.NOT_A_PDF)
def web_page(scene: Scene) -> bytes:
    """A web page with a script, saved under the name of the form."""
    return b"<!doctype html><title>Form</title><script>alert(document.cookie)</script>"


@hostile(Doubt.NOT_A_PDF)
def form_far_behind(scene: Scene) -> bytes:
    """The signed form behind a web page, which browsers would show instead."""
    return b"<!doctype html><h1>Signed</h1>" + b" " * 100_000 + scene.by_mandator


@hostile(Doubt.NOT_A_PDF)
def words_before_the_form(scene: Scene) -> bytes:
    """The signed form behind a few bytes, which readers would skip."""
    return b"From: me@example.test\r\n\r\n" + scene.by_mandator


@hostile(Doubt.NOT_A_PDF)
def envelope(scene: Scene) -> bytes:
    """The form inside a CMS envelope (`.p7m`), as some programmes sign whole files."""
    return b"\x30\x84" + struct.pack(">I", len(scene.sealed)) + scene.sealed
