"""Shadow attacks: what is to be shown later is in the file before it is signed, out of sight.

After "Shadow Attacks: Hiding and Replacing Content in Signed PDFs" (NDSS 2021).
"""

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from mahis.domain.signed_forms import Doubt
from tests.hostile import revisions, signing
from tests.hostile.registry import hostile
from tests.hostile.revisions import dictionary, drawing, name, numbers, picture
from tests.hostile.scene import MANDATARY, MANDATOR, Scene, signed

#: Numbers far above those of the form.
_HIDDEN_PAGE, _HIDDEN_DRAWING, _HIDDEN_PAGES, _HIDDEN_ROOT = 700, 701, 702, 703


def _cover(writer: IncrementalPdfFileWriter) -> None:
    """Lay a picture over the page, as a form field without a function."""
    cover = writer.add_object(
        dictionary(
            Type=name("/Annot"),
            Subtype=name("/Stamp"),
            Rect=numbers(0, 0, 595, 842),
            AP=dictionary(N=writer.add_object(picture("A lottery ticket", width=595, height=842))),
        )
    )
    revisions.page_of(writer)["/Annots"].append(cover)


def _hidden(pdf: bytes) -> dict[int, bytes]:
    """A second catalogue with a page of its own, which nothing in the file refers to."""
    there = revisions.numbers_in(pdf)
    catalogue = revisions.object_in(pdf, there.catalogue)
    page = revisions.object_in(pdf, there.page)
    return {
        _HIDDEN_DRAWING: revisions.stream(b"q Q"),
        _HIDDEN_PAGE: page.replace(b"%d 0 R" % there.drawing, b"%d 0 R" % _HIDDEN_DRAWING),
        _HIDDEN_PAGES: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % _HIDDEN_PAGE,
        _HIDDEN_ROOT: catalogue.replace(
            b"/Pages %d 0 R" % there.pages, b"/Pages %d 0 R" % _HIDDEN_PAGES
        ),
    }


def _prepared(scene: Scene) -> bytes:
    """The form with a hidden catalogue, signed by a party who sees nothing of it."""
    return signed(revisions.appended(scene.sealed, _hidden(scene.sealed)))


@hostile(Doubt.CONTENT_CHANGED)
def hide(scene: Scene) -> bytes:
    """A picture covers the page while it is signed, and is taken away behind the signature."""
    there = revisions.numbers_in(scene.sealed)
    page = revisions.object_in(scene.sealed, there.page)
    covered = signed(revisions.updated(scene.sealed, _cover))
    return revisions.appended(covered, {there.page: page})


@hostile(Doubt.CONTENT_CHANGED)
def hide_before_the_signature(scene: Scene) -> bytes:
    """A picture covers the page while it is signed: the signer saw something else."""
    return signed(revisions.updated(scene.sealed, _cover))


@hostile(Doubt.CONTENT_CHANGED)
def hide_by_the_second_signer(scene: Scene) -> bytes:
    """The picture that covered the page for the first party is gone for the second."""
    there = revisions.numbers_in(scene.sealed)
    page = revisions.object_in(scene.sealed, there.page)
    covered = signed(revisions.updated(scene.sealed, _cover))
    uncovered = revisions.appended(covered, {there.page: page})
    return signed(uncovered, field=MANDATARY, by="citizen-rsa")


@hostile(Doubt.CONTENT_CHANGED)
def replace_a_typeface(scene: Scene) -> bytes:
    """A typeface is overwritten behind the signature, so that the same text shows other digits."""
    there = revisions.numbers_in(scene.by_mandator)
    number = revisions.typeface_in(scene.by_mandator)
    face = b"<</Type/Font/Subtype/Type1/BaseFont/Symbol>>"
    return revisions.appended(scene.by_mandator, {number: face}, root=there.catalogue)


@hostile(Doubt.CONTENT_CHANGED)
def replace_a_typeface_before_the_signature(scene: Scene) -> bytes:
    """A typeface is overwritten before the signature: the same text shows other digits."""
    number = revisions.typeface_in(scene.sealed)
    face = b"<</Type/Font/Subtype/Type1/BaseFont/Symbol>>"
    return signed(revisions.appended(scene.sealed, {number: face}))


@hostile(Doubt.CONTENT_CHANGED)
def replace_the_typeface_of_the_looks(scene: Scene) -> bytes:
    """The typeface in which the signer's name is drawn is overwritten behind the signature."""
    number = revisions.looks_of(scene.by_mandator, MANDATOR)
    looks = b"/Type/XObject/Subtype/Form/BBox[0 0 200 70]"
    return revisions.appended(scene.by_mandator, {number: revisions.stream(b"q Q", looks)})


@hostile(Doubt.CONTENT_CHANGED)
def prepare(scene: Scene) -> bytes:
    """A second catalogue waits in the signed file; nothing shows it yet."""
    return _prepared(scene)


@hostile(Doubt.CONTENT_CHANGED)
def hide_and_replace(scene: Scene) -> bytes:
    """A second catalogue that waited in the signed file is made the catalogue behind it."""
    return revisions.appended(_prepared(scene), {}, root=_HIDDEN_ROOT)


@hostile(Doubt.CONTENT_CHANGED)
def hide_and_replace_by_the_table_alone(scene: Scene) -> bytes:
    """The page drawn anew waits in the signed bytes; a table behind them says that it is ours."""
    number = revisions.numbers_in(scene.sealed).drawing
    waiting = b"\n%d 0 obj\n%b\nendobj\n" % (number, revisions.stream(b"q Q"))
    pdf = signed(scene.sealed + waiting)
    return revisions.appended(pdf, {}, places={number: len(scene.sealed) + 1})


@hostile(Doubt.CONTENT_CHANGED)
def hide_and_replace_in_one_signature(scene: Scene) -> bytes:
    """The signer's own update brings a page that the next update puts in place of ours."""

    def prepare(writer: IncrementalPdfFileWriter) -> None:
        writer.add_object(drawing("Everything"))

    pdf = signing.signed_with(scene.sealed, prepare)
    there = revisions.numbers_in(pdf)
    waiting = revisions.number_around(pdf, b"(Everything)")
    page = revisions.object_in(pdf, there.page)
    ours, theirs = b"%d 0 R" % there.drawing, b"%d 0 R" % waiting
    assert ours in page
    return revisions.appended(pdf, {there.page: page.replace(ours, theirs)})


@hostile(Doubt.BROKEN)
def replace_by_freeing(scene: Scene) -> bytes:
    """The table behind the signature says that the page's drawing is no longer there."""
    there = revisions.numbers_in(scene.by_mandator)
    return revisions.appended(scene.by_mandator, {}, freed=[there.drawing])


@hostile(Doubt.CONTENT_CHANGED)
def replace_by_a_second_table(scene: Scene) -> bytes:
    """A table names a second one beside it, which only some readers know, with another page."""
    pdf = scene.by_mandator
    there = revisions.numbers_in(pdf)
    blank = b"\n%d 0 obj\n%b\nendobj\n" % (there.drawing, revisions.stream(b"q Q"))
    row = b"\1" + (len(pdf) + 1).to_bytes(4, "big") + bytes(2)
    entries = b"/Type/XRef/W[1 4 2]/Index[%d 1]/Size %d/Root %d 0 R" % (
        there.drawing,
        there.next + 1,
        there.catalogue,
    )
    section = b"%d 0 obj\n%b\nendobj\n" % (there.next, revisions.stream(row, entries))
    with_section = pdf + blank + section
    return revisions.appended(
        with_section,
        {},
        root=there.catalogue,
        size=there.next + 1,
        previous=revisions.last_section(pdf),
        trailer=b"/XRefStm %d" % (len(pdf) + len(blank)),
    )


@hostile(Doubt.CONTENT_CHANGED)
def skip_the_signature(scene: Scene) -> bytes:
    """The last table follows on that of the seal, as if nobody had signed in between."""
    return revisions.appended(scene.by_mandator, {}, previous=revisions.last_section(scene.sealed))


@hostile(Doubt.CONTENT_CHANGED)
def go_back(scene: Scene) -> bytes:
    """The end of the file points at the table of the seal, and the signature lies between."""
    return scene.by_mandator + b"startxref\n%d\n%%%%EOF\n" % revisions.last_section(scene.sealed)


@hostile(Doubt.CONTENT_CHANGED)
def skip_the_first_of_two(scene: Scene) -> bytes:
    """The second party signs in an update that follows on the seal, past the first signature."""
    previous = revisions.last_section(scene.sealed)
    there = revisions.numbers_in(scene.by_mandator)
    skipping = revisions.appended(
        scene.by_mandator, {}, previous=previous, size=there.next, trailer=there.identity
    )
    return signed(skipping, field=MANDATARY, by="citizen-rsa")


@hostile(Doubt.CONTENT_CHANGED)
def two_ends(scene: Scene) -> bytes:
    """Words stand between the last table and the end, where nobody looks."""
    pdf = scene.by_mandator
    return pdf + b"999 0 obj\n(more)\nendobj\nstartxref\n%d\n%%%%EOF\n" % revisions.last_section(
        pdf
    )
