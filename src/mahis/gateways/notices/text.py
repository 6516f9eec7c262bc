"""A notice in words, and the forms in which it travels: plain text and simple HTML."""

import dataclasses

from django.utils.html import format_html, format_html_join
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
    small_print = (*text.notes, text.disclaimer)
    with override(text.language.value):
        return format_html(
            "{}{}<ul>{}</ul>{}{}{}{}",
            _paragraph(text.greeting),
            format_html_join("", "<p>{}</p>", ((each,) for each in text.paragraphs)),
            format_html_join("", "<li>{}</li>", ((_item(each),) for each in text.details)),
            _action(text),
            format_html('<p><a href="{}">{}</a></p>', text.link, text.link_words),
            _paragraph(text.sender),
            format_html_join("", "<p><small>{}</small></p>", ((each,) for each in small_print)),
        )


def _titled(title: str) -> str:
    # Translators: a title on a line of its own, and its colon
    return _("%(title)s:") % {"title": title}


def _lines(detail: Detail) -> str:
    if len(detail.values) == 1:
        return f"{_titled(detail.label)} {detail.values[0]}"
    return "\n".join((_titled(detail.label), *(f"- {value}" for value in detail.values)))


def _item(detail: Detail) -> SafeString:
    title = _titled(detail.label)
    if len(detail.values) == 1:
        return format_html("{} {}", title, detail.values[0])
    values = format_html_join("", "<li>{}</li>", ((value,) for value in detail.values))
    return format_html("{}<ul>{}</ul>", title, values)


def _action(text: NoticeText) -> SafeString:
    title = format_html("<strong>{}</strong>", _titled(text.action_title))
    if text.deadline is None:
        return format_html("<p>{}<br>{}</p>", title, text.action)
    return format_html("<p>{}<br><strong>{}</strong><br>{}</p>", title, text.deadline, text.action)


def _paragraph(text: str) -> SafeString:
    return format_html("<p>{}</p>", text)
