"""The window of the envelope shows the whole address and nothing else, wherever the sheet lies."""

import dataclasses
import itertools

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mahis.domain.parties import Language
from mahis.gateways.letters import Sender, geometry, set_letter, words
from mahis.gateways.letters.geometry import ADDRESS, C5_6, CLEAR, DL, Area
from tests.factories import letters
from tests.unit.pdf_forms import reading

_MILLIMETRE = 72 / 25.4
#: Dots to a millimetre of the pictures that are looked at.
_SCALE = 2
WIDE = "W" * 300


def test_the_window_keeps_the_distances_of_the_belgian_post():
    for envelope in (C5_6, DL):
        window = envelope.window
        assert window.top >= 40
        assert envelope.width - window.right >= 15
        assert envelope.height - window.bottom >= 30
        assert envelope.width - window.left <= 140
        assert window.right - window.left <= 125


def test_the_zones_are_where_the_handbook_says():
    assert Area(left=104, top=44, right=195, bottom=75) == ADDRESS
    assert Area(left=85, top=35, right=210, bottom=84) == CLEAR


@pytest.mark.parametrize("envelope", [C5_6, DL], ids=["C5/6", "DL"])
def test_a_folded_sheet_fits_and_shows_the_zone_in_every_corner(envelope):
    aside, down = envelope.width - 210, envelope.height - 105
    assert aside >= 0
    assert down >= 0
    for x, y in itertools.product((0, aside), (0, down)):
        assert envelope.window.left <= ADDRESS.left + x
        assert ADDRESS.right + x <= envelope.window.right
        assert envelope.window.top <= ADDRESS.top + y
        assert ADDRESS.bottom + y <= envelope.window.bottom
        assert CLEAR.left + x <= envelope.window.left
        assert CLEAR.top + y <= envelope.window.top


def _millimetres(line: reading.Line) -> Area:
    left, bottom, right, top = (each / _MILLIMETRE for each in line.box)
    return Area(left=left, top=297 - top, right=right, bottom=297 - bottom)


def _overlap(one: Area, other: Area) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def _in_the_window(pdf: bytes) -> str:
    """Hold all that the window can show to the zone of the address, and give it."""
    shown = []
    for line in reading.lines(pdf, 0):
        where = _millimetres(line)
        if line.text.strip() and _overlap(where, CLEAR):
            shown.append(line.text)
            assert where.left >= ADDRESS.left, line
            assert where.right <= ADDRESS.right, line
            assert where.top >= ADDRESS.top, line
            assert where.bottom <= ADDRESS.bottom, line
    _assert_white_around(pdf)
    return " ".join(" ".join(shown).replace("\u200b", "").split())


def _assert_white_around(pdf: bytes) -> None:
    """Look at the picture too: no line, colour or mark may show either."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[0].render(scale=_SCALE / _MILLIMETRE, grayscale=True)
        dots, stride = bytes(bitmap.buffer), bitmap.stride
    finally:
        document.close()
    for y in range(int(CLEAR.top * _SCALE), int(CLEAR.bottom * _SCALE)):
        inside = ADDRESS.top * _SCALE <= y < ADDRESS.bottom * _SCALE
        row = dots[y * stride + int(CLEAR.left * _SCALE) : y * stride + 210 * _SCALE]
        if inside:
            begin, end = ((x - CLEAR.left) * _SCALE for x in (ADDRESS.left, ADDRESS.right))
            row = row[: int(begin)] + row[int(end) :]
        assert set(row) == {255}, f"something shows {y / _SCALE} mm from the top"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("made", [letters.ordinary, letters.long])
def test_the_window_shows_the_address_alone(language, made):
    letter = made(language)
    assert _in_the_window(set_letter(letter).pdf) == " ".join(letter.recipient)


@pytest.mark.parametrize(
    "recipient",
    [
        ("",),
        ("x",),
        (WIDE,) * 6,
        ("M" * 100, *["Straat " * 20] * 5),
        ("Wort-" * 40, "a/b/c/" * 30, "1000 Brussel"),
        ('#eval("1+1") #pagebreak()', "*strong* _soft_ $x^2$", "<label> @reference"),
        ("a\nb\nc\nd\ne\nf\ng\nh",),
        tuple(f"line {number}" for number in range(30)),
    ],
)
def test_no_address_leaves_the_zone(recipient):
    letter = dataclasses.replace(letters.ordinary(), recipient=recipient)
    _in_the_window(set_letter(letter).pdf)


@settings(max_examples=40, deadline=None)
@given(
    recipient=st.lists(st.text(max_size=200), max_size=8).map(tuple),
    sender=st.lists(st.text(max_size=120), max_size=8).map(tuple),
    reference=st.text(max_size=120),
    subject=st.text(max_size=300),
)
def test_whatever_the_texts_are_the_window_shows_the_address_alone(
    recipient, sender, reference, subject
):
    letter = dataclasses.replace(
        letters.ordinary(),
        recipient=recipient,
        sender=Sender(name="Office", address=sender),
        reference=reference,
        subject=subject,
    )
    _in_the_window(set_letter(letter).pdf)


def test_the_town_and_the_country_are_never_cut_away():
    recipient = ("Name", *[f"part {number}" for number in range(9)], "75008 Paris", "FRANCE")
    shown = _in_the_window(
        set_letter(dataclasses.replace(letters.ordinary(), recipient=recipient)).pdf
    )
    assert shown.endswith("75008 Paris FRANCE")
    assert shown.startswith("Name part 0 part 1 part 2, part 3")
    kept = words.of(dataclasses.replace(letters.ordinary(), recipient=recipient))["recipient"]
    assert isinstance(kept, list)
    assert len(kept) == 6


def test_an_ordinary_address_is_set_in_letters_that_machines_read_best():
    letter = letters.ordinary()
    heights = [
        where.bottom - where.top
        for line in reading.lines(set_letter(letter).pdf, 0)
        if _overlap(where := _millimetres(line), CLEAR)
    ]
    assert len(heights) == 3
    assert all(2.8 <= height <= 5 for height in heights)


def test_a_planted_word_in_the_window_is_caught(monkeypatch):
    moved = dataclasses.replace(geometry.CLEAR, left=140)
    monkeypatch.setattr(geometry, "CLEAR", moved)
    wide = dataclasses.replace(letters.SENDER, address=("A long line " * 9,) * 6)
    with pytest.raises(AssertionError):
        _in_the_window(set_letter(dataclasses.replace(letters.ordinary(), sender=wide)).pdf)
