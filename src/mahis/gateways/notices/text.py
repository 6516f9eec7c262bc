"""A notice in words, and the forms in which it travels: plain text and simple HTML."""

import dataclasses
import functools
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from mahis.domain.parties import Language


@dataclasses.dataclass(frozen=True, kw_only=True)
class Detail:
    """Something that a notice is about, under its label."""

    label: str
    values: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeText:
    """A notice in one language, in the parts that letters, messages and screens lay out."""

    language: Language
    #: At most 100 characters.
    subject: str
    greeting: str
    #: What happened, who did it, and what it means.
    paragraphs: tuple[str, ...]
    #: Reference, parties, mandates, and the reason where one was given.
    details: tuple[Detail, ...]
    action_title: str
    #: What the recipient does now; says so where that is nothing.
    action: str
    #: Until when, where the recipient has to act.
    deadline: str | None
    link_words: str
    link: str
    sender: str
    #: How to get in, and why one is told.
    notes: tuple[str, ...]
    #: What this service is.
    disclaimer: str


def as_text(text: NoticeText) -> str:
    """Write a notice without its subject as plain text, one line a paragraph."""
    with override(text.language.value):
        details = "\n".join(_lines(each) for each in text.details)
        action = "\n".join(filter(None, (text.deadline, text.action)))
        parts = (
            text.greeting,
            *text.paragraphs,
            details,
            f"{_titled(text.action_title)}\n{action}",
            f"{_titled(text.link_words)}\n{text.link}",
            text.sender,
            *text.notes,
            text.disclaimer,
        )
    return "\n\n".join(parts) + "\n"


def as_html(text: NoticeText) -> SafeString:
    """Write a notice without its subject as the simplest HTML, which any letter box can show."""
    with override(text.language.value):
        parts = (
            _paragraph(text.greeting),
            *map(_paragraph, text.paragraphs),
            "<ul>",
            *map(_item, text.details),
            "</ul>",
            _action(text),
            f'<p><a href="{escape(text.link)}">{escape(text.link_words)}</a></p>',
            _paragraph(text.sender),
            *(f"<p><small>{escape(each)}</small></p>" for each in (*text.notes, text.disclaimer)),
        )
    # Nothing stands in it that is not escaped above.
    return SafeString("".join(parts))


def _titled(title: str) -> str:
    return _with_colon(get_language() or "") % {"title": title}


@functools.cache
def _with_colon(language: str) -> str:  # noqa: ARG001 - for each its own
    # Translators: a title on a line of its own, and its colon
    return _("%(title)s:")


def _lines(detail: Detail) -> str:
    if len(detail.values) == 1:
        return f"{_titled(detail.label)} {detail.values[0]}"
    return "\n".join((_titled(detail.label), *(f"- {value}" for value in detail.values)))


def _item(detail: Detail) -> str:
    title = escape(_titled(detail.label))
    if len(detail.values) == 1:
        return f"<li>{title} {escape(detail.values[0])}</li>"
    values = "".join(f"<li>{escape(value)}</li>" for value in detail.values)
    return f"<li>{title}<ul>{values}</ul></li>"


def _action(text: NoticeText) -> str:
    title = f"<strong>{escape(_titled(text.action_title))}</strong>"
    action = escape(text.action)
    if text.deadline is None:
        return f"<p>{title}<br>{action}</p>"
    return f"<p>{title}<br><strong>{escape(text.deadline)}</strong><br>{action}</p>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
