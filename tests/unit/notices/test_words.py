"""Every notice, to every party, in every language and channel, says all that it has to."""

import functools
import itertools
import re
from html import unescape

import pytest
from django.template import Engine
from django.template.loader_tags import BlockNode
from django.utils import translation
from django.utils.html import strip_tags

from mahis.domain.doers import Who
from mahis.domain.life_table import TABLE
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.notices import (
    ABOUT_PROVIDERS,
    ASKS_FOR_A_MANDATE,
    TOLD_BY_CHANGES,
    WARNINGS,
    Channel,
    Telling,
)
from mahis.domain.parties import Language, Side
from mahis.gateways import written
from mahis.gateways.notices import as_html, as_text, examples, render, words
from mahis.gateways.notices.rendering import BLOCKS, LONGEST_SUBJECT, TEMPLATES

EXAMPLES = tuple(examples.every())
#: Each telling in each language.
EVERY = [
    pytest.param(telling, language, id=f"{telling.value}-{language.value}")
    for telling, language in itertools.product(Telling, Language)
]
FOREIGN = [each for each in EVERY if each.values[1] is not Language.ENGLISH]
#: Who can stand behind an act, by the sentence of the table of life.
KINDS = {
    Who.OFFICER: {"office"},
    Who.CLOCK: {"clock"},
    Who.REGISTER: {"register"},
    Who.SUCCESSOR: {"successor"},
    Who.MANAGER_OF_DELEGATE: {"delegate"},
}
PARTIES = {"you", "other"}

#: Words of English that are none in French, Dutch or German.
ENGLISH = re.compile(
    r"\b(the|and|you|your|have|has|with|sign|signed|signature is|nobody|nothing|mandates?|"
    r"authorisation|quarters?|enterprise|party)\b",
    re.IGNORECASE,
)
#: What a rendered text holds where something was not filled in.
LEFT_OVER = re.compile(r"%\(|%s|\{[{%]|[%}]\}|\x00|\bNone\b|¶|blocktranslate|&[a-z#0-9]+;")
NATIONAL_NUMBER = re.compile(
    r"(?<![0-9])[0-9]{2}[.]?[0-9]{2}[.]?[0-9]{2}[ -]?[0-9]{3}[. ]?[0-9]{2}\b"
)


@functools.cache
def notices(telling, language):
    """Give all notices of a telling, to each party and for each channel, with their facts."""
    told = [example.facts(language) for example in EXAMPLES if example.telling is telling]
    return tuple(
        (facts, render(facts, language=language, channel=channel))
        for facts, channel in itertools.product(told, Channel)
    )


def sentences(text):
    """Give everything that people read, in pieces."""
    details = [piece for each in text.details for piece in (each.label, *each.values)]
    around = [text.greeting, text.action_title, text.sender, text.disclaimer, text.link_words]
    return [text.subject, *text.paragraphs, *details, text.action, *text.notes, *around]


@pytest.mark.parametrize(("telling", "language"), EVERY)
class TestANotice:
    def test_leaves_nothing_out_and_nothing_over(self, telling, language):
        for _facts, text in notices(telling, language):
            assert all(each.strip() for each in sentences(text))
            for whole in (text.subject, as_text(text)):
                assert not LEFT_OVER.search(whole)
                assert not NATIONAL_NUMBER.search(whole)
            assert len(text.subject) <= LONGEST_SUBJECT

    def test_names_parties_reference_mandates_and_quarters(self, telling, language):
        for facts, text in notices(telling, language):
            body = as_text(text)
            for party in facts.parties.values():
                assert f"{party.name} ({party.number.screen})" in body
            assert facts.link in body
            assert facts.reference is None or text.subject.endswith(f"({facts.reference})")
            with translation.override(language.value):
                for mandate in facts.mandates:
                    assert f"{facts.reference}/{mandate.place}" in body
                    assert mandate.group in body
                    assert written.period(mandate.period) in body
                    assert written.period_words(mandate.period) in body

    def test_says_what_to_do_and_until_when(self, telling, language):
        for facts, text in notices(telling, language):
            assert text.action in as_text(text)
            with translation.override(language.value):
                nothing = translation.gettext("Nothing.").rstrip(".")
                if facts.must_act or telling in ASKS_FOR_A_MANDATE:
                    assert written.day(facts.last_day) in text.deadline
                    assert text.deadline in as_text(text)
                    assert not text.action.startswith(nothing)
                else:
                    assert text.deadline is None
                link_words = translation.gettext("Look and sign")
                assert (text.link_words == link_words) is facts.must_act

    def test_gives_the_reason_where_one_was_given(self, telling, language):
        with translation.override(language.value):
            label = translation.gettext("Reason")
        for facts, text in notices(telling, language):
            shown = [each for each in text.details if each.label == label]
            assert bool(shown) is bool(facts.reason or facts.rejection)
            assert not facts.reason or facts.reason in shown[0].values

    def test_says_the_same_in_html(self, telling, language):
        for _facts, text in notices(telling, language):
            html = as_html(text)
            bare = unescape(strip_tags(html.replace("><", "> <")))
            assert all(each in bare for each in sentences(text)[1:])
            assert f'href="{text.link}"' in html


@pytest.mark.parametrize(("telling", "language"), FOREIGN)
def test_a_notice_holds_no_english_in_another_language(telling, language):
    english = {each for _, text in notices(telling, Language.ENGLISH) for each in sentences(text)}
    for _facts, text in notices(telling, language):
        own = set(sentences(text))
        data = {piece for each in text.details for piece in each.values}
        assert own & english <= data
        assert not [each for each in own if ENGLISH.search(each)]


def told_by(example):
    """Say who acted, as the recipient sees it, and by what."""
    facts = example.facts(Language.ENGLISH)
    return str(words.context(facts)["by"])


class TestTheExamples:
    @pytest.mark.parametrize("side", Side)
    @pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.state}-{row.act.value}")
    def test_show_each_line_of_the_table_of_life_to_both_parties(self, row, side):
        doers = KINDS.get(row.who, PARTIES)
        if row.who is Who.MANAGER_OF_MANDATARY:
            doers = {"you" if side is Side.MANDATARY else "other"}
        for telling in row.telling:
            shown = {
                told_by(example)
                for example in EXAMPLES
                if example.telling is telling
                and example.side is side
                and example.known["act"] is row.act
            }
            assert doers <= shown

    @pytest.mark.parametrize(
        "telling", [each for each in Telling if each in WARNINGS | TOLD_BY_CHANGES]
    )
    def test_show_what_no_step_tells_to_whom_it_is_told(self, telling):
        told = {example.side for example in EXAMPLES if example.telling is telling}
        assert told == ({Side.MANDATARY} if telling in ABOUT_PROVIDERS else set(Side))

    def test_have_names_of_their_own(self):
        codes = [example.code for example in EXAMPLES]
        assert len(codes) == len(set(codes))

    def test_show_a_file_that_only_the_other_party_signed(self):
        brought = [
            example
            for example in EXAMPLES
            if example.telling is Telling.SIGNED_BY_ONE
            and example.known["act"] is Act.UPLOAD_SIGNED
        ]
        seen = {(told_by(example), example.known["must_act"]) for example in brought}
        assert seen == set(itertools.product(PARTIES, (True, False)))
        assert {example.known["kind"] for example in brought} == {Kind.PARTY}


class TestATemplate:
    FILES = sorted(TEMPLATES.glob("*.txt"))

    def test_exists_for_each_telling_and_for_nothing_else(self):
        whole = {path.stem for path in self.FILES if not path.stem.startswith("_")}
        assert whole == {telling.value for telling in Telling}

    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
    def test_asks_for_nothing_that_is_not_there(self, path):
        known = set(words.context(EXAMPLES[0].facts(Language.ENGLISH)))
        source = path.read_text(encoding="utf-8")
        asked = set(re.findall(r"\{\{ (\w+) \}\}", source))
        for condition in re.findall(r"\{% (?:el)?if (.*?) %\}", source):
            bare = re.sub(r'"\w+"', "", condition)
            asked |= set(re.findall(r"\w+", bare)) - {"and", "or", "not"}
        assert asked <= known

    @pytest.mark.parametrize("telling", Telling, ids=lambda each: each.value)
    def test_consists_of_its_blocks(self, telling):
        engine = Engine(dirs=[str(TEMPLATES)], libraries={"i18n": "django.templatetags.i18n"})
        template = engine.get_template(f"{telling.value}.txt")
        names = [node.name for node in template.nodelist if isinstance(node, BlockNode)]
        assert names == list(BLOCKS)
