"""Filters that write values and tags that draw components: `{% load mahis %}` in any template."""

import enum
from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import State
from mahis.domain.parties import Language
from mahis.domain.quarters import Quarter
from mahis.domain.refusals import Refused
from mahis.queries.cards import PartyCard
from mahis.web import doors, icons, menu, showing, statuses, words

register = template.Library()

register.filter("quarter_words", showing.quarter_words)
register.filter("period", showing.period)
register.filter("period_words", showing.period_words)
register.filter("moment", showing.moment)
register.filter("size", showing.size)
register.filter("common_name", showing.common_name)
register.filter("day", showing.day)


@register.filter
def enterprise_number(number: EnterpriseNumber | str) -> str:
    """Write `0123.456.749`; what is no enterprise number is written as it is."""
    try:
        return EnterpriseNumber.parse(str(number)).screen
    except Refused:
        return str(number)


@register.filter
def quarter(value: Quarter | None) -> str:
    """Write `4/2026`; nothing for no quarter."""
    return value.screen if value is not None else ""


@register.filter
def reference(value: object) -> str:
    """Write the reference of an authorisation or a mandate: `2026-0001234/2`."""
    return str(value)


@register.filter
def word(value: enum.Enum) -> str:
    """Say what the screens call a state, a side, a quality, a role, an act and the like."""
    return str(words.of(value))


@register.filter
def level(assurance: str) -> str:
    """Give the last part of an assurance level, which is what people know it by."""
    return assurance.rsplit(":", 1)[-1].rsplit("/", 1)[-1]


@register.filter
def language_name(language: Language) -> str:
    """Give the name of a language in itself: `Deutsch`."""
    return str(get_language_info(language.value)["name_local"]).capitalize()


@register.simple_tag(takes_context=True)
def screen(context: Context, name: str, *about: object) -> str:
    """Give the address of a screen that both doors have, at the door of this page."""
    return doors.screen(context["request"], name, *about)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon beside words."""
    return icons.drawn(name)


@register.inclusion_tag("web/components/status_tag.html")
def status_tag(state: State) -> dict[str, object]:
    """Draw a state as a tag: words, shape and colour."""
    return {"state": state, "look": statuses.LOOKS[state], "word": words.of(state)}


@register.inclusion_tag("web/components/status_block.html")
def status_block(
    state: State, count: int, address: str = "", note: str = "", *, more: bool = False
) -> dict[str, object]:
    """Draw a block of the home page: grey or red where it holds mandates, white where empty."""
    return {
        "state": state,
        "look": statuses.LOOKS[state],
        "word": words.of(state),
        "count": count,
        "address": address,
        "note": note,
        "more": more,
    }


@register.inclusion_tag("web/components/party_card.html")
def party_card(card: PartyCard, heading: str = "", *, own: bool = False) -> dict[str, object]:
    """Draw an enterprise: name, number, address; `heading` says as which party."""
    return {"card": card, "heading": heading, "own": own}


@register.inclusion_tag("web/components/progress.html")
def progress(current: int, what: str = "mandate") -> dict[str, object]:
    """Draw the three steps of drawing up, or of a `request`, with the one where the person is."""
    steps = statuses.REQUEST_STEPS if what == "request" else statuses.STEPS
    return {"steps": steps, "current": current}


@register.inclusion_tag("web/components/progress.html")
def delegating_progress(current: int) -> dict[str, object]:
    """Draw the three steps of delegating, with the one where the person is."""
    return {"steps": statuses.DELEGATING_STEPS, "current": current}


@register.inclusion_tag("web/components/column.html")
def column(label: str, query: str, direction: str = "none") -> dict[str, object]:
    """Draw the heading of a column that sorts: `direction` as in `aria-sort`."""
    return {"label": label, "query": query, "direction": direction}


@register.inclusion_tag("web/components/pagination.html")
def pagination(page: int, pages: int, earlier: str = "", later: str = "") -> dict[str, object]:
    """Draw the way to the pages before and after; `earlier` and `later` are their queries."""
    return {"page": page, "pages": pages, "earlier": earlier, "later": later}


@register.inclusion_tag("web/components/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, object]:
    """Draw what happened: each event has `act`, `at`, `side` and `enterprise`."""
    return {"events": events}


@register.inclusion_tag("web/frame/entries.html", takes_context=True)
def menu_entries(context: Context, name: str) -> dict[str, object]:
    """Draw the sections of the door's menu; `name` tells the two places apart."""
    sections: tuple[menu.Section, ...] = tuple(context.get("menu") or ())
    path = context["request"].path
    return {"sections": sections, "current": menu.current(sections, path=path), "name": name}


@register.simple_block_tag
def panel(content: str, kind: str, title: str) -> SafeString:
    """Draw a banner: `done` after an act, `warning` before one, `note`, or `wrong`."""
    return render_to_string(
        "web/components/panel.html",
        {"kind": kind, "title": title, "icon": statuses.PANELS[kind], "content": content},
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """Draw an empty list: what would stand here, and how to get the first one."""
    return render_to_string("web/components/empty.html", {"title": title, "content": content})
