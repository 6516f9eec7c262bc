"""A notice in words, and the forms in which it travels: plain text and simple HTML."""

import dataclasses
import functools
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

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
    language = text.language.value
    details = "\n".join(_lines(each, language) for each in text.details)
    action = "\n".join(filter(None, (text.deadline, text.action)))
    parts = (
        text.greeting,
        *text.paragraphs,
        details,
        f"{_titled(text.action_title, language)}\n{action}",
        f"{_titled(text.link_words, language)}\n{text.link}",
        text.sender,
        *text.notes,
        text.disclaimer,
    )
    return "\n\n".join(parts) + "\n"


def as_html(text: NoticeText) -> SafeString:
    """Write a notice without its subject as the simplest HTML, which any letter box can show."""
    language = text.language.value
    parts = (
        _paragraph(text.greeting),
        *map(_paragraph, text.paragraphs),
        "<ul>",
        *(_item(each, language) for each in text.details),
        "</ul>",
        _action(text),
        f'<p><a href="{escape(text.link)}">{_escaped(text.link_words)}</a></p>',
        _paragraph(text.sender),
        *(f"<p><small>{_escaped(each)}</small></p>" for each in (*text.notes, text.disclaimer)),
    )
    # Nothing stands in it that is not escaped above.
    return SafeString("".join(parts))


@functools.lru_cache(maxsize=4096)
def _titled(title: str, language: str) -> str:
    with override(language):
        # Translators: a title on a line of its own, and its colon
        return _("%(title)s:") % {"title": title}


#: For what stands in many notices.
_escaped = functools.lru_cache(maxsize=4096)(escape)


def _lines(detail: Detail, language: str) -> str:
    title = _titled(detail.label, language)
    if len(detail.values) == 1:
        return f"{title} {detail.values[0]}"
    return "\n".join((title, *(f"- {value}" for value in detail.values)))


def _item(detail: Detail, language: str) -> str:
    title = _escaped(_titled(detail.label, language))
    if len(detail.values) == 1:
        return f"<li>{title} {escape(detail.values[0])}</li>"
    values = "".join(f"<li>{escape(value)}</li>" for value in detail.values)
    return f"<li>{title}<ul>{values}</ul></li>"


def _action(text: NoticeText) -> str:
    title = f"<strong>{_escaped(_titled(text.action_title, text.language.value))}</strong>"
    action = _escaped(text.action)
    if text.deadline is None:
        return f"<p>{title}<br>{action}</p>"
    return f"<p>{title}<br><strong>{_escaped(text.deadline)}</strong><br>{action}</p>"


def _paragraph(text: str) -> str:
    return f"<p>{_escaped(text)}</p>"
