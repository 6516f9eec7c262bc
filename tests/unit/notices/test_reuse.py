"""Notices that are written again and again: each says its own, whatever was written before it."""

import dataclasses
import datetime

import pytest

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.notice_facts import ToldParty
from mahis.domain.notices import Channel
from mahis.domain.parties import Language, Side
from mahis.gateways.notices import as_html, examples, render, rendering, text, words

EXAMPLES = list(examples.every())
OTHERS = {
    Side.MANDATOR: ToldParty(
        number=EnterpriseNumber("0123456749"), name="Ch\ue0000\ue001 100 % & Fils"
    ),
    Side.MANDATARY: ToldParty(
        number=EnterpriseNumber("0400000086"), name="%(other)s {{ other }} <b>"
    ),
}


def another(facts):
    """The same between others, about another authorisation, on another day."""
    return dataclasses.replace(
        facts,
        parties={side: OTHERS[side] for side in facts.parties},
        reference=facts.reference and AuthorisationReference(2027, 77),
        last_day=facts.last_day and datetime.date(2028, 2, 29),
    )


def forget():
    """Forget everything that is kept of the notices before."""
    kept = [
        each
        for module in (words, text)
        for each in vars(module).values()
        if hasattr(each, "cache_clear")
    ]
    assert kept
    for each in (*kept, rendering._rendered):
        each.cache_clear()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.code)
@pytest.mark.parametrize("language", Language, ids=lambda each: each.value)
def test_a_notice_says_its_own_after_others_like_it(example, language):
    facts = example.facts(language)
    for written in (facts, another(facts), facts):
        reused = render(written, language=language, channel=Channel.EBOX)
        html = as_html(reused)
        forget()
        afresh = render(written, language=language, channel=Channel.EBOX)
        assert reused == afresh
        assert html == as_html(afresh)
        assert "\ue000" not in html
        assert "<b>" not in html
