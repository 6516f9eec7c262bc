"""A sealed form has signature fields and no others, each tagged and named for people."""

import dataclasses

import pytest

from mahis.domain.parties import Language, Side
from mahis.domain.signature_evidence import field_of
from mahis.gateways.pdf_forms import seal, set_form
from mahis.gateways.pdf_forms.geometry import field_box
from tests.factories import forms
from tests.unit.pdf_forms import reading

HIDDEN = {"mahis-seal", "mahis-timestamp"}
PRINT = 4
#: Flags by which a widget is not shown; archivable files have none of them.
UNSEEN = 1 | 2 | 32
TOOLTIPS = {
    Language.FRENCH: "Signature pour le mandant, Bakkerij De Korenbloem BV",
    Language.DUTCH: "Handtekening voor de mandaatgever, Bakkerij De Korenbloem BV",
    Language.GERMAN: "Unterschrift für den Vollmachtgeber, Bakkerij De Korenbloem BV",
    Language.ENGLISH: "Signature for the principal, Bakkerij De Korenbloem BV",
}


@pytest.fixture
def sealed(content, sealer):
    return lambda sides=frozenset(Side), **changes: seal(
        set_form(dataclasses.replace(content, **changes)),
        sides=sides,
        content=dataclasses.replace(content, **changes),
        sealer=sealer,
    )


def _fields(pdf):
    form = reading.opened(pdf).root["/AcroForm"]
    return {str(each.get_object()["/T"]): each.get_object() for each in form["/Fields"]}


@pytest.mark.parametrize(
    "sides", [frozenset(Side), frozenset({Side.MANDATOR}), frozenset({Side.MANDATARY}), frozenset()]
)
def test_there_is_a_field_for_each_side_that_signs_and_no_other(sealed, sides):
    pdf = sealed(sides)
    found = _fields(pdf)
    assert set(found) == HIDDEN | {field_of(side) for side in sides}
    assert {field["/FT"] for field in found.values()} == {"/Sig"}
    assert {name for name, field in found.items() if "/V" in field} == HIDDEN
    form = reading.opened(pdf).root["/AcroForm"]
    assert set(form) == {"/Fields", "/SigFlags"}
    assert form["/SigFlags"] == 3


def test_the_annotations_of_the_page_are_the_fields_and_nothing_else(sealed):
    pages = reading.opened(sealed()).root["/Pages"]["/Kids"]
    names = [str(each.get_object()["/T"]) for each in pages[-1]["/Annots"]]
    assert sorted(names) == sorted(_fields(sealed()))


def test_a_form_of_more_pages_has_its_fields_on_the_last(sealed):
    pdf = sealed(groups=tuple(f"Groupe {place}" for place in range(150)))
    *before, last = reading.opened(pdf).root["/Pages"]["/Kids"]
    assert before
    assert all("/Annots" not in page.get_object() for page in before)
    assert len(last.get_object()["/Annots"]) == 4


@pytest.mark.parametrize("side", Side)
def test_a_field_lies_where_the_page_leaves_room_for_it(sealed, side):
    field = _fields(sealed())[field_of(side)]
    assert [float(each) for each in field["/Rect"]] == pytest.approx(field_box(side))
    left, bottom, right, top = field_box(side)
    looks = [float(each) for each in field["/AP"]["/N"]["/BBox"]]
    assert looks == pytest.approx([0, 0, right - left, top - bottom], abs=0.02)


@pytest.mark.parametrize("language", list(Language))
def test_every_field_has_a_tooltip_in_the_language(sealed, language):
    fields = _fields(sealed(language=language))
    assert fields["mandator"]["/TU"] == TOOLTIPS[language]
    assert all(field["/TU"] for field in fields.values())


def test_tooltips_of_long_names_hold_no_marks_of_the_page(content, sealer):
    long = dataclasses.replace(forms.named("x" * 300), made_at=content.made_at)
    pdf = seal(set_form(long), sides=frozenset(Side), content=long, sealer=sealer)
    tooltip = _fields(pdf)["mandator"]["/TU"]
    assert "\u200b" not in tooltip
    assert len(tooltip) < 300


def test_every_widget_is_printed_and_none_is_hidden(sealed):
    for field in _fields(sealed()).values():
        assert field["/F"] & PRINT
        assert not field["/F"] & UNSEEN


def test_hidden_fields_lie_off_the_page(sealed):
    for name in HIDDEN:
        left, bottom, right, top = _fields(sealed())[name]["/Rect"]
        assert left == right < 0
        assert bottom == top < 0


@pytest.mark.parametrize("side", Side)
def test_visible_widgets_are_tagged_beside_the_caption_of_their_party(sealed, side):
    reader = reading.opened(sealed())
    tree = reader.root["/StructTreeRoot"]
    field = next(
        each
        for each in reader.root["/AcroForm"]["/Fields"]
        if each.get_object()["/T"] == field_of(side)
    )
    numbers = tree["/ParentTree"]["/Nums"]
    by_key = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    key = int(field.get_object()["/StructParent"])
    assert key in by_key
    assert max(by_key) < tree["/ParentTreeNextKey"]
    element = by_key[key]
    assert element["/S"] == "/Form"
    assert element["/K"]["/Type"] == "/OBJR"
    assert element["/K"].raw_get("/Obj").reference == field.reference
    box = element["/P"]
    kinds = [each.get_object()["/S"] for each in box["/K"]]
    assert kinds[0] == "/P", "the caption comes first"
    assert kinds.index("/Form") == len(kinds) - 2, "and the lines for pens come last"
    boxes = tree["/K"][0]["/K"][-1]["/K"]
    assert boxes[list(Side).index(side)] is box


def test_sealing_changes_no_claim_and_no_date(sealed, content):
    before, after = reading.opened(set_form(content)), reading.opened(sealed())
    assert after.trailer["/Info"] == before.trailer["/Info"]
    assert after.root["/Metadata"].data == before.root["/Metadata"].data
    assert after.input_version == (1, 7)
    assert "/Version" not in after.root
