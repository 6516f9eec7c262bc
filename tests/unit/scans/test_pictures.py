"""Pictures of pages become one PDF that shows exactly their pixels, and nothing else of them."""

import struct
import zlib

import pytest

from mahis.gateways.scans.refusals import (
    NotAScan,
    NothingScanned,
    PageOutOfShape,
    PictureTooLarge,
    PictureUnusual,
    ScanOfSeveralKinds,
    ScanUnreadable,
    TooManyPages,
)
from tests.unit.scans import making

PNG = b"\x89PNG\r\n\x1a\n"
INK, PAPER, BLUE = (20, 20, 20), (255, 255, 255), (30, 60, 200)


@pytest.fixture
def shown(scans):
    """Give the first page of a PDF as it is drawn."""
    return lambda pdf, page=1: scans.page_picture(pdf=pdf, page=page, width=600)


def inked(x, y):
    """Give a page whose upper left quarter is blue and lower right one dark."""
    if x < 20 and y < 30:
        return BLUE
    return INK if x >= 20 and y >= 30 else PAPER


def quarters(drawn):
    return [making.colour_at(drawn, across, down) for down in (0.3, 0.7) for across in (0.3, 0.7)]


class TestPng:
    @pytest.mark.parametrize("filtering", [(0,), (1,), (2,), (3,), (4,), (0, 1, 2, 3, 4)])
    def test_shows_its_colours_however_its_rows_are_filtered(self, taken, shown, filtering):
        pdf = taken(making.png(40, 60, pixel=inked, filtering=filtering))
        assert quarters(shown(pdf)) == [BLUE, PAPER, PAPER, INK]

    @pytest.mark.parametrize("filtering", [(0,), (1,), (2,), (3,), (4,), (0, 1, 2, 3, 4)])
    def test_is_laid_on_white_where_it_is_not_opaque(self, taken, shown, filtering):
        def pixel(x, y):
            return (*inked(x, y), 0 if y < 30 else 255)

        kind = making.COLOUR_AND_OPACITY
        pdf = taken(making.png(40, 60, pixel=pixel, kind=kind, filtering=filtering))
        assert quarters(shown(pdf)) == [PAPER, PAPER, PAPER, INK]

    def test_is_laid_on_white_by_halves(self, taken, shown):
        kind = making.GREY_AND_OPACITY
        pdf = taken(making.png(40, 60, pixel=lambda _x, _y: (0, 128), kind=kind))
        (red, green, blue) = making.colour_at(shown(pdf), 0.5, 0.5)
        assert red == green == blue
        assert abs(red - 127) <= 1

    def test_shows_the_colours_of_its_palette(self, taken, shown):
        palette = making.chunk(b"PLTE", bytes((*BLUE, *INK, *INK)))
        clear = making.chunk(b"tRNS", bytes((255, 255, 0)))

        def pixel(x, y):
            return (0 if x < 20 and y < 30 else 1 if x >= 20 and y >= 30 else 2,)

        pdf = taken(making.png(40, 60, pixel=pixel, kind=making.PALETTE, extra=palette + clear))
        assert quarters(shown(pdf)) == [BLUE, PAPER, PAPER, INK]

    def test_shows_nothing_where_its_clear_colour_is(self, taken, shown):
        clear = making.chunk(b"tRNS", struct.pack(">3H", *BLUE))
        pdf = taken(making.png(40, 60, pixel=inked, extra=clear))
        assert quarters(shown(pdf)) == [PAPER, PAPER, PAPER, INK]

    def test_of_one_bit_a_pixel_is_shown(self, taken, shown):
        rows = b"".join(b"\0" + (b"\x0f" if y < 30 else b"\xf0") for y in range(60))
        made = (
            PNG
            + making.header(8, 60, bits=1, kind=making.GREY)
            + making.chunk(b"IDAT", zlib.compress(rows))
            + making.chunk(b"IEND", b"")
        )
        with pytest.raises(PageOutOfShape):
            taken(made)
        made = made.replace(making.header(8, 60, bits=1, kind=making.GREY), b"")
        wide = b"".join(
            b"\0" + (b"\x00\x00\xff\xff" if y < 30 else b"\xff\xff\x00\x00") for y in range(60)
        )
        made = (
            PNG
            + making.header(32, 60, bits=1, kind=making.GREY)
            + making.chunk(b"IDAT", zlib.compress(wide))
            + making.chunk(b"IEND", b"")
        )
        black = (0, 0, 0)
        assert quarters(shown(taken(made))) == [black, PAPER, PAPER, black]

    def test_keeps_its_pixels_packed_as_they_came(self, taken):
        made = making.png(40, 60, pixel=inked)
        start = made.index(b"IDAT") + 4
        packed = made[start : made.index(b"IEND") - 8]
        assert packed in taken(made)

    def test_loses_whatever_is_no_pixel(self, taken):
        extra = (
            making.chunk(b"tEXt", b"Author\0Wilgenbos")
            + making.chunk(b"iCCP", b"junk\0\0" + zlib.compress(b"no profile at all"))
            + making.chunk(b"acTL", struct.pack(">II", 2, 0))
            + making.chunk(b"eXIf", b"II*\0secret place")
        )
        pdf = taken(making.png(40, 60, pixel=inked, extra=extra, behind=b"PK\3\4 a zip file"))
        assert pdf == taken(making.png(40, 60, pixel=inked))

    def test_of_six_hundred_dots_an_inch_is_taken(self, taken, scans):
        pdf = taken(making.plain_png(4960, 7016))
        assert making.colour_at(scans.page_picture(pdf=pdf, page=1, width=300), 0.5, 0.5) == PAPER

    def test_of_the_most_pixels_with_opacity_is_taken(self, taken):
        assert taken(making.plain_png(7000, 8500, kind=making.COLOUR_AND_OPACITY))


class TestPngRefused:
    @pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (2**31 - 1, 2**31 - 1)])
    def test_with_more_pixels_than_anybody_needs(self, taken, width, height):
        made = PNG + making.header(width, height) + making.chunk(b"IEND", b"")
        with pytest.raises(PictureTooLarge) as refused:
            taken(made)
        assert refused.value.found == {"most": 60}

    def test_that_holds_more_rows_than_it_says(self, taken):
        rows = zlib.compress(b"\0" * (4 * 2**27), 9)
        made = (
            PNG + making.header(40, 60) + making.chunk(b"IDAT", rows) + making.chunk(b"IEND", b"")
        )
        assert len(made) < 2**20
        with pytest.raises(ScanUnreadable):
            taken(made)

    @pytest.mark.parametrize("missing", [1, 5, 13, 40, 90])
    def test_that_stops_before_its_end(self, taken, missing):
        with pytest.raises(ScanUnreadable):
            taken(making.png(40, 60, pixel=inked)[:-missing])

    def test_of_which_rows_are_missing(self, taken):
        rows = zlib.compress((b"\0" + bytes(120)) * 59)
        made = (
            PNG + making.header(40, 60) + making.chunk(b"IDAT", rows) + making.chunk(b"IEND", b"")
        )
        with pytest.raises(ScanUnreadable):
            taken(made)

    def test_of_which_a_bit_was_changed(self, taken):
        made = bytearray(making.png(40, 60, pixel=inked))
        made[60] ^= 1
        with pytest.raises(ScanUnreadable):
            taken(bytes(made))

    @pytest.mark.parametrize(
        ("bits", "kind"), [(3, making.COLOUR), (4, making.COLOUR), (16, making.PALETTE), (8, 5)]
    )
    def test_of_a_kind_that_does_not_exist(self, taken, bits, kind):
        made = PNG + making.header(4, 4, bits=bits, kind=kind) + making.chunk(b"IEND", b"")
        with pytest.raises(ScanUnreadable):
            taken(made)

    @pytest.mark.parametrize("palette", [b"", b"\0", b"\0\0\0\0", bytes(3 * 257)])
    def test_without_a_palette_that_fits(self, taken, palette):
        chunk = making.chunk(b"PLTE", palette)
        with pytest.raises(ScanUnreadable):
            taken(making.png(40, 60, pixel=lambda _x, _y: (0,), kind=making.PALETTE, extra=chunk))

    def test_that_is_interlaced(self, taken):
        made = PNG + making.header(8, 8, laced=1) + making.chunk(b"IEND", b"")
        with pytest.raises(PictureUnusual):
            taken(made)

    def test_that_does_not_begin_with_its_header(self, taken):
        with pytest.raises(ScanUnreadable):
            taken(PNG + making.chunk(b"IDAT", b"") + making.header(4, 4))


class TestJpeg:
    @pytest.mark.parametrize(
        ("orientation", "dark"),
        # The corner in which the dark stands: across, down; and whether the page lies.
        [
            (1, (0.1, 0.2, True)),
            (2, (0.9, 0.2, True)),
            (3, (0.9, 0.8, True)),
            (4, (0.1, 0.8, True)),
            (5, (0.2, 0.1, False)),
            (6, (0.8, 0.1, False)),
            (7, (0.8, 0.9, False)),
            (8, (0.2, 0.9, False)),
        ],
    )
    @pytest.mark.parametrize("order", ["<", ">"])
    def test_is_turned_as_the_telephone_says(self, taken, shown, orientation, dark, order):
        made = making.jpeg(
            168,
            120,
            block=lambda x, y: (0 if x < 10 and y < 8 else 255,),
            extra=making.exif(orientation, order=order),
        )
        drawn = shown(taken(made))
        across, down, lies = dark
        width, height, _rows = making.pixels_of(drawn)
        assert (width > height) is lies
        corners = {
            (x, y): making.colour_at(drawn, x, y)[0]
            for x in (across, 1 - across)
            for y in (down, 1 - down)
        }
        assert [corner for corner, value in corners.items() if value < 128] == [(across, down)]

    def test_in_colours_is_shown(self, taken, shown):
        made = making.jpeg(80, 120, colours=3, block=lambda _x, _y: (128, 128, 128))
        assert making.colour_at(shown(taken(made)), 0.5, 0.5) == (128, 128, 128)

    def test_in_inks_is_shown_as_adobe_writes_it(self, taken, shown):
        adobe = making.segment(0xEE, b"Adobe\0\x64\0\0\0\0\0")
        made = making.jpeg(
            80, 120, colours=4, block=lambda _x, _y: (255, 255, 255, 255), extra=adobe
        )
        assert making.colour_at(shown(taken(made)), 0.5, 0.5) == PAPER

    def test_loses_where_it_was_taken_and_whatever_stands_behind_it(self, taken):
        extra = (
            making.segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
            + making.exif(1, more=b"GPS 50.85 4.35")
            + making.segment(0xE2, b"ICC_PROFILE\0\1\1junk")
            + making.segment(0xFE, b"by somebody")
        )
        pdf = taken(making.jpeg(80, 120, extra=extra, behind=b"PK\3\4 a zip file"))
        assert pdf == taken(making.jpeg(80, 120))
        assert b"GPS" not in pdf

    @pytest.mark.parametrize(
        "tiff", [b"", b"II", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff"]
    )
    def test_with_broken_metadata_is_taken_as_it_is(self, taken, tiff):
        made = making.jpeg(80, 120, extra=making.segment(0xE1, b"Exif\0\0" + tiff))
        assert taken(made) == taken(making.jpeg(80, 120))


class TestJpegRefused:
    def test_that_stops_before_its_end(self, taken):
        for made in (making.jpeg(80, 120, ends=False), making.jpeg(80, 120)[:60], b"\xff\xd8\xff"):
            with pytest.raises(ScanUnreadable):
                taken(made)

    def test_with_more_pixels_than_anybody_needs(self, taken):
        made = making.jpeg(8, 8).replace(
            struct.pack(">HHB", 8, 8, 1), struct.pack(">HHB", 65_000, 65_000, 1)
        )
        with pytest.raises(PictureTooLarge):
            taken(made)

    @pytest.mark.parametrize("frame", [0xC3, 0xC5, 0xC9, 0xCF])
    def test_in_a_coding_that_hardly_anything_reads(self, taken, frame):
        with pytest.raises(PictureUnusual):
            taken(making.jpeg(80, 120, frame=frame))

    def test_of_twelve_bits(self, taken):
        with pytest.raises(PictureUnusual):
            taken(making.jpeg(80, 120, bits=12))

    def test_with_two_frames_or_none(self, taken):
        made = making.jpeg(80, 120)
        start = made.index(b"\xff\xc0")
        frame = made[start : start + 13]
        for wrong in (made.replace(frame, frame * 2), made.replace(frame, b"")):
            with pytest.raises(ScanUnreadable):
                taken(wrong)

    def test_without_height(self, taken):
        made = making.jpeg(80, 120).replace(struct.pack(">HH", 120, 80), struct.pack(">HH", 0, 80))
        with pytest.raises(ScanUnreadable):
            taken(made)


class TestSeveral:
    def test_become_one_pdf_in_their_order(self, scans, shown):
        dark = making.png(40, 60, pixel=lambda _x, _y: INK)
        files = [dark, making.jpeg(80, 120), dark]
        pdf = scans.as_pdf(pages=[(each, "image/png") for each in files])
        assert scans.page_count(pdf=pdf) == 3
        assert [making.colour_at(shown(pdf, page), 0.5, 0.5) for page in (1, 2, 3)] == [
            INK,
            PAPER,
            INK,
        ]

    def test_give_the_same_bytes_each_time(self, scans):
        files = [(making.png(40, 60, pixel=inked), ""), (making.jpeg(80, 120), "")]
        assert scans.as_pdf(pages=files) == scans.as_pdf(pages=files)

    def test_are_at_most_twenty(self, scans):
        page = (making.jpeg(80, 120), "")
        assert scans.page_count(pdf=scans.as_pdf(pages=[page] * 20)) == 20
        with pytest.raises(TooManyPages) as refused:
            scans.as_pdf(pages=[page] * 21)
        assert refused.value.found == {"most": 20}

    def test_are_pictures_only(self, scans):
        for files in ([making.pdf(), making.jpeg(8, 8)], [making.jpeg(8, 8), making.pdf()]):
            with pytest.raises(ScanOfSeveralKinds):
                scans.as_pdf(pages=[(each, "") for each in files])

    def test_are_not_none(self, scans):
        with pytest.raises(NothingScanned):
            scans.as_pdf(pages=[])

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"GIF89a" + bytes(40),
            b"RIFF\0\0\0\0WEBPVP8 ",
            b"II*\0" + bytes(40),
            b"<svg/>",
            b"\0" * 1000,
            b"%!PS-Adobe-3.0",
            b" %PDF-1.7",
        ],
    )
    def test_are_of_no_other_kind(self, taken, data):
        with pytest.raises(NotAScan):
            taken(data)
