"""Names and reasons that people typed stay what they are: text on one line."""

import dataclasses
import datetime

import pytest

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Kind
from mahis.domain.notice_facts import ToldParty
from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import Language, Side
from mahis.gateways.notices import as_html, as_text, examples, render
from mahis.gateways.notices.rendering import LONGEST_SUBJECT

BY_CODE = {example.code: example for example in examples.every()}


def facts_of(code, **changes):
    return dataclasses.replace(BY_CODE[code].facts(Language.ENGLISH), **changes)


def named(name):
    facts = facts_of("signedByOne-mandator-byOther")
    other = ToldParty(number=EnterpriseNumber("0400000086"), name=name)
    return dataclasses.replace(facts, parties={**facts.parties, Side.MANDATARY: other})


def english(facts):
    return render(facts, language=Language.ENGLISH, channel=Channel.EBOX)


class TestAName:
    @pytest.mark.parametrize(
        "name",
        ["{{ reference }}", "{% load i18n %}", "%(reference)s", "100 % Paie", "%s", "A & B <b>"],
    )
    def test_is_never_read_as_anything_but_a_name(self, name):
        text = english(named(name))
        assert f"{name} has signed an authorisation" in text.paragraphs[0]
        assert name in text.subject

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("Two\nlines", "Two lines"),
            ("A\r\nBcc: everybody", "A Bcc: everybody"),
            ("¶\n¶", "¶ ¶"),
            ("turned \u202earound", "turned around"),
            ("nothing\0here", "nothinghere"),
            ("e\u0301te\u0301", "été"),
        ],
    )
    def test_stands_on_one_line_with_nothing_unseen_in_it(self, name, shown):
        text = english(named(name))
        assert text.paragraphs[0].startswith(f"{shown} has signed")
        assert len(text.paragraphs) == 3
        assert "\n" not in text.subject

    def test_that_is_long_is_cut_in_the_subject_and_nowhere_else(self):
        name = "Secrétariat social " * 20
        text = english(named(name))
        assert len(text.subject) <= LONGEST_SUBJECT
        assert "… (2026-0001234)" in text.subject
        assert name.strip() in text.paragraphs[0]

    def test_is_escaped_in_html(self):
        html = as_html(english(named("<script>x</script> & Co")))
        assert "<script>" not in html
        assert "&lt;script&gt;x&lt;/script&gt; &amp; Co" in html


class TestAReason:
    @pytest.mark.parametrize("typed", ["53480200724", "53.48.02-007.24", "53 48 02 007 24"])
    def test_never_shows_a_national_number(self, typed):
        facts = facts_of("refusedByParty-mandatary-byOther", reason=f"Ask {typed} first.")
        told = as_text(english(facts))
        assert typed not in told
        assert "Ask 53.••.••-•••.•• first." in told

    @pytest.mark.parametrize("typed", ["53480200725", "0123.456.749", "2026-0001234", "1/2027"])
    def test_keeps_every_other_number(self, typed):
        facts = facts_of("refusedByParty-mandatary-byOther", reason=f"See {typed}.")
        assert f"See {typed}." in as_text(english(facts))

    def test_may_be_a_letter_long(self):
        facts = facts_of("endSet-mandator-byOffice", reason="Because. " * 200)
        assert ("Because. " * 200).strip() in as_text(english(facts))


class TestFacts:
    @pytest.mark.parametrize(
        ("code", "changes"),
        [
            ("active-mandator-byYou", {"reference": None}),
            ("active-mandator-byYou", {"mandates": ()}),
            ("active-mandator-byYou", {"parties": {}}),
            ("active-mandator-byYou", {"acted": None}),
            ("active-mandator-byOffice", {"acted": Side.MANDATOR}),
            ("drawnUp-mandator-byYou", {"last_day": None}),
            ("signReminder-mandator-byClock", {"last_day": None}),
            ("providerLapsesSoon-mandatary-byClock", {"last_day": None}),
        ],
    )
    def test_that_are_incomplete_are_refused_at_once(self, code, changes):
        with pytest.raises(ValueError, match="needs, or must not have"):
            facts_of(code, **changes)

    @pytest.mark.parametrize("telling", [Telling.END_SET, Telling.CLOSED, Telling.ENDS_SOON])
    def test_about_an_end_need_an_end(self, telling):
        with pytest.raises(ValueError, match="an end of each mandate"):
            facts_of("active-mandator-byYou", telling=telling)

    def test_about_a_provider_are_not_about_a_mandate(self):
        facts = facts_of("signReminder-mandatary-byClock")
        with pytest.raises(ValueError, match="a reference, mandates, the parties"):
            dataclasses.replace(facts, telling=Telling.PROVIDER_LAPSES_SOON, kind=Kind.CLOCK)


class TestAnEnd:
    def test_is_over_from_the_day_after_its_last(self):
        last = datetime.date(2026, 12, 31)
        on_it = english(facts_of("endSet-mandator-byYou", on=last))
        after = english(facts_of("endSet-mandator-byYou", on=last + datetime.timedelta(days=1)))
        assert "The mandates end on 31 December 2026." in on_it.paragraphs[0]
        assert "The mandates ended on 31 December 2026." in after.paragraphs[0]
