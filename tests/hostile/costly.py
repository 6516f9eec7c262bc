"""Files whose reading would take all time or all memory: bombs, and things without end."""

from mahis.domain.signed_forms import Doubt
from tests.hostile import bombs, revisions
from tests.hostile.registry import hostile
from tests.hostile.scene import Scene

_MANY = 10**6


@hostile(Doubt.NOT_OUR_FORM)
def bomb_alone(scene: Scene) -> bytes:
    """A page whose drawing unpacks to a gigabyte of zeroes."""
    drawing = revisions.stream(bombs.flate(2**30), b"/Filter/FlateDecode")
    return bombs.page({4: drawing}, b"/Contents 4 0 R")


@hostile(Doubt.CONTENT_CHANGED)
def bomb_as_drawing(scene: Scene) -> bytes:
    """The page's drawing replaced by one that unpacks to a gigabyte of zeroes."""
    there = revisions.numbers_in(scene.by_mandator)
    drawing = revisions.stream(bombs.flate(2**30), b"/Filter/FlateDecode")
    return revisions.appended(scene.by_mandator, {there.drawing: drawing})


@hostile(Doubt.TOO_COSTLY)
def bomb_as_table(scene: Scene) -> bytes:
    """A table of cross-references that unpacks to a gigabyte of zeroes."""
    return bombs.table(scene.by_mandator, bombs.flate(2**30), b"/Filter/FlateDecode")


@hostile(Doubt.TOO_COSTLY)
def bomb_in_a_bomb(scene: Scene) -> bytes:
    """A table that has to be unpacked three times, each time to a thousandfold."""
    thrice = bombs.flate_of(bombs.flate_of(bombs.flate(2**30)))
    return bombs.table(scene.by_mandator, thrice, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]")


@hostile(Doubt.TOO_COSTLY)
def bomb_with_predictor(scene: Scene) -> bytes:
    """A table of many million rows, each of which is to be predicted from the one before."""
    entries = b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1>>"
    return bombs.table(scene.by_mandator, bombs.flate(2**28), entries)


@hostile(Doubt.TOO_COSTLY)
def bomb_of_short_words(scene: Scene) -> bytes:
    """A table in the notation in which one letter stands for four zeroes."""
    entries = b"/Filter[/FlateDecode/ASCII85Decode]"
    return bombs.table(scene.by_mandator, bombs.flate(2**28, byte=b"z"), entries)


@hostile(Doubt.BROKEN)
def bomb_by_an_unused_filter(scene: Scene) -> bytes:
    """A table packed by LZW, which no reader of such tables has to know."""
    return bombs.table(scene.by_mandator, bytes(1000), b"/Filter/LZWDecode")


@hostile(Doubt.BROKEN)
def bomb_by_run_lengths(scene: Scene) -> bytes:
    """A table packed by run lengths, a hundred-and-twenty-eightfold."""
    return bombs.table(scene.by_mandator, b"\x81\x00" * 2**21, b"/Filter/RunLengthDecode")


@hostile(Doubt.TOO_COSTLY)
def thousand_filters(scene: Scene) -> bytes:
    """A table that is to be unpacked a hundred thousand times."""
    return bombs.table(
        scene.by_mandator, bombs.flate(2**20), b"/Filter[" + b"/FlateDecode" * 100_000 + b"]"
    )


@hostile(Doubt.TOO_COSTLY)
def bomb_as_container(scene: Scene) -> bytes:
    """The catalogue is in a container of objects that unpacks to a gigabyte of zeroes."""
    return bombs.in_container(scene.by_mandator, bombs.flate(2**30))


@hostile(Doubt.TOO_COSTLY)
def bomb_as_certificate(scene: Scene) -> bytes:
    """A store of certificates of which each unpacks to a hundred megabytes."""
    there = revisions.numbers_in(scene.by_mandator)
    certificate = revisions.stream(bombs.flate(10**8), b"/Filter/FlateDecode")
    listed = b" ".join(b"%d 0 R" % (there.next + 1) for _ in range(1000))
    return revisions.appended(
        scene.by_mandator,
        {
            there.catalogue: bombs.with_entry(scene, b"/DSS<</Certs[" + listed + b"]>>"),
            there.next + 1: certificate,
        },
    )


@hostile(Doubt.NOT_OUR_FORM)
def pages_without_number(scene: Scene) -> bytes:
    """A file that says that it has two thousand million pages."""
    return bombs.page({}, count=2**31 - 1)


@hostile(Doubt.CONTENT_CHANGED)
def pages_without_number_in_the_form(scene: Scene) -> bytes:
    """An update says that the form has two thousand million pages."""
    there = revisions.numbers_in(scene.by_mandator)
    pages = b"<</Type/Pages/Count 2147483647/Kids[%d 0 R]>>" % there.page
    return revisions.appended(scene.by_mandator, {there.pages: pages})


@hostile(Doubt.CONTENT_CHANGED)
def pages_in_a_circle(scene: Scene) -> bytes:
    """The tree of pages contains itself."""
    there = revisions.numbers_in(scene.by_mandator)
    pages = b"<</Type/Pages/Count 1/Kids[%d 0 R]/Parent %d 0 R>>" % (there.pages, there.pages)
    return revisions.appended(scene.by_mandator, {there.pages: pages})


@hostile(Doubt.CONTENT_CHANGED)
def pages_below_pages(scene: Scene) -> bytes:
    """A tree of pages in which the page is two thousand branches up."""
    there = revisions.numbers_in(scene.by_mandator)
    branches = {
        there.next + place: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (there.next + place + 1)
        for place in range(2_000)
    }
    root = b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % there.next
    return revisions.appended(scene.by_mandator, {there.pages: root, **branches})


@hostile(Doubt.NOT_OUR_FORM)
def million_pages(scene: Scene) -> bytes:
    """A file that really lists a million times the same page."""
    return bombs.page({}, count=_MANY, kids=b"3 0 R " * _MANY)


@hostile(Doubt.BROKEN)
def lists_in_lists(scene: Scene) -> bytes:
    """The form's fields are a list in a list in a list, a million deep."""
    deep = b"<</Fields" + b"[" * _MANY + b"]" * _MANY + b">>"
    return revisions.appended(scene.by_mandator, revisions.with_form(scene.by_mandator, deep))


@hostile(Doubt.BROKEN)
def dictionaries_in_dictionaries(scene: Scene) -> bytes:
    """The catalogue is a dictionary in a dictionary, a quarter million deep."""
    there = revisions.numbers_in(scene.by_mandator)
    deep = b"<</A" * (_MANY // 4) + b" 1" + b">>" * (_MANY // 4)
    return revisions.appended(scene.by_mandator, {there.catalogue: deep})


@hostile(Doubt.BROKEN)
def trailer_in_trailer(scene: Scene) -> bytes:
    """The trailer itself is nested deeper than any reader goes."""
    deep = b"/X" + b"[" * _MANY + b"]" * _MANY
    return revisions.appended(scene.by_mandator, {}, trailer=deep)


@hostile(Doubt.BROKEN)
def number_without_end(scene: Scene) -> bytes:
    """A number of a million digits, which takes long to understand."""
    return revisions.appended(scene.by_mandator, {}, trailer=b"/Size " + b"9" * _MANY)


@hostile(Doubt.BROKEN)
def name_without_end(scene: Scene) -> bytes:
    """A name of four million letters, each written as a number, in the catalogue."""
    entry = b"/" + b"#41" * (_MANY * 2) + b" 1"
    there = revisions.numbers_in(scene.by_mandator)
    return revisions.appended(scene.by_mandator, {there.catalogue: bombs.with_entry(scene, entry)})


@hostile(Doubt.CONTENT_CHANGED)
def text_without_end(scene: Scene) -> bytes:
    """A text of eight million brackets, each of which has to be counted, in the catalogue."""
    entry = b"/X(" + b"(" * _MANY * 4 + b")" * _MANY * 4 + b")"
    there = revisions.numbers_in(scene.by_mandator)
    return revisions.appended(scene.by_mandator, {there.catalogue: bombs.with_entry(scene, entry)})


@hostile(Doubt.BROKEN)
def comment_without_end(scene: Scene) -> bytes:
    """Nine megabytes of comment behind the end."""
    return scene.by_mandator + b"%\n" * (9 * 2**19)


@hostile(Doubt.BROKEN)
def table_without_end(scene: Scene) -> bytes:
    """A table that says that it has four thousand million rows."""
    pdf = scene.by_mandator
    section = b"\nxref\n0 4294967295\n0000000000 65535 f\r\ntrailer<</Size 9/Root 1 0 R>>\n"
    return pdf + section + b"startxref\n%d\n%%%%EOF\n" % (len(pdf) + 1)


@hostile(Doubt.TOO_COSTLY)
def table_of_nothings(scene: Scene) -> bytes:
    """A stream of cross-references with two thousand million rows of no width."""
    return bombs.table(
        scene.by_mandator, b"", b"/Index[0 2147483647]", widths=b"0 0 0", size=2**31 - 1
    )


@hostile(Doubt.CONTENT_CHANGED)
def objects_without_number(scene: Scene) -> bytes:
    """Thirty thousand new objects behind the signature."""
    there = revisions.numbers_in(scene.by_mandator)
    many = {there.next + place: b"1" for place in range(_MANY // 30)}
    return revisions.appended(scene.by_mandator, many)


@hostile(Doubt.TOO_COSTLY)
def updates_without_number(scene: Scene) -> bytes:
    """Ten thousand updates behind the signature, each of which a careful reader compares."""
    there = revisions.numbers_in(scene.by_mandator)
    return bombs.updates(scene.by_mandator, 10_000, catalogue=there.catalogue, size=there.next)


@hostile(Doubt.BROKEN)
def length_that_is_its_own(scene: Scene) -> bytes:
    """The length of the page's drawing is to be found in the drawing itself."""
    there = revisions.numbers_in(scene.by_mandator)
    drawing = b"<</Length %d 0 R>>\nstream\n\nendstream" % there.drawing
    return revisions.appended(scene.by_mandator, {there.drawing: drawing})


@hostile(Doubt.BROKEN)
def fields_in_a_circle(scene: Scene) -> bytes:
    """A form field that is its own child and parent."""
    there = revisions.numbers_in(scene.by_mandator)
    looped = b"<</T(x)/Kids[%d 0 R]/Parent %d 0 R>>" % (there.next, there.next)
    form = b"<</SigFlags 3/Fields[%d 0 R]>>" % there.next
    return revisions.appended(
        scene.by_mandator, {there.next: looped, **revisions.with_form(scene.by_mandator, form)}
    )


@hostile(Doubt.TOO_COSTLY)
def fields_without_number(scene: Scene) -> bytes:
    """The mandator's field listed half a million times."""
    there = revisions.numbers_in(scene.by_mandator)
    many = b"%d 0 R " % there.fields["mandator"] * (_MANY // 2)
    form = b"<</SigFlags 3/Fields[" + many + b"]>>"
    return revisions.appended(scene.by_mandator, revisions.with_form(scene.by_mandator, form))


@hostile(Doubt.CONTENT_CHANGED)
def names_in_a_circle(scene: Scene) -> bytes:
    """A tree of names that contains itself."""
    there = revisions.numbers_in(scene.by_mandator)
    entry = b"/Names<</EmbeddedFiles %d 0 R>>" % there.next
    looped = b"<</Kids[%d 0 R %d 0 R]>>" % (there.next, there.next)
    return revisions.appended(
        scene.by_mandator,
        {there.catalogue: bombs.with_entry(scene, entry), there.next: looped},
    )


@hostile(Doubt.TOO_COSTLY)
def one_signature_in_many_fields(scene: Scene) -> bytes:
    """A thousand fields that all hold the same signature, to be verified for each."""
    pdf, there = scene.by_mandator, revisions.numbers_in(scene.by_mandator)
    value = revisions.value_of(pdf, "mandator")
    places = range(there.next, there.next + 1_000)
    field = b"<</FT/Sig/T(f%d)/V %d 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]>>"
    many = {place: field % (place, value) for place in places}
    listed = b" ".join(b"%d 0 R" % place for place in (*there.fields.values(), *places))
    form = b"<</SigFlags 3/Fields[" + listed + b"]>>"
    return revisions.appended(pdf, {**revisions.with_form(pdf, form), **many})


@hostile(Doubt.SIGNATURE_BROKEN)
def range_of_many_parts(scene: Scene) -> bytes:
    """The signature covers twenty thousand parts of no length."""
    pdf, there = scene.by_mandator, revisions.numbers_in(scene.by_mandator)
    number = revisions.value_of(pdf, "mandator")
    value = revisions.object_in(pdf, number)
    start, end = value.index(b"/ByteRange"), value.index(b"]", value.index(b"/ByteRange")) + 1
    many = b"/ByteRange[" + b"0 0 " * 20_000 + b"]"
    field = revisions.object_in(scene.sealed, there.fields["mandator"]).removesuffix(b">>")
    return revisions.appended(
        scene.sealed,
        {
            there.fields["mandator"]: field + b"/V %d 0 R>>" % number,
            number: value[:start] + many + value[end:],
        },
    )


@hostile(Doubt.CONTENT_CHANGED)
def metadata_that_grow(scene: Scene) -> bytes:
    """Metadata in which one word stands for ten, and each of them for ten again, ten times over."""
    words = "".join(f'<!ENTITY w{place} "{f"&w{place - 1};" * 10}">' for place in range(1, 11))
    grown = f'<!DOCTYPE x [<!ENTITY w0 "lol">{words}]><x>&w10;</x>'
    there = revisions.numbers_in(scene.by_mandator)
    metadata = revisions.stream(grown.encode(), b"/Type/Metadata/Subtype/XML")
    return revisions.appended(scene.by_mandator, {there.metadata: metadata})


@hostile(Doubt.CONTENT_CHANGED)
def metadata_that_fetch(scene: Scene) -> bytes:
    """Metadata that ask whoever reads them to open a file of the machine and a web address."""
    asking = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">'
        '<!ENTITY b SYSTEM "http://127.0.0.1:9/">]><x>&a;&b;</x>'
    )
    there = revisions.numbers_in(scene.by_mandator)
    metadata = revisions.stream(asking.encode(), b"/Type/Metadata/Subtype/XML")
    return revisions.appended(scene.by_mandator, {there.metadata: metadata})
