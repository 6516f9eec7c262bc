"""Tools of somebody who tampers: updates behind a file, by a library and byte by byte."""

import dataclasses
import functools
import io
import re
from collections.abc import Callable, Iterable, Mapping

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

Change = Callable[[IncrementalPdfFileWriter], None]


def updated(pdf: bytes, change: Change) -> bytes:
    """Add an unsigned update in which something is changed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    assert output.getvalue() != pdf, "nothing was changed"
    return output.getvalue()


def page_of(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    """The first page, marked as changed."""
    page = writer.root["/Pages"]["/Kids"][0]
    writer.update_container(page)
    return page


def fields_of(writer: IncrementalPdfFileWriter) -> generic.ArrayObject:
    """The list of form fields, marked as changed."""
    listed = writer.root["/AcroForm"]["/Fields"]
    writer.update_container(listed)
    return listed


def field_of(writer: IncrementalPdfFileWriter, name: str) -> generic.DictionaryObject:
    """A form field, marked as changed."""
    found = _named(fields_of(writer), name).get_object()
    assert isinstance(found, generic.DictionaryObject)
    writer.update_container(found)
    return found


def _named(listed: generic.ArrayObject, name: str) -> generic.PdfObject:
    return next(each for each in listed if each.get_object()["/T"] == name)


def text(words: str) -> generic.PdfObject:
    """Words as an object of a PDF."""
    return generic.pdf_string(words)


def name(word: str) -> generic.NameObject:
    """A name as an object of a PDF."""
    return generic.pdf_name(word)


def numbers(*values: float) -> generic.ArrayObject:
    """Numbers as an object of a PDF."""
    return generic.ArrayObject(
        generic.NumberObject(each) if isinstance(each, int) else generic.FloatObject(each)
        for each in values
    )


def dictionary(**entries: generic.PdfObject) -> generic.DictionaryObject:
    """A dictionary as an object of a PDF."""
    return generic.DictionaryObject({name(f"/{key}"): each for key, each in entries.items()})


def drawing(words: str) -> generic.StreamObject:
    """A stream that draws words on a page."""
    content = f"q BT /Helv 14 Tf 60 700 Td ({words}) Tj ET Q".encode()
    return generic.StreamObject(stream_data=content)


def picture(words: str, *, width: int = 240, height: int = 40) -> generic.StreamObject:
    """A stream that draws words in a field or in a note."""
    drawn = drawing(words)
    drawn.update(
        dictionary(Type=name("/XObject"), Subtype=name("/Form"), BBox=numbers(0, 0, width, height))
    )
    return drawn


# ------------------------------------------------------------------------------- byte by byte


def last_section(pdf: bytes) -> int:
    """Where the last table of cross-references begins, as the file says."""
    return int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])


@dataclasses.dataclass(frozen=True, kw_only=True)
class Numbers:
    """Under which numbers the objects of a form are."""

    catalogue: int
    pages: int
    page: int
    drawing: int
    metadata: int
    fields: dict[str, int]
    #: The number of the next new object.
    next: int
    #: What a trailer says of the file itself.
    identity: bytes


@functools.lru_cache(maxsize=100)
def numbers_in(pdf: bytes) -> Numbers:
    """Look up under which numbers the objects of a form are."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    root = reader.root
    pages, listed = root["/Pages"], root["/AcroForm"]["/Fields"]
    return Numbers(
        catalogue=reader.trailer.raw_get("/Root").idnum,
        pages=root.raw_get("/Pages").idnum,
        page=pages["/Kids"].raw_get(0).idnum,
        drawing=pages["/Kids"][0].raw_get("/Contents").idnum,
        metadata=root.raw_get("/Metadata").idnum,
        fields={
            str(listed[place]["/T"]): listed.raw_get(place).idnum for place in range(len(listed))
        },
        next=int(reader.trailer["/Size"]),
        identity=b"/Info %d 0 R/ID[<%b><%b>]"
        % (
            reader.trailer.raw_get("/Info").idnum,
            *(each.original_bytes.hex().encode() for each in reader.trailer["/ID"]),
        ),
    )


def with_form(pdf: bytes, form: bytes) -> dict[int, bytes]:
    """The catalogue with another form in it."""
    number = numbers_in(pdf).catalogue
    changed, times = re.subn(
        rb"/AcroForm <<[^>]*>>",
        lambda _: b"/AcroForm " + form,
        object_in(pdf, number),
    )
    assert times == 1
    return {number: changed}


def value_of(pdf: bytes, field: str) -> int:
    """Look up under which number the signature in a field is."""
    listed = PdfFileReader(io.BytesIO(pdf), strict=False).root["/AcroForm"]["/Fields"]
    return int(_named(listed, field).get_object().raw_get("/V").idnum)


def object_in(pdf: bytes, number: int) -> bytes:
    """Give the last version of an object as it is written in a file, without its frame."""
    start = pdf.rindex(b"\n%d 0 obj" % number) + len(b"\n%d 0 obj" % number)
    return pdf[start : pdf.index(b"endobj", start)].strip()


def appended(
    pdf: bytes,
    objects: Mapping[int, bytes],
    *,
    root: int | None = None,
    previous: int | None = None,
    size: int | None = None,
    trailer: bytes = b"",
    places: Mapping[int, int] | None = None,
    freed: Iterable[int] = (),
) -> bytes:
    """Add an update with a table of cross-references; `places` point objects to anywhere."""
    offsets = dict(places or {})
    body = bytearray(pdf + b"\n")
    for number, content in objects.items():
        offsets[number] = len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    section = len(body)
    body += b"xref\n0 1\n0000000000 65535 f\r\n"
    for number in sorted({*offsets, *freed}):
        entry = b"%010d 00000 n" % offsets[number] if number in offsets else b"0000000000 00001 f"
        body += b"%d 1\n%b\r\n" % (number, entry)
    last = max([*offsets, *freed, 0])
    body += b"trailer\n<</Size %d/Root %d 0 R/Prev %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (
        size or max(numbers_in(pdf).next, last + 1),
        root or numbers_in(pdf).catalogue,
        last_section(pdf) if previous is None else previous,
        trailer,
        section,
    )
    return bytes(body)


def from_nothing(objects: Mapping[int, bytes], *, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Write a whole file with a table of cross-references."""
    body = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = {}
    for number, content in objects.items():
        offsets[number] = len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    section = len(body)
    body += b"xref\n0 1\n0000000000 65535 f\r\n"
    for number, offset in sorted(offsets.items()):
        body += b"%d 1\n%010d 00000 n\r\n" % (number, offset)
    size = max(offsets) + 1
    body += b"trailer\n<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, section)
    return bytes(body)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream as an object of a PDF."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(content), content)


def with_section(pdf: bytes, section: bytes, number: int) -> bytes:
    """Add an update whose table of cross-references is a stream, given with its dictionary."""
    start = len(pdf) + 1
    return pdf + b"\n%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, section, start)


def replaced(pdf: bytes, old: bytes, new: bytes, *, last: bool = True) -> bytes:
    """Overwrite the last (or the first) place of some bytes with as many others."""
    assert len(old) == len(new), "what lies behind would move"
    place = pdf.rfind(old) if last else pdf.find(old)
    assert place >= 0, "nothing to overwrite"
    return pdf[:place] + new + pdf[place + len(old) :]


def typeface_in(pdf: bytes) -> int:
    """Look up under which number the first typeface of the page is."""
    page = PdfFileReader(io.BytesIO(pdf), strict=False).root["/Pages"]["/Kids"][0]
    faces = page["/Resources"]["/Font"]
    return int(faces.raw_get(min(faces)).idnum)


def looks_of(pdf: bytes, field: str) -> int:
    """Look up under which number the picture in a field is."""
    listed = PdfFileReader(io.BytesIO(pdf), strict=False).root["/AcroForm"]["/Fields"]
    return int(_named(listed, field).get_object()["/AP"].raw_get("/N").idnum)


def number_around(pdf: bytes, words: bytes) -> int:
    """The number of the last object in which these bytes stand."""
    begins = re.findall(rb"\n(\d+) 0 obj", pdf[: pdf.rindex(words)])
    return int(begins[-1])
