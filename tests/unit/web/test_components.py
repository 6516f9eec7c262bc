"""Components are drawn so that they can be heard, told apart without colours, and linked to."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from mahis.domain.mandate import State


class Typed(forms.Form):
    """A form of which each field was filled in somehow."""

    party = forms.CharField(required=False, label="Party", help_text="A number")
    start = forms.CharField(required=False, label="Start")
    states = forms.Field(required=False, label="States")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def draw(source, **context):
    """Draw a piece of a template."""
    page = Template("{% load mahis mahis_forms %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", page)


def typed(**errors):
    form = Typed({"party": '"><b>', "start": "1/2027", "states": ["active"]})
    form.full_clean()
    for field, text in errors.items():
        form.add_error(field if field in form.fields else None, text)
    return form


def test_each_problem_is_a_link_to_its_field():
    page = draw("{% error_summary form %}", form=typed(party="Wrong.", whole="All wrong."))
    assert '<a href="#id_party">Wrong.</a>' in page
    assert "All wrong." in page
    assert "autofocus" in page


def test_a_form_in_which_all_is_well_has_no_summary():
    assert draw("{% error_summary form %}", form=typed()).strip() == ""
    assert draw("{% problem '' %}").strip() == ""


def test_one_problem_can_be_told_without_a_form():
    assert '<a href="#reason">Enter it.</a>' in draw("{% problem 'Enter it.' 'reason' %}")


def test_a_field_is_described_by_its_hint_and_its_error():
    page = draw("{% field form.party %}", form=typed(party="Wrong."))
    assert 'aria-describedby="id_party-hint id_party-error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_party-hint"' in page
    assert 'id="id_party-error"' in page
    assert 'for="id_party"' in page


def test_what_was_typed_is_shown_again_and_never_run():
    assert 'value="&quot;&gt;&lt;b&gt;"' in draw("{% field form.party %}", form=typed())


def test_a_quarter_that_can_be_read_has_its_days_beside_it():
    page = draw("{% field form.start kind='quarter' %}", form=typed())
    assert ">1 January to 31 March 2027</output>" in page
    assert page.count("<option") == 5


def test_a_quarter_that_cannot_be_read_stays_as_it_was_typed():
    form = Typed({"start": "7/2027"})
    page = draw("{% field form.start kind='quarter' %}", form=form)
    assert 'value="7/2027"' in page
    assert "</output>" in page


def test_ticked_choices_stay_ticked_and_the_first_is_where_an_error_leads():
    page = draw(
        "{% field form.states kind='checkboxes' options=all %}", form=typed(), all=tuple(State)
    )
    assert len(re.findall(r'value="active"[^>]*checked', page)) == 1
    assert page.count("checked>") + page.count("checked >") == 1
    assert page.count('id="id_states"') == 1


def test_a_choice_may_be_a_pair_with_a_hint():
    pairs = [("one", "One", "The first"), ("two", "Two")]
    page = draw("{% field form.party kind='radios' options=pairs %}", form=typed(), pairs=pairs)
    assert '<span class="hint">The first</span>' in page
    assert 'type="radio"' in page


@pytest.mark.parametrize("state", State)
def test_a_status_says_its_name_beside_its_shape(state):
    page = draw("{% status_tag state %}", state=state)
    assert "<svg" in page
    assert draw("{{ state|word }}", state=state) in page


def test_a_block_that_holds_mandates_links_to_them_and_tells_their_number():
    page = draw("{% status_block state=state count=3 address='/x/' %}", state=State.REJECTED)
    assert 'href="/x/"' in page
    assert "block-bad" in page
    assert '<span class="block-number">3</span> mandates' in page


def test_an_empty_block_is_white_and_leads_nowhere():
    page = draw("{% status_block state=state count=0 %}", state=State.REJECTED)
    assert "block-empty" in page
    assert "No mandates" in page
    assert "<a" not in page


def test_the_step_where_one_is_can_be_heard():
    page = draw("{% progress 2 %}")
    assert page.count('aria-current="step"') == 1
    assert page.count("(done)") == 1


def test_a_column_says_how_the_table_stands_by_it():
    assert 'aria-sort="descending"' in draw("{% column 'State' 'sort=state' 'descending' %}")
    assert "aria-sort" not in draw("{% column 'State' 'sort=state' %}")


def test_one_page_needs_no_paging():
    assert draw("{% pagination 1 1 %}").strip() == ""
    assert 'href="?page=2"' in draw("{% pagination 1 2 '' 'page=2' %}")


@pytest.mark.parametrize(
    "source",
    [
        "{% panel kind='done' title=t %}<p>{{ t }}</p>{% endpanel %}",
        "{% empty title=t %}<p>{{ t }}</p>{% endempty %}",
    ],
)
def test_what_stands_inside_a_panel_is_escaped_once(source):
    page = draw(source, t="Peeters & Zn")
    assert page.count("Peeters &amp; Zn") == 2


def test_numbers_are_written_with_dots_and_other_texts_as_they_are():
    assert draw("{{ n|enterprise_number }}", n="0123456749") == "0123.456.749"
    assert draw("{{ n|enterprise_number }}", n="nonsense") == "nonsense"


def test_no_quarter_is_written_as_nothing():
    assert draw("{{ none|quarter }}", none=None) == ""
