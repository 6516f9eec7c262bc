"""Refusals in words, put on the fields of a form that they are about."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _

from mahis.domain.conditions import (
    AlreadyGiven,
    HeldByAnother,
    Holder,
    ReplacedHasEnd,
    ReplacedNotBefore,
)
from mahis.domain.form_refusals import FileRefused
from mahis.domain.parties import Actor, Side
from mahis.domain.refusals import Refused
from mahis.queries import groups
from mahis.web import refusals

#: Refusals for a mandate in the way: which one is told to those alone who may see it.
_BY_A_HOLDER = (HeldByAnother, AlreadyGiven, ReplacedHasEnd, ReplacedNotBefore)


def text_of(refusal: Refused) -> str:
    """Give the sentence that explains a refusal, with whose signature it is about."""
    text = refusals.explain(refusal)
    signer = refusal.found.get("signer", "") if isinstance(refusal, FileRefused) else ""
    return (
        _("Signature of %(signer)s: %(text)s") % {"signer": signer, "text": text}
        if signer
        else text
    )


def put_on(form: forms.Form, refused: Iterable[Refused], *, actor: Actor, language: str) -> None:
    """Put refusals on the fields of a form that they name, the others on the form itself."""
    all_refused = tuple(refused)
    codes = [str(each.found["group"]) for each in all_refused if "group" in each.found]
    names = groups.names(codes=codes, language=language) if codes else {}
    for each in all_refused:
        text = (
            _in_the_way(each, actor=actor, names=names)
            if isinstance(each, _BY_A_HOLDER)
            else text_of(each)
        )
        form.add_error(each.field if each.field in form.fields else None, text)


def _in_the_way(refusal: Refused, *, actor: Actor, names: dict[str, str]) -> str:
    """Show the mandate that stands in the way: by whom, when, and which one where one may know."""
    holder = refusal.found["holder"]
    assert isinstance(holder, Holder)
    code = str(refusal.found["group"])
    period = holder.period
    parts = {
        "group": names.get(code, code),
        "name": holder.mandatary_name,
        "start": period.start.screen,
        "end": period.end.screen if period.end else "",
        "reference": str(holder.reference),
    }
    if period.end is None:
        text = _("%(group)s is already with %(name)s, from %(start)s on, without an end quarter.")
    else:
        text = _("%(group)s is already with %(name)s, from %(start)s to %(end)s.")
    if refusal.field == "replace":
        text += " " + _("Tick it here if it is to be replaced, or leave the group out.")
    elif isinstance(refusal, ReplacedHasEnd):
        text += " " + _("It cannot be replaced, as it has an end quarter: start after that.")
    elif isinstance(refusal, ReplacedNotBefore):
        text += " " + _("It cannot be replaced by a mandate that does not start later.")
    if actor.side is Side.MANDATOR or holder.same_mandatary:
        text += " " + _("See mandate %(reference)s.")
    return text % parts
