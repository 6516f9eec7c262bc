"""The words of a form, in its language; names and numbers come into them as data."""

from collections.abc import Mapping

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mahis.domain.parties import Language, Side
from mahis.gateways import written
from mahis.gateways.pdf_forms.content import (
    FormContent,
    PartyText,
    ReplacedText,
    ShownValidation,
)
from mahis.gateways.typesetting import cleaned, shortened, shown

SIDES: dict[Side, Promise] = {
    Side.MANDATOR: _lazy("Principal"),
    Side.MANDATARY: _lazy("Mandatary"),
}
#: What the numbers of the federal login mean; the longest that is reached counts.
_LEVELS: dict[int, Promise] = {
    450: pgettext_lazy("assurance level", "high (level %(number)s)"),
    300: pgettext_lazy("assurance level", "substantial (level %(number)s)"),
    0: pgettext_lazy("assurance level", "low (level %(number)s)"),
}
_LEVEL_PREFIX = "urn:be:fedict:iam:fas:Level"
#: Longest name in a caption; the form says it in full elsewhere.
_LONGEST_IN_CAPTION = 220

#: Text, or whole parts of a form.
Words = Mapping[str, object]


def title(content: FormContent) -> str:
    """Name the document: `Authorisation 2026-0001234, form 3`."""
    with translation.override(content.language.value):
        return _("Authorisation %(reference)s, form %(number)s") % {
            "reference": content.reference,
            "number": content.number,
        }


def tooltip(content: FormContent, side: Side, *, place: int = 1) -> str:
    """Say of a signature field who signs in it."""
    with translation.override(content.language.value):
        text = (
            _("Signature for the %(side)s, %(name)s")
            if place == 1
            else _("Second signature for the %(side)s, %(name)s")
        )
        return text % {
            "side": _in_sentence(SIDES[side]),
            "name": shortened(cleaned(content.parties[side].name), _LONGEST_IN_CAPTION),
        }


def seal_tooltip(language: Language) -> str:
    """Say what the field of the seal is."""
    with translation.override(language.value):
        return _("Seal of the register of mandates")


def timestamp_tooltip(language: Language) -> str:
    """Say what the field of the timestamp is."""
    with translation.override(language.value):
        return _("Timestamp of this form")


def seal_reason(content: FormContent) -> str:
    """Say why the form is sealed."""
    with translation.override(content.language.value):
        return _(
            "Seals authorisation %(reference)s, form %(number)s: it can be signed, not changed"
        ) % {"reference": content.reference, "number": content.number}


def of(content: FormContent) -> Words:
    """Give all the words of a form, under the names that the template knows."""
    with translation.override(content.language.value):
        return {
            "title": _("Authorisation"),
            "subject": _("Mandates in social security"),
            "reference_line": title(content),
            "hint": _(
                "Sealed with a timestamp: do not change this document or save it anew. Sign"
                " electronically in the fields, or print it, sign by hand and upload a scan."
            ),
            "notice": _(
                "This is not the official service. It is an independent project, and what is done"
                " here has no legal effect."
            ),
            "page": pgettext("page 1 of 2", "Page"),
            "of": pgettext("page 1 of 2", "of"),
            "facts": _facts(content),
            "statement": _statement(content),
            "parties_title": _("Parties"),
            "parties": [_party(side, content.parties[side]) for side in Side],
            "groups_title": _("Application groups"),
            "groups": [shown(group) for group in content.groups],
            "period_title": _("Quarters"),
            "period": _period(content),
            "replaced_title": _("What ends by this"),
            "replaced": [_replaced(each) for each in content.replaced],
            "signatures_title": _("Signatures"),
            "signatures": [_signature(content, side) for side in Side],
        }


def _facts(content: FormContent) -> list[Words]:
    return [
        {"label": _("Reference"), "value": str(content.reference)},
        {"label": pgettext("a document", "Form"), "value": str(content.number)},
        {
            "label": _("Drawn up on"),
            "value": written.day(timezone.localtime(content.made_at).date()),
        },
    ]


def _statement(content: FormContent) -> list[Words]:
    """Give the sentence in pieces, so that names stand out without being mixed into it."""
    mark = "\0"
    sentence = _(
        "%(mandator)s gives %(mandatary)s the authorisation to act in its name in the application"
        " groups and for the quarters named below."
    ) % {side.value: f"{mark}{side.value}{mark}" for side in Side}
    names = {side.value: shown(content.parties[side].name) for side in Side}
    return [
        {"text": names.get(piece, piece), "strong": piece in names}
        for piece in sentence.split(mark)
        if piece
    ]


def _party(side: Side, party: PartyText) -> Words:
    return {
        "role": str(SIDES[side]),
        "name": shown(party.name),
        "number_label": _("Enterprise number"),
        "number": shown(party.number),
        "address": [shown(line) for line in party.address],
    }


def _period(content: FormContent) -> list[Words]:
    period = content.period
    first = {
        "label": _("First quarter"),
        "quarter": period.start.screen,
        "words": pgettext("a day", "from %(start)s") % {"start": written.day(period.first_day)},
    }
    if period.end is None:
        words = _("not named: the authorisation holds until it is given one")
        return [first, {"label": _("Last quarter"), "quarter": "\N{EN DASH}", "words": words}]
    words = pgettext("a day", "up to and including %(end)s") % {
        "end": written.day(period.end.last_day)
    }
    return [first, {"label": _("Last quarter"), "quarter": period.end.screen, "words": words}]


def _replaced(one: ReplacedText) -> str:
    return _(
        "%(group)s: the mandate of %(name)s (%(number)s) ends with quarter %(quarter)s, on %(day)s."
    ) % {
        "group": shown(one.group),
        "name": shown(one.mandatary),
        "number": shown(one.number),
        "quarter": one.end.screen,
        "day": written.day(one.end.last_day),
    }


def _signature(content: FormContent, side: Side) -> Words:
    validations = content.validated.get(side, ())
    name = shortened(shown(content.parties[side].name), _LONGEST_IN_CAPTION)
    # A form in which nobody is left to sign shows no field for it.
    signs = not validations or side in content.fields
    return {
        "role": str(SIDES[side]),
        "caption": _caption(content, side) % {"name": name},
        "by_hand": [_("By hand: name"), _("date")],
        "places": content.places(side) if signs else (),
        "heading": _("Validated by authentication for %(name)s, by:") % {"name": name},
        "validated": [_validation(each) for each in validations],
        "note": _("No signature is needed here."),
    }


def _caption(content: FormContent, side: Side) -> str:
    if content.validated.get(side):
        return _("To be signed by a second person, who may represent %(name)s with the first.")
    if len(content.places(side)) > 1:
        return _(
            "To be signed by two persons who may represent %(name)s together, or in the first field"
            " by one who may do so alone."
        )
    return _("To be signed by a person who may represent %(name)s.")


def _validation(validation: ShownValidation) -> Words:
    moment = timezone.localtime(validation.at)
    return {
        "name": shown(validation.person_name),
        "moment": _("%(day)s at %(time)s, Brussels time")
        % {"day": written.day(moment.date()), "time": f"{moment:%H:%M}"},
        "assurance": _("Assurance level: %(level)s") % {"level": level(validation.assurance)},
    }


def level(assurance: str) -> str:
    """Say an assurance level in words, in the language in force; an unknown one as it is."""
    number = assurance.removeprefix(_LEVEL_PREFIX)
    if number == assurance or not (number.isascii() and number.isdigit()):
        return shown(assurance.rsplit("/", 1)[-1].rsplit(":", 1)[-1])
    words = next(words for least, words in _LEVELS.items() if int(number) >= least)
    return str(words) % {"number": number}


def _in_sentence(word: Promise) -> str:
    """Write a role inside a sentence: small, but for German, whose nouns are large."""
    text = str(word)
    return text if (get_language() or "").startswith("de") else text.lower()
