"""Where two persons sign for a party, the form has room for both, one above the other."""

import dataclasses

import pytest

from mahis.domain.parties import Language, Side
from mahis.gateways.pdf_forms import FormContent, seal, set_form
from mahis.gateways.pdf_forms.geometry import field_box
from tests.factories import forms
from tests.unit.pdf_forms import reading

MANDATOR, MANDATARY = Side.MANDATOR, Side.MANDATARY


def two(content: FormContent, *places: int) -> FormContent:
    """Give a content in which the mandator signs at these places, and the mandatary once."""
    return dataclasses.replace(content, fields={MANDATOR: places, MANDATARY: (1,)})


def sealed_fields(content, sealer):
    pdf = seal(set_form(content), sides=frozenset(Side), content=content, sealer=sealer)
    reader = reading.opened(pdf)
    found = [each.get_object() for each in reader.root["/AcroForm"]["/Fields"]]
    return reader, {str(each["/T"]): each for each in found}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("places", [(1, 2), (2,)])
def test_nothing_stands_where_they_sign(language, places):
    validated = [MANDATOR] if places == (2,) else []
    pdf = set_form(two(forms.longest(language, validated=validated), *places))
    lines = [line for line in reading.lines(pdf) if line.text.strip()]
    for place in places:
        box = field_box(MANDATOR, place=place, signatories=2)
        assert not [line.text for line in lines if line.overlaps(box)]
    for number, line in enumerate(lines):
        assert not [each.text for each in lines[number + 1 :] if line.overlaps(each.box)]


def test_an_ordinary_form_for_two_fits_on_one_page():
    assert reading.pages(set_form(two(forms.ordinary(), 1, 2))) == 1


def test_each_has_a_field_with_a_name_of_its_own_where_the_page_leaves_room(sealer):
    content = two(forms.ordinary(Language.ENGLISH), 1, 2)
    reader, found = sealed_fields(content, sealer)
    assert set(found) == {"mandator", "mandator-2", "mandatary", "mahis-seal", "mahis-timestamp"}
    assert str(found["mandator-2"]["/TU"]).startswith("Second signature for the principal")
    for place, name in ((1, "mandator"), (2, "mandator-2")):
        box = field_box(MANDATOR, place=place, signatories=2)
        assert [float(each) for each in found[name]["/Rect"]] == pytest.approx(list(box))
    upper, lower = (found[name]["/Rect"] for name in ("mandator", "mandator-2"))
    assert float(lower[3]) < float(upper[1])
    box = reader.root["/StructTreeRoot"]["/K"][0]["/K"][-1]["/K"][0]
    kinds = [str(each.get_object()["/S"]) for each in box["/K"]]
    signs = [place for place, kind in enumerate(kinds) if kind == "/Form"]
    assert len(signs) == 2
    assert signs[1] == signs[0] + 2, "each stands before the line for its pen"
    assert signs[1] == len(kinds) - 2


def test_a_second_signs_below_what_the_first_has_validated(sealer):
    content = two(forms.ordinary(Language.ENGLISH, validated=[MANDATOR]), 2)
    _reader, found = sealed_fields(content, sealer)
    assert {"mandator-2", "mandatary"} <= set(found)
    assert "mandator" not in found
    text = reading.text(set_form(content))
    assert "Eva Peeters" in text
    assert "To be signed by a second person" in text


def test_two_who_validated_are_both_named_and_have_no_field():
    once = forms.ordinary(Language.ENGLISH, validated=[MANDATOR])
    (first,) = once.validated[MANDATOR]
    second = dataclasses.replace(first, person_name="Jan Maes")
    content = dataclasses.replace(once, validated={MANDATOR: (first, second)})
    text = reading.text(set_form(content))
    assert "Eva Peeters" in text
    assert "Jan Maes" in text
    assert "No signature is needed here." in text
