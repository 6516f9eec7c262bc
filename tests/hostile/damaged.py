"""Files that were cut or damaged on their way, and files whose own tables lie."""

from mahis.domain.signed_forms import Doubt
from tests.hostile import bombs, revisions
from tests.hostile.registry import hostile
from tests.hostile.scene import Scene

_NO_SECTION = b"startxref\n%d\n%%%%EOF\n"


@hostile(Doubt.BROKEN)
def only_a_header(scene: Scene) -> bytes:
    """The first line of a PDF and nothing more."""
    return b"%PDF-1.7\n"


@hostile(Doubt.BROKEN)
def header_and_noise(scene: Scene) -> bytes:
    """The first line of a PDF, then bytes without sense."""
    return b"%PDF-1.7\n" + bytes(place * 7919 % 251 for place in range(50_000))


@hostile(Doubt.BROKEN)
def first_quarter(scene: Scene) -> bytes:
    """A download of the form that stopped after a quarter."""
    return scene.sealed[: len(scene.sealed) // 4]


@hostile(Doubt.BROKEN)
def cut_in_the_seal(scene: Scene) -> bytes:
    """The form cut in the middle of the certificate of its seal."""
    return scene.sealed[: scene.sealed.index(b"/Contents <") + 2000]


@hostile(Doubt.BROKEN)
def cut_in_the_signature(scene: Scene) -> bytes:
    """The signed form cut in the middle of the signature."""
    return scene.by_mandator[: scene.by_mandator.rindex(b"/Contents <") + 2000]


@hostile(Doubt.BROKEN)
def cut_before_the_table(scene: Scene) -> bytes:
    """The signed form without the table of its last update."""
    return scene.by_mandator[: revisions.last_section(scene.by_mandator)]


@hostile(Doubt.BROKEN)
def cut_in_the_table(scene: Scene) -> bytes:
    """The signed form cut in the middle of its last table."""
    return scene.by_mandator[: revisions.last_section(scene.by_mandator) + 60]


@hostile(Doubt.BROKEN)
def cut_at_the_end(scene: Scene) -> bytes:
    """The signed form without its last bytes, which say where everything is."""
    return scene.by_mandator[: scene.by_mandator.rindex(b"startxref")]


@hostile(Doubt.NO_SIGNATURE)
def cut_after_the_seal(scene: Scene) -> bytes:
    """The form cut just before the signature: as nobody ever signed it."""
    return scene.by_mandator[: len(scene.sealed)]


@hostile(Doubt.NOT_OUR_FORM)
def one_bit_in_the_form(scene: Scene) -> bytes:
    """One bit flipped on the page that was sealed."""
    drawing = revisions.numbers_in(scene.sealed).drawing
    place = scene.sealed.index(b"\n%d 0 obj" % drawing) + 200
    flipped = scene.by_mandator[place] ^ 1
    return scene.by_mandator[:place] + bytes([flipped]) + scene.by_mandator[place + 1 :]


@hostile(Doubt.SIGNATURE_BROKEN)
def one_bit_in_the_signature(scene: Scene) -> bytes:
    """One bit flipped in the signature's value."""
    end = scene.by_mandator.rindex(b">", 0, scene.by_mandator.rindex(b"/ByteRange"))
    zeroes = scene.by_mandator[:end]
    place = len(zeroes.rstrip(b"0")) - 9
    digit = b"%X" % (int(zeroes[place : place + 1], 16) ^ 1)
    return scene.by_mandator[:place] + digit + scene.by_mandator[place + 1 :]


@hostile(Doubt.SIGNATURE_BROKEN)
def one_letter_in_what_was_signed(scene: Scene) -> bytes:
    """One byte changed in the signed update, outside of the signature."""
    return revisions.replaced(scene.by_mandator, b"/Adobe.PPKLite", b"/Adobe.PPKLitf")


@hostile(Doubt.BROKEN)
def noise_in_the_middle(scene: Scene) -> bytes:
    """A kilobyte of noise written over the signed update's table."""
    place = revisions.last_section(scene.by_mandator)
    noise = bytes(each * 31 % 256 for each in range(600))
    return scene.by_mandator[:place] + noise + scene.by_mandator[place + 600 :]


@hostile(Doubt.BROKEN)
def line_ends_mended(scene: Scene) -> bytes:
    """A mail programme took the file for text and changed its line ends."""
    return scene.by_mandator.replace(b"\n", b"\r\n")


@hostile(Doubt.BROKEN)
def table_nowhere(scene: Scene) -> bytes:
    """The last table is said to be far behind the end of the file."""
    return scene.by_mandator + _NO_SECTION % 10**9


@hostile(Doubt.BROKEN)
def table_in_a_picture(scene: Scene) -> bytes:
    """The last table is said to be in the middle of something else."""
    return scene.by_mandator + _NO_SECTION % 5000


@hostile(Doubt.BROKEN)
def table_before_the_file(scene: Scene) -> bytes:
    """The last table is said to be before the beginning of the file."""
    return scene.by_mandator + b"startxref\n-20\n%%EOF\n"


@hostile(Doubt.BROKEN)
def table_that_follows_itself(scene: Scene) -> bytes:
    """A table names itself as the one before it, so that a reader turns in a circle."""
    pdf = scene.by_mandator
    start = len(pdf) + 1
    for _ in range(3):
        looped = revisions.appended(pdf, {}, previous=start)
        start = revisions.last_section(looped)
    return looped


@hostile(Doubt.BROKEN)
def tables_that_follow_each_other(scene: Scene) -> bytes:
    """Two tables name each other as the one before."""
    catalogue = revisions.numbers_in(scene.by_mandator).catalogue
    first = revisions.appended(scene.by_mandator, {}, previous=10**6 + 7)
    second = revisions.appended(first, {}, root=catalogue, size=200)
    return revisions.replaced(
        second, b"/Prev 1000007", b"/Prev %07d" % revisions.last_section(second)
    )


@hostile(Doubt.BROKEN)
def table_that_points_astray(scene: Scene) -> bytes:
    """A table says that the page is where another object is."""
    there = revisions.numbers_in(scene.by_mandator)
    astray = {there.page: 20_000, there.catalogue: 20_001}
    return revisions.appended(scene.by_mandator, {}, places=astray)


@hostile(Doubt.BROKEN)
def table_of_nonsense(scene: Scene) -> bytes:
    """A stream of cross-references whose columns have no width."""
    there = revisions.numbers_in(scene.by_mandator)
    entries = b"/Type/XRef/W[0 0 0]/Size %d/Root %d 0 R" % (there.next + 1, there.catalogue)
    return revisions.with_section(scene.by_mandator, revisions.stream(b"", entries), there.next)


@hostile(Doubt.BROKEN)
def no_catalogue(scene: Scene) -> bytes:
    """A trailer that names an object that is not there as the catalogue."""
    return revisions.appended(scene.by_mandator, {}, root=9_999, size=10_000)


@hostile(Doubt.BROKEN)
def catalogue_that_is_a_number(scene: Scene) -> bytes:
    """The catalogue is overwritten by a number."""
    there = revisions.numbers_in(scene.by_mandator)
    return revisions.appended(scene.by_mandator, {there.catalogue: b"42"})


@hostile(Doubt.BROKEN)
def catalogue_that_is_itself(scene: Scene) -> bytes:
    """The catalogue is a reference to itself."""
    number = revisions.numbers_in(scene.by_mandator).catalogue
    return revisions.appended(scene.by_mandator, {number: b"%d 0 R" % number})


@hostile(Doubt.CONTENT_CHANGED)
def references_in_a_circle(scene: Scene) -> bytes:
    """The pages are a reference to an object that refers to the pages."""
    pages = revisions.numbers_in(scene.by_mandator).pages
    circle = {pages: b"900 0 R", 900: b"901 0 R", 901: b"%d 0 R" % pages}
    return revisions.appended(scene.by_mandator, circle)


@hostile(Doubt.BROKEN)
def container_that_lies(scene: Scene) -> bytes:
    """The catalogue is said to be in a container that holds other objects than it says."""
    content = bombs.flate_of(b"1 0 7 99999 <</Type/Catalog>>")
    return bombs.in_container(scene.by_mandator, content, b"/N 900/First 9/Filter/FlateDecode")


@hostile(Doubt.BROKEN)
def container_in_itself(scene: Scene) -> bytes:
    """A container of objects is said to be inside of itself."""
    there = revisions.numbers_in(scene.by_mandator)
    rows = {there.catalogue: (2, there.next), there.next: (2, there.next)}
    return bombs.container_update(scene.by_mandator, b"null", rows)
