"""The two forms by which a scan is decided: who signed for each party, or why it is rejected."""

import dataclasses
from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mahis.domain.conditions import ReasonMissing, ReasonTooLong
from mahis.domain.documents import RejectionReason
from mahis.domain.parties import Side
from mahis.queries.scan_queue import Signatory
from mahis.web import explaining, house_rules, typed, words

_LONGEST_NUMBER = 18
_LONGEST_CODE = 40
#: The field for the signatory of each party, and for the one who signed together with them.
FIELDS = {side: f"signatory_{side.value}" for side in Side}
SECOND_FIELDS = {side: f"signatory_{side.value}_2" for side in Side}
_MISSING = {
    Side.MANDATOR: gettext_lazy("Choose who signed for the principal."),
    Side.MANDATARY: gettext_lazy("Choose who signed for the mandatary."),
}


class ApprovalForm(forms.Form):
    """Who signed for each party."""

    signatory_mandator = forms.CharField(
        required=False, label=gettext_lazy("Who signed for the principal?")
    )
    signatory_mandatary = forms.CharField(
        required=False, label=gettext_lazy("Who signed for the mandatary?")
    )
    signatory_mandator_2 = forms.CharField(
        required=False, label=gettext_lazy("Who signed for the principal together with them?")
    )
    signatory_mandatary_2 = forms.CharField(
        required=False, label=gettext_lazy("Who signed for the mandatary together with them?")
    )


class RejectionForm(forms.Form):
    """Why a scan is rejected."""

    reason_code = forms.CharField(required=False, label=gettext_lazy("Why is it rejected?"))
    reason = forms.CharField(required=False, label=gettext_lazy("Explanation"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Approval:
    """An approval as far as it could be read."""

    form: ApprovalForm
    #: For each party what `approve` takes; None while something is missing.
    signatories: dict[Side, tuple[int, ...]] | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rejection:
    """A rejection as far as it could be read."""

    form: RejectionForm
    reason: str
    #: None while something is missing or wrong.
    reason_code: RejectionReason | None


def read_approval(data: QueryDict) -> Approval:
    """Read who signed; whether these may sign is for others to say."""
    names = [*FIELDS.values(), *SECOND_FIELDS.values()]
    chosen = {name: typed.text(data, name, longest=_LONGEST_NUMBER) for name in names}
    form = ApprovalForm(chosen)
    for side, name in FIELDS.items():
        if not _is_number(chosen[name]):
            form.add_error(name, str(_MISSING[side]))
    if form.errors:
        return Approval(form=form, signatories=None)
    signatories = {
        side: tuple(
            int(chosen[name])
            for name in (FIELDS[side], SECOND_FIELDS[side])
            if _is_number(chosen[name])
        )
        for side in Side
    }
    return Approval(form=form, signatories=signatories)


def read_rejection(data: QueryDict) -> Rejection:
    """Read why a scan is rejected; the explanation can be left out where the reason says all."""
    code = typed.text(data, "reason_code", longest=_LONGEST_CODE)
    reason = typed.lines(data.get("reason", ""))
    form = RejectionForm({"reason_code": code, "reason": reason})
    known = {each.value: each for each in RejectionReason}.get(code)
    longest = house_rules.limits().longest_reason
    if known is None:
        form.add_error("reason_code", _("Choose a reason."))
    if known is RejectionReason.OTHER and not reason:
        form.add_error("reason", explaining.text_of(ReasonMissing()))
    if len(reason) > longest:
        form.add_error("reason", explaining.text_of(ReasonTooLong(longest=longest)))
    return Rejection(form=form, reason=reason, reason_code=None if form.errors else known)


def choices(signatories: Iterable[Signatory]) -> list[tuple[str, str, str]]:
    """Give those who may sign for a party as choices: value, name and function."""
    return [(str(each.office), each.person_name, _function(each)) for each in signatories]


def reasons() -> list[tuple[str, str]]:
    """Give the reasons for rejecting as choices, an empty one before them."""
    listed = [(each.value, str(words.of(each))) for each in RejectionReason]
    return [("", _("Choose a reason")), *listed]


def _function(signatory: Signatory) -> str:
    text = signatory.function
    if signatory.through:
        text = _("%(function)s, through %(names)s") % {
            "function": text,
            "names": ", ".join(signatory.through),
        }
    if signatory.alone:
        return text
    return _("%(function)s, together with another") % {"function": text}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
