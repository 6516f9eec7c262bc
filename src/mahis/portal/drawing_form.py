"""The form in which mandates are drawn up: what was typed, the party found, and what is wrong.

A draft keeps what was typed as it was typed, so that reading it never fails: what is missing or
wrong becomes an error at its field.
"""

import dataclasses
import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mahis.domain.conditions import HeldByAnother, Limits
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import MandateReference
from mahis.domain.parties import Actor, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.queries import enterprises, replaceable
from mahis.queries.cards import PartyCard
from mahis.queries.enterprises import Found
from mahis.queries.replaceable import Offer
from mahis.usecases import draw_up
from mahis.usecases.draw_up import Wanted
from mahis.usecases.save_draft import Typed
from mahis.web import explaining, replacing_words, typed

LONGEST_PARTY = 200
LONGEST_QUARTER = 20


class DrawingForm(forms.Form):
    """The fields; which of them are wrong is said by `read`, not by the fields themselves."""

    other_party = forms.CharField(required=False)
    chosen = forms.CharField(required=False)
    groups = forms.Field(required=False)
    start = forms.CharField(required=False, label=gettext_lazy("Start quarter"))
    end = forms.CharField(required=False, label=gettext_lazy("End quarter (optional)"))
    #: Codes of the groups in which another mandatary's mandate is to be replaced.
    replace = forms.Field(required=False, label=gettext_lazy("Replace"))

    def __init__(self, data: Typed, *, side: Side) -> None:
        super().__init__(data)
        self.fields["other_party"].label = (
            _("Mandatary: your service provider or social secretariat")
            if side is Side.MANDATOR
            else _("Principal: the company that gives you the mandate")
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Drawing:
    """What was typed, read as far as it can be."""

    form: DrawingForm
    #: What a search for the other party found; None where nothing was typed.
    found: Found | None
    #: The other party, once its card was confirmed.
    other_party: PartyCard | None
    #: What is to be drawn up; None while something is missing or refused.
    wanted: Wanted | None
    #: The mandates of others in the way that can be replaced.
    offers: tuple[Offer, ...] = ()

    @property
    def replaced(self) -> tuple[Offer, ...]:
        """The mandates that will be replaced."""
        chosen = self.wanted.replaces if self.wanted else {}
        return tuple(offer for offer in self.offers if offer.group_code in chosen)


def typed_in(data: QueryDict) -> Typed:
    """Give what was typed, as a draft keeps it."""
    return {
        "other_party": typed.text(data, "other_party", longest=LONGEST_PARTY),
        "chosen": typed.text(data, "chosen", longest=LONGEST_QUARTER),
        "groups": typed.texts(data, "groups"),
        "start": typed.text(data, "start", longest=LONGEST_QUARTER),
        "end": typed.text(data, "end", longest=LONGEST_QUARTER),
        "replace": typed.texts(data, "replace"),
    }


def beginning(on: datetime.date) -> Typed:
    """Give what an empty form starts with: mandates mostly change hands at the next quarter."""
    return {"start": (Quarter.containing(on) + 1).screen}


def look(*, actor: Actor, kept: Typed, on: datetime.date, language: str) -> Drawing:
    """Read a form that is not finished: only the other party is looked up."""
    form = DrawingForm(kept, side=side_of(actor))
    found = _found(form, actor=actor, on=on, language=language)
    if found is not None and found.refusal is not None:
        form.add_error("other_party", explaining.text_of(found.refusal))
    return Drawing(form=form, found=found, other_party=_chosen(form, found), wanted=None)


def check(
    *, actor: Actor, kept: Typed, limits: Limits, on: datetime.date, language: str
) -> Drawing:
    """Read a form that is to be finished: everything missing, wrong or refused is an error."""
    drawing = look(actor=actor, kept=kept, on=on, language=language)
    form = drawing.form
    _require_party(drawing)
    groups = _groups(form)
    period = _period(form)
    if not groups:
        form.add_error("groups", _("Choose at least one application group."))
    wanted: Wanted | None = None
    offers: tuple[Offer, ...] = ()
    if drawing.other_party is not None and groups and period is not None:
        offers = replaceable.offers(
            actor=actor,
            other_party=drawing.other_party.number,
            groups=groups,
            period=period,
            language=language,
        )
        wanted = Wanted(
            other_party=drawing.other_party.number,
            groups=groups,
            period=period,
            replaces=_replaced(form, offers),
        )
        refusals = draw_up.rehearse(actor=actor, wanted=wanted, limits=limits, on=on)
        _put_on(form, refusals, offers, actor=actor, language=language)
    return dataclasses.replace(drawing, wanted=None if form.errors else wanted, offers=offers)


def _replaced(form: DrawingForm, offers: tuple[Offer, ...]) -> dict[str, MandateReference]:
    """Give the mandates that are ticked to be replaced, by the groups that they are for."""
    ticked = form.data.get("replace", [])
    return {
        offer.group_code: offer.holder.reference for offer in offers if offer.group_code in ticked
    }


def _put_on(
    form: DrawingForm,
    refusals: tuple[Refused, ...],
    offers: tuple[Offer, ...],
    *,
    actor: Actor,
    language: str,
) -> None:
    """Put refusals on their fields; where replacing would help, on the boxes for that."""
    replaceable_groups = {offer.group_code for offer in offers}
    at_their_fields = [
        each.on("replace")
        if isinstance(each, HeldByAnother) and each.found.get("group") in replaceable_groups
        else each
        for each in refusals
    ]
    explaining.put_on(form, at_their_fields, actor=actor, language=language)


def options(drawing: Drawing, *, actor: Actor) -> list[tuple[str, str, str]]:
    """Give the mandates that can be replaced as boxes to tick, each with what would end when."""
    return [
        (
            offer.group_code,
            _("Replace the mandate of %(name)s for %(group)s")
            % {"name": offer.holder.mandatary_name, "group": offer.group_name},
            _hint(offer, is_open=actor.side is Side.MANDATOR),
        )
        for offer in drawing.offers
    ]


def _hint(offer: Offer, *, is_open: bool) -> str:
    ends = replacing_words.ends(
        name=offer.holder.mandatary_name, group=offer.group_name, end=offer.end
    )
    return f"{offer.holder.reference} · {ends}" if is_open else ends


def side_of(actor: Actor) -> Side:
    """Give the side that an actor draws up on; only companies and providers draw up."""
    assert actor.side is not None
    return actor.side


def _text(form: DrawingForm, name: str) -> str:
    value = form.data.get(name, "")
    return value if isinstance(value, str) else ""


def _found(form: DrawingForm, *, actor: Actor, on: datetime.date, language: str) -> Found | None:
    text = _text(form, "other_party")
    if not text:
        return None
    return enterprises.found(
        text=text, side=side_of(actor).other, actor=actor, on=on, language=language
    )


def _chosen(form: DrawingForm, found: Found | None) -> PartyCard | None:
    """Give the card that was confirmed; a number that is not among those found is none."""
    try:
        number = EnterpriseNumber.parse(_text(form, "chosen"))
    except Refused:
        return None
    cards = found.cards if found is not None else ()
    return next((card for card in cards if card.number == number), None)


def _require_party(drawing: Drawing) -> None:
    if drawing.found is None:
        drawing.form.add_error("other_party", _("Enter a number or a part of the name."))
    elif drawing.found.cards and drawing.other_party is None:
        several = len(drawing.found.cards) > 1
        drawing.form.add_error(
            "chosen",
            _("Choose which of these enterprises you mean.")
            if several
            else _("Confirm that this is the enterprise you mean."),
        )


def _groups(form: DrawingForm) -> tuple[str, ...]:
    ticked = form.data.get("groups", [])
    return tuple(ticked) if isinstance(ticked, list) else ()


def _period(form: DrawingForm) -> QuarterPeriod | None:
    start, end = _quarter(form, "start"), _quarter(form, "end")
    if start is None and "start" not in form.errors:
        form.add_error("start", _("Enter the start quarter, for example 1/2027."))
    if start is None or form.has_error("end"):
        return None
    try:
        return QuarterPeriod(start, end)
    except Refused as refusal:
        form.add_error("end", explaining.text_of(refusal))
        return None


def _quarter(form: DrawingForm, name: str) -> Quarter | None:
    text = _text(form, name)
    if not text:
        return None
    try:
        return Quarter.parse(text)
    except Refused as refusal:
        form.add_error(name, explaining.text_of(refusal))
        return None
