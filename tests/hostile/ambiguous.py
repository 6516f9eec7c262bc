"""Signed updates that different readers understand differently: what one checks, another shows."""

import re

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from mahis.domain.signed_forms import Doubt
from tests.hostile import revisions, signing
from tests.hostile.registry import hostile
from tests.hostile.revisions import name, numbers
from tests.hostile.scene import MANDATOR, Scene, signed

#: A number that no object of the form has.
_LATER = 999
_WHOLE_PAGE = b"/Rect [ 0 0 595 842 ]"


def _with_second_rect(scene: Scene, *, first: bool) -> bytes:
    """Sign with two places in the field: its own one, and the whole page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        # Where the second place will be written.
        revisions.field_of(writer, MANDATOR)["/Q"] = name("/" + "x" * 80)

    pdf = signing.signed_with(scene.sealed, change)
    begins = pdf.rindex(b"\n%d 0 obj" % revisions.numbers_in(pdf).fields[MANDATOR])
    own = re.compile(rb"/Rect \[[^\]]*\]").search(pdf, begins)
    asked = re.compile(rb"/Q /x+").search(pdf, begins)
    assert own is not None
    assert asked is not None
    if first:
        assert own.start() < asked.start()
        return signing.resigned(_spliced(pdf, asked.span(), _WHOLE_PAGE))
    moved = _spliced(pdf, asked.span(), own[0])
    return signing.resigned(_spliced(moved, own.span(), _WHOLE_PAGE))


def _spliced(pdf: bytes, span: tuple[int, int], words: bytes) -> bytes:
    start, end = span
    assert len(words) <= end - start, "what lies behind would move"
    return pdf[:start] + words.ljust(end - start) + pdf[end:]


@hostile(Doubt.BROKEN)
def two_places_for_one_field(scene: Scene) -> bytes:
    """The signed field says twice where it is: some readers let it cover the page."""
    return _with_second_rect(scene, first=True)


@hostile(Doubt.BROKEN)
def two_places_for_one_field_the_other_way(scene: Scene) -> bytes:
    """The signed field says first that it covers the page, and then where it really is."""
    return _with_second_rect(scene, first=False)


@hostile(Doubt.CONTENT_CHANGED)
def object_promised(scene: Scene) -> bytes:
    """The signer's picture names an object that is not there yet, for others to put in."""
    named = re.compile(rb"/FontDescriptor (\d+) 0 R").search(scene.by_mandator, len(scene.sealed))
    assert named is not None
    promised = b"%0*d" % (len(named[1]), _LATER)
    return signing.resigned(_spliced(scene.by_mandator, named.span(1), promised))


@hostile(Doubt.CONTENT_CHANGED)
def object_delivered(scene: Scene) -> bytes:
    """The object that the signer's picture named is put in behind the signature."""
    face = b"<</Type/FontDescriptor/FontName/Symbol/Flags 4>>"
    return revisions.appended(object_promised(scene), {_LATER: face})


@hostile(Doubt.BROKEN)
def another_generation(scene: Scene) -> bytes:
    """The page's drawing comes a second time under its number, as if it had been deleted once."""
    there = revisions.numbers_in(scene.by_mandator)
    added = revisions.appended(scene.by_mandator, {there.drawing: revisions.stream(b"q Q")})
    place = added.rindex(b"\n%d 0 obj" % there.drawing) + 1
    frame = b"%d 0 obj" % there.drawing
    mended = added[:place] + frame.replace(b" 0 obj", b" 1 obj") + added[place + len(frame) :]
    row = b"%010d 00000 n" % place
    return mended.replace(row, row.replace(b"00000 n", b"00001 n"))


@hostile(Doubt.CONTENT_CHANGED)
def two_rows_for_one_object(scene: Scene) -> bytes:
    """The table of an update says twice where the page's drawing is: anew, and where it was."""
    return _with_two_rows(scene, new_first=True)


@hostile(Doubt.CONTENT_CHANGED)
def two_rows_for_one_object_the_other_way(scene: Scene) -> bytes:
    """The table of an update says where the drawing was, and then where it is anew."""
    return _with_two_rows(scene, new_first=False)


def _with_two_rows(scene: Scene, *, new_first: bool) -> bytes:
    number = revisions.numbers_in(scene.sealed).drawing
    was = scene.sealed.index(b"\n%d 0 obj" % number) + 1
    new = len(scene.sealed) + 1
    drawn = b"\n%d 0 obj\n%b\nendobj\n" % (number, revisions.stream(b"q Q"))
    there = revisions.numbers_in(scene.sealed)
    places = (new, was) if new_first else (was, new)
    section = len(scene.sealed) + len(drawn)
    rows = b"".join(b"%d 1\n%010d 00000 n\r\n" % (number, place) for place in places)
    update = b"%bxref\n%btrailer\n<</Size %d/Root %d 0 R/Prev %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (
        drawn,
        rows,
        there.next,
        there.catalogue,
        revisions.last_section(scene.sealed),
        there.identity,
        section,
    )
    return signed(scene.sealed + update)


@hostile(Doubt.CONTENT_CHANGED)
def second_table_in_the_signature(scene: Scene) -> bytes:
    """The signed update names a second table beside its own, which brings another page."""
    pdf, there = scene.sealed, revisions.numbers_in(scene.sealed)
    drawn = b"\n%d 0 obj\n%b\nendobj\n" % (there.drawing, revisions.stream(b"q Q"))
    row = b"\1" + (len(pdf) + 1).to_bytes(4, "big") + bytes(2)
    entries = b"/Type/XRef/W[1 4 2]/Index[%d 1]/Size %d/Root %d 0 R" % (
        there.drawing,
        there.next + 1,
        there.catalogue,
    )
    listed = b"%d 0 obj\n%b\nendobj\n" % (there.next, revisions.stream(row, entries))
    with_table = revisions.appended(
        pdf + drawn + listed,
        {},
        root=there.catalogue,
        size=there.next + 1,
        previous=revisions.last_section(pdf),
        trailer=b"/XRefStm %d%b" % (len(pdf) + len(drawn), there.identity),
    )
    return signed(with_table)


@hostile(Doubt.CONTENT_CHANGED)
def numbers_that_are_equal_to_some(scene: Scene) -> bytes:
    """The signed field's place is written so that rounding readers put it elsewhere."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        revisions.field_of(writer, MANDATOR)["/Rect"] = numbers(68.03, 107.72, 277.8, 9175.75)

    return signing.signed_with(scene.sealed, change)
