"""A scan that came as a PDF is kept byte for byte, or refused for a reason that can be named."""

import time
from typing import Any

import pytest

from mahis.domain.form_refusals import FileNotAPdf
from mahis.gateways.scans.refusals import (
    FileActive,
    PageOutOfShape,
    PageUnknown,
    ScanProtected,
    ScanTooCostly,
    ScanUnreadable,
    TooManyPages,
)
from tests.hostile import bombs
from tests.unit.scans import making

BLACK, PAPER = (0, 0, 0), (255, 255, 255)
SCRIPT = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
#: Catalogs, pages and objects of PDFs that do more than show pages.
ACTIVE: dict[str, dict[str, Any]] = {
    "a script at opening": {"catalog": "/OpenAction 4 0 R", "objects": [SCRIPT]},
    "a script of a page": {"page": "/AA << /O 4 0 R >>", "objects": [SCRIPT]},
    "a script by escaped names": {
        "catalog": "/OpenAction 4 0 R",
        "objects": ["<< /S /J#61vaScript /J#53 (x) >>"],
    },
    "a script behind a text that looks like an end": {
        "catalog": "/OpenAction 4 0 R",
        "objects": [f"<< /Next {SCRIPT} /T (endobj stream \\) \\( endstream (x\\)) ) >>"],
    },
    "a script behind a stream that looks like an end": {
        "catalog": "/OpenAction 5 0 R",
        "objects": ["<< /Length 23 >>\nstream\nendstream endobj ( x <<\n\nendstream", SCRIPT],
    },
    "a script in the names": {
        "catalog": "/Names << /JavaScript << /Names [(a) 4 0 R] >> >>",
        "objects": [SCRIPT],
    },
    "a program": {
        "catalog": "/OpenAction 4 0 R",
        "objects": ["<< /S /Launch /F (calc.exe) >>"],
    },
    "a form that sends itself": {
        "page": "/AA << /O 4 0 R >>",
        "objects": ["<< /S /SubmitForm /F (http://example.org) >>"],
    },
    "a form in XFA": {"catalog": "/AcroForm << /Fields [] /XFA 4 0 R >>", "objects": ["(x)"]},
    "a film": {
        "page": "/Annots [4 0 R]",
        "objects": ["<< /Subtype /RichMedia /Rect [0 0 9 9] >>"],
    },
    "another file": {
        "catalog": "/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>",
        "objects": [
            "<< /Type /Filespec /F (a) /EF << /F 5 0 R >> >>",
            "<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream",
        ],
    },
    "another file on a page": {
        "page": "/Annots [4 0 R]",
        "objects": [
            "<< /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /EF << /F 5 0 R >> >> >>",
            "<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream",
        ],
    },
}


def test_is_kept_byte_for_byte(taken):
    made = making.pdf(pages=2)
    assert taken(made) == made


def test_keeps_what_only_looks_active(taken):
    objects = [
        "(/JS and /Launch \\) (deep) stream\n/JS endobj)",
        "<2f4a53>",
        "<< /Length 8 >>\nstream\n/JS /XFA\nendstream",
        "<< /JSON 1 /Launched 2 >>",
    ]
    made = making.pdf(objects=objects)
    assert taken(made) == made


@pytest.mark.parametrize("name", ACTIVE)
def test_is_refused_where_it_holds(taken, scans, name):
    made = making.pdf(**ACTIVE[name])
    with pytest.raises(FileActive):
        taken(made)
    with pytest.raises(FileActive):
        scans.check_pdf(data=made)


def test_is_refused_where_packed_objects_hold_a_script(taken):
    harmless = making.with_object_stream([(5, "<< /S /URI /URI (x) >>")], catalog="")
    assert taken(harmless) == harmless
    with pytest.raises(FileActive):
        taken(making.with_object_stream([(5, SCRIPT)], catalog="/OpenAction 5 0 R"))


def test_is_refused_where_an_older_version_of_it_names_a_script(taken):
    made = making.pdf(objects=["<< /S /URI /URI (x) >>"]).replace(
        b"%PDF-1.7\n", b"%PDF-1.7\n9 0 obj\n<< /S /JavaScript >>\nendobj\n"
    )
    with pytest.raises(FileActive):
        taken(made)


@pytest.mark.parametrize("password", ["", "secret"])
def test_is_refused_where_it_is_encrypted(taken, scans, password, encrypted):
    for read in (taken, lambda data: scans.check_pdf(data=data)):
        with pytest.raises(ScanProtected):
            read(encrypted(password))


@pytest.fixture
def encrypted():
    """Give a PDF encrypted with a password, by the library that also reads it in the service."""
    import io

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    def give(password):
        writer = copy_into_new_writer(PdfFileReader(io.BytesIO(making.pdf())))
        writer.encrypt(owner_pass="owner", user_pass=password)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return give


def test_is_not_called_protected_because_the_file_before_was(taken, encrypted):
    with pytest.raises(ScanProtected):
        taken(encrypted("secret"))
    with pytest.raises(ScanUnreadable):
        taken(making.pdf(pages=0))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.98])
def test_is_refused_where_it_stops_before_its_end(taken, kept):
    made = making.pdf(pages=3)
    with pytest.raises(ScanUnreadable):
        taken(made[: int(len(made) * kept)])


@pytest.mark.parametrize(
    "made",
    [
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF",
        making.pdf(pages=0),
        making.pdf().replace(b"/Type /Catalog /Pages 2 0 R", b"/Type /Catalog"),
        making.pdf(size="0 0 0 0").replace(b"/MediaBox [0 0 0 0]", b"/MediaBox [9 9 9.5 9.5]"),
        b"%PDF-" + b"[" * 200_000 + b"%%EOF",
        making.written(["[" * 100_000]),
    ],
    ids=["empty", "noise", "no pages", "no page tree", "no size", "deep", "deep object"],
)
def test_is_refused_where_nobody_can_read_it(taken, made):
    with pytest.raises(ScanUnreadable):
        taken(made)


def test_has_at_most_twenty_pages(taken):
    assert taken(making.pdf(pages=20))
    for pages in (21, 3000):
        with pytest.raises(TooManyPages):
            taken(making.pdf(pages=pages))


def test_may_have_more_pages_where_it_is_only_attached(scans):
    assert scans.check_pdf(data=making.pdf(pages=21)) == 21
    with pytest.raises(TooManyPages) as refused:
        scans.check_pdf(data=making.pdf(pages=201))
    assert refused.value.found == {"most": 200}


@pytest.mark.parametrize("data", [b"", b"PK\3\4", making.png(4, 4), b"\n" + making.pdf()])
def test_is_attached_only_where_it_is_a_pdf(scans, data):
    with pytest.raises(FileNotAPdf):
        scans.check_pdf(data=data)


@pytest.mark.parametrize("size", ["0 0 10 5000", "0 0 14000 20"])
def test_is_refused_where_a_page_has_no_shape_of_paper(taken, size):
    with pytest.raises(PageOutOfShape):
        taken(making.pdf(size=size))


def test_is_refused_where_drawing_it_never_ends(taken):
    def form(number):
        again = f"/F{number + 1} Do " * 20
        resources = f"/Resources << /XObject << /F{number + 1} {number + 1} 0 R >> >>"
        return (
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources} /Length {len(again)} >>"
            f"\nstream\n{again}\nendstream"
        )

    square = "0 0 9 9 re f"
    last = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length {len(square)} >>"
        f"\nstream\n{square}\nendstream"
    )
    objects = [form(number) for number in range(4, 12)] + [last]
    page = "/Resources << /XObject << /F4 4 0 R >> >>"
    made = making.pdf(objects=objects, page=page).replace(
        b"0 0 0 rg 100 600 100 100 re f", b"/F4 Do                       "
    )
    # PDFium gives up its process where memory ends; time ends it from outside.
    with pytest.raises((ScanTooCostly, ScanUnreadable)):
        taken(made)
    assert taken(making.pdf())


def test_is_refused_or_shown_where_a_stream_unpacks_to_gigabytes(taken, scans):
    bomb = bombs.flate(2**30, byte=b" ")
    assert len(bomb) < 2**21
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(bomb), bomb)
    made = making.pdf(objects=[stream]).replace(b"/Contents 3 0 R", b"/Contents 4 0 R")
    with pytest.raises((ScanTooCostly, ScanUnreadable)):
        taken(made)
    # The next one is served as if nothing had been.
    assert taken(making.pdf())


class TestPagePicture:
    def test_shows_what_the_page_shows_as_wide_as_asked(self, scans):
        drawn = scans.page_picture(pdf=making.pdf(), page=1, width=595)
        width, height, _rows = making.pixels_of(drawn)
        assert (width, height) == (595, 842)
        assert making.colour_at(drawn, 150 / 595, 1 - 650 / 842) == BLACK
        assert making.colour_at(drawn, 0.9, 0.9) == PAPER

    @pytest.mark.parametrize("page", [0, -1, 3, 10**6])
    def test_is_refused_for_a_page_that_is_not_there(self, scans, page):
        with pytest.raises(PageUnknown):
            scans.page_picture(pdf=making.pdf(pages=2), page=page, width=100)

    def test_shows_what_is_laid_over_the_page_as_readers_do(self, scans):
        stamp = "1 0 0 rg 0 0 100 100 re f"
        objects = [
            "<< /Type /Annot /Subtype /Stamp /Rect [300 300 400 400] /F 4 /AP << /N 5 0 R >> >>",
            f"<< /Subtype /Form /BBox [0 0 99 99] /Length 25 >>\nstream\n{stamp}\nendstream",
        ]
        made = making.pdf(objects=objects, page="/Annots [4 0 R]")
        drawn = scans.page_picture(pdf=made, page=1, width=595)
        assert making.colour_at(drawn, 350 / 595, 1 - 350 / 842) == (255, 0, 0)

    def test_is_quick_enough_for_somebody_who_waits(self, scans):
        pdf = scans.as_pdf(pages=[(making.plain_png(2480, 3508), "")])

        def seconds():
            begun = time.monotonic()
            scans.page_picture(pdf=pdf, page=1, width=1240)
            return time.monotonic() - begun

        # The quickest of some: the others tell what else the machine had to do.
        assert min(seconds() for _ in range(5)) < 2
