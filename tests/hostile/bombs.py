"""Tools for files that are larger inside than outside."""

import zlib
from collections.abc import Mapping

from tests.hostile import revisions
from tests.hostile.scene import Scene

_BLOCK = 2**20


def flate(size: int, *, byte: bytes = b"\0") -> bytes:
    """Pack `size` equal bytes, without ever unpacking them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(byte * _BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    rest = packer.compress(byte * (size % _BLOCK)) + packer.flush(zlib.Z_FINISH)
    return b"\x78\xda" + block * (size // _BLOCK) + rest + _checksum(size, byte[0])


def _checksum(size: int, byte: int) -> bytes:
    """Adler-32 of equal bytes, by its definition."""
    prime = 65_521
    low = (1 + size * byte) % prime
    high = (size + byte * size * (size + 1) // 2) % prime
    return (high << 16 | low).to_bytes(4, "big")


def flate_of(content: bytes) -> bytes:
    """Pack some bytes."""
    return zlib.compress(content, 9)


def table(
    pdf: bytes, packed: bytes, entries: bytes, *, widths: bytes = b"1 4 2", size: int | None = None
) -> bytes:
    """Add an update whose table of cross-references is such a stream."""
    there = revisions.numbers_in(pdf)
    said = b"/Type/XRef/W[%b]/Size %d/Root %d 0 R/Prev %d%b" % (
        widths,
        size or there.next + 1,
        there.catalogue,
        revisions.last_section(pdf),
        entries,
    )
    return revisions.with_section(pdf, revisions.stream(packed, said), there.next)


def in_container(
    pdf: bytes, packed: bytes, entries: bytes = b"/N 1/First 6/Filter/FlateDecode"
) -> bytes:
    """Add an update in which the catalogue is in a container of objects."""
    there = revisions.numbers_in(pdf)
    container = revisions.stream(packed, b"/Type/ObjStm" + entries)
    return container_update(pdf, container, {there.catalogue: (2, there.next)})


def container_update(pdf: bytes, container: bytes, rows: Mapping[int, tuple[int, int]]) -> bytes:
    """Add an object and a stream of cross-references with these rows and one for the object."""
    there = revisions.numbers_in(pdf)
    with_container = pdf + b"\n%d 0 obj\n%b\nendobj\n" % (there.next, container)
    all_rows = {there.next: (1, len(pdf) + 1), **rows}
    content = b"".join(
        bytes([kind]) + value.to_bytes(4, "big") + bytes(2)
        for _, (kind, value) in sorted(all_rows.items())
    )
    entries = b"/Type/XRef/W[1 4 2]/Index[%b]/Size %d/Root %d 0 R/Prev %d" % (
        b" ".join(b"%d 1" % number for number in sorted(all_rows)),
        there.next + 2,
        there.catalogue,
        revisions.last_section(pdf),
    )
    section = revisions.stream(content, entries)
    return revisions.with_section(with_container, section, there.next + 1)


def with_entry(scene: Scene, entry: bytes) -> bytes:
    """The catalogue of the signed form with one entry more."""
    there = revisions.numbers_in(scene.by_mandator)
    catalogue = revisions.object_in(scene.by_mandator, there.catalogue)
    return catalogue.removesuffix(b">>") + entry + b">>"


def page(
    objects: Mapping[int, bytes], entries: bytes = b"", *, count: int = 1, kids: bytes = b"3 0 R"
) -> bytes:
    """A file of one page that was never ours."""
    return revisions.from_nothing(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids),
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%b>>" % entries,
            **objects,
        }
    )


def updates(pdf: bytes, number: int, *, catalogue: int, size: int) -> bytes:
    """Add many small updates."""
    body, previous = bytearray(pdf), revisions.last_section(pdf)
    for _ in range(number):
        place = len(body)
        body += b"%d 0 obj 1 endobj\n" % size
        section = len(body)
        body += b"xref\n%d 1\n%010d 00000 n\r\n" % (size, place)
        body += b"trailer<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
            size + 1,
            catalogue,
            previous,
            section,
        )
        previous = section
    return bytes(body)
