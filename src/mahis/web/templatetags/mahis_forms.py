"""Tags that draw forms: the summary of what is wrong, and each field with label, hint and error.

Loaded by `{% load mahis_forms %}`.
"""

import enum
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mahis.domain.form_refusals import FileTooLarge
from mahis.domain.quarters import Quarter
from mahis.domain.refusals import Refused
from mahis.web import clock, house_rules, refusals, words

register = template.Library()

#: Quarters offered for one click: the current one and a year ahead, the furthest start (C4).
_PICKS = 5


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, object]:
    """Draw what is wrong with a form, each line a link to its field; nothing where all is well."""
    return {"problems": list(_problems(form))}


@register.inclusion_tag("web/components/error_summary.html")
def problem(text: str = "", field: str = "") -> dict[str, object]:
    """Draw the same for one problem, told as a text and the id of its field, if any."""
    return {"problems": [{"text": text, "target": field}] if text else []}


@register.simple_tag
def field(bound: BoundField, kind: str = "text", **more: Any) -> SafeString:
    """Draw a field of a form as one of the `kind`s in `templates/web/fields/`.

    Beside those of the kind, each takes `label` and `hint` to say more than the form does.
    """
    errors = list(bound.errors)
    identity = bound.auto_id
    hint = more.pop("hint", bound.help_text)
    context = {
        "id": identity,
        "name": bound.html_name,
        "label": more.pop("label", bound.label),
        "hint": hint,
        "errors": errors,
        "value": _text(bound.value()),
        "described_by": " ".join(
            [f"{identity}-hint"] * bool(hint) + [f"{identity}-error"] * bool(errors)
        ),
        **_of_kind(kind, bound, more),
        **more,
    }
    return render_to_string(f"web/fields/{kind}.html", context)


def _of_kind(kind: str, bound: BoundField, more: dict[str, Any]) -> dict[str, object]:
    if kind == "quarter":
        return {"picks": more.pop("picks", None) or _next_quarters(), "typed": _quarter(bound)}
    if kind == "file":
        largest = house_rules.largest_upload()
        return {
            "largest": largest,
            "too_large": refusals.explain(FileTooLarge(largest=largest)),
        }
    chosen = _chosen(bound.value())
    if kind in {"checkboxes", "radios", "select"}:
        return {"options": [_option(each, chosen) for each in more.pop("options", ())]}
    return {"chosen": chosen}


def _problems(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    for text in form.non_field_errors():
        yield {"text": str(text), "target": ""}
    for bound in form:
        for text in bound.errors:
            yield {"text": str(text), "target": bound.auto_id}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _chosen(value: object) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(map(str, value)) if isinstance(value, Iterable) else frozenset()


def _option(each: Any, chosen: frozenset[str]) -> dict[str, object]:
    """Give one choice, from a value of the domain or from a pair or triple of texts."""
    if isinstance(each, enum.Enum):
        value, label, hint = str(each.value), str(words.of(each)), ""
    else:
        value, label, hint, *_ = *map(str, each), ""
    return {"value": value, "label": label, "hint": hint, "is_chosen": value in chosen}


def _next_quarters() -> tuple[Quarter, ...]:
    current = Quarter.containing(clock.today())
    return tuple(current + ahead for ahead in range(_PICKS))


def _quarter(bound: BoundField) -> Quarter | None:
    try:
        return Quarter.parse(_text(bound.value()))
    except Refused:
        return None
