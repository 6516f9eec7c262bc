"""A form by which another's mandate ends says so, where whoever signs it reads it."""

import dataclasses

import pytest

from mahis.domain.parties import Language
from mahis.domain.quarters import Quarter
from mahis.gateways.pdf_forms import ReplacedText, set_form
from tests.factories import forms
from tests.unit.pdf_forms import reading

_REPLACED = ReplacedText(
    group="Dimona",
    mandatary="Cabinet #Dumont*",
    number="0473.077.710",
    end=Quarter.of(2026, 4),
)


@pytest.mark.parametrize("language", Language)
def test_it_names_who_had_the_group_and_the_last_quarter(language):
    content = dataclasses.replace(forms.ordinary(language), replaced=(_REPLACED,))
    text = " ".join(reading.text(set_form(content)).split())
    for part in ("Cabinet #Dumont*", "0473.077.710", "4/2026", "31"):
        assert part in text


def test_it_says_nothing_of_it_where_nothing_ends():
    assert "0473.077.710" not in reading.text(set_form(forms.ordinary()))


def test_it_stays_on_one_page():
    content = dataclasses.replace(forms.ordinary(), replaced=(_REPLACED,) * 3)
    assert reading.pages(set_form(content)) == 1
