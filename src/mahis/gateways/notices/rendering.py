"""Rendering: from the facts of a notice to its words, by the template of what it tells."""

import functools
import re
from pathlib import Path

from django.template import Context, Engine
from django.template.base import Template
from django.template.loader_tags import BlockNode
from django.utils import translation
from django.utils.translation import get_language

from mahis.domain.notice_facts import NoticeFacts
from mahis.domain.notices import Channel
from mahis.domain.parties import Language
from mahis.gateways.notices import words
from mahis.gateways.notices.text import NoticeText

TEMPLATES = Path(__file__).parent / "templates"
#: Longest subject, in characters.
LONGEST_SUBJECT = 100
#: What a template must consist of: its blocks.
BLOCKS = ("subject", "happened", "means", "action")
#: Stands where a template asks for something that is not there; nobody can type it.
_MISSING = "\0"
#: What templates write as it is, and the marks that stand for it; `words.plain` lets none through.
_NAMED = ("other", "reference", "last_day", "ends", "successor", "delegate", "delegator")
_MARKS = {name: f"\ue000{place}\ue001" for place, name in enumerate(_NAMED)}
#: A line of its own in a template, where the next paragraph begins.
_NEXT_PARAGRAPH = re.compile(r"^\s*¶\s*$", re.MULTILINE)
#: Between two paragraphs; no name has lines.
_BETWEEN = "\n"


def render(facts: NoticeFacts, *, language: Language, channel: Channel) -> NoticeText:
    """Write a notice in a language, for the channel by which it travels."""
    template = _template(f"{facts.telling.value}.txt")
    with translation.override(language.value):
        known = words.context(facts)
        blocks = _blocks(template, known)
        return NoticeText(
            language=language,
            subject=_subject(" ".join(blocks["subject"]), template, known, facts),
            paragraphs=(*blocks["happened"], *blocks["means"]),
            details=tuple(words.details(facts)),
            action=" ".join(blocks["action"]),
            deadline=words.deadline(facts),
            link_words=words.link_words(facts),
            link=facts.link,
            notes=tuple(words.notes(facts, channel)),
            **words.around(),
        )


def _subject(
    rendered: str, template: Template, known: dict[str, object], facts: NoticeFacts
) -> str:
    """Write the subject; a name that is too long for it is cut."""
    tail = f" ({facts.reference})" if facts.reference else ""
    name = str(known["other"])
    subject = rendered + tail
    excess = len(subject) - LONGEST_SUBJECT
    if excess > 0:
        cut = f"{name[: len(name) - excess - 1].rstrip()}…"
        subject = " ".join(_blocks(template, known | {"other": cut})["subject"]) + tail
    return subject


def _blocks(template: Template, known: dict[str, object]) -> dict[str, list[str]]:
    """Write each block of a template by itself, in paragraphs of one line.

    Most notices differ in names and days alone, into which no template looks: it is rendered once
    with marks in their place, which nobody can type, and then only they are written anew.
    """
    named = {name: str(known[name]) for name in _NAMED if known[name]}
    marked = known | {name: _MARKS[name] for name in named}
    blocks = {}
    for block, written in _rendered(template, get_language() or "", tuple(marked.items())):
        text = written
        for name, said in named.items():
            text = text.replace(_MARKS[name], said)
        blocks[block] = text.split(_BETWEEN)
    return blocks


@functools.lru_cache(maxsize=1024)
def _rendered(
    template: Template,
    language: str,  # noqa: ARG001 - what is kept is for this language
    known: tuple[tuple[str, object], ...],
) -> tuple[tuple[str, str], ...]:
    """Render each block of a template in the language in force: paragraphs, a mark between them."""
    context = Context(dict(known), autoescape=False)
    with context.render_context.push_state(template), context.bind_template(template):
        rendered: dict[str, str] = {
            node.name: node.render(context)
            for node in template.nodelist
            if isinstance(node, BlockNode)
        }
    lacking = [name for name in BLOCKS if _MISSING in rendered.get(name, _MISSING)]
    if lacking:
        message = f"{template.name}: something is missing in {', '.join(lacking)}"
        raise ValueError(message)
    return tuple((name, _in_paragraphs(text)) for name, text in rendered.items())


def _in_paragraphs(text: str) -> str:
    return _BETWEEN.join(" ".join(each.split()) for each in _NEXT_PARAGRAPH.split(text))


@functools.cache
def _template(name: str) -> Template:
    return _engine().get_template(name)


@functools.cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(TEMPLATES)],
        autoescape=False,
        string_if_invalid=_MISSING,
        libraries={"i18n": "django.templatetags.i18n"},
    )
