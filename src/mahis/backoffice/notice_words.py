"""What the examples of notices are called: who is told, and how it came about."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from mahis.domain.documents import RejectionReason
from mahis.gateways.notices.examples import Example
from mahis.web import words

_HOW: dict[str, Promise] = {
    "byYou": pgettext_lazy("how a notice came about", "acted itself"),
    "byOther": pgettext_lazy("how a notice came about", "the other party acted"),
    "byYouFile": pgettext_lazy("how a notice came about", "uploaded the signed form itself"),
    "byOtherFile": pgettext_lazy(
        "how a notice came about", "the other party uploaded the signed form"
    ),
    "byYouFileYours": pgettext_lazy(
        "how a notice came about", "uploaded the form with its own signature"
    ),
    "byYouFileTheirs": pgettext_lazy(
        "how a notice came about", "uploaded the form with the other party's signature"
    ),
    "byOtherFileYours": pgettext_lazy(
        "how a notice came about", "the other party uploaded the form with one's own signature"
    ),
    "byOtherFileTheirs": pgettext_lazy(
        "how a notice came about", "the other party uploaded the form with its signature"
    ),
    "byOffice": pgettext_lazy("how a notice came about", "the NSSO acted"),
    "byOfficeInThePast": pgettext_lazy(
        "how a notice came about", "the NSSO acted, with an end in the past"
    ),
    "byRegister": pgettext_lazy(
        "how a notice came about", "the principal was registered as an employer"
    ),
    "byClock": pgettext_lazy("how a notice came about", "by the passing of time"),
    "one": pgettext_lazy("how a notice came about", "one mandate"),
    "several": pgettext_lazy("how a notice came about", "several mandates"),
    "atOnce": pgettext_lazy("how a notice came about", "several mandates with different ends"),
    "soon": pgettext_lazy("how a notice came about", "with an end in the future"),
    "inThePast": pgettext_lazy("how a notice came about", "with an end in the past"),
    "byOtherSecond": pgettext_lazy(
        "how a notice came about", "the other party acted, and one's own signature is complete"
    ),
    "byYouReplacement": pgettext_lazy("how a notice came about", "withdrew a replacement"),
    "byOtherReplacement": pgettext_lazy(
        "how a notice came about", "the other party withdrew a replacement"
    ),
    "byYouWaiting": pgettext_lazy(
        "how a notice came about",
        "acted itself, while the mandate waited for the principal to be an employer",
    ),
    "byOtherWaiting": pgettext_lazy(
        "how a notice came about",
        "the other party acted, while the mandate waited for the principal to be an employer",
    ),
    "waiting": pgettext_lazy(
        "how a notice came about", "while the mandate waited for the principal to be an employer"
    ),
    "you-ends": pgettext_lazy(
        "how a notice came about", "it ceased itself, the mandate is given an end"
    ),
    "you-ended": pgettext_lazy("how a notice came about", "it ceased itself, the mandate is over"),
    "you-neverBegins": pgettext_lazy(
        "how a notice came about", "it ceased itself, the mandate never begins"
    ),
    "you-expires": pgettext_lazy(
        "how a notice came about", "it ceased itself, nothing more can be signed"
    ),
    "other-ends": pgettext_lazy(
        "how a notice came about", "the other party ceased, the mandate is given an end"
    ),
    "other-ended": pgettext_lazy(
        "how a notice came about", "the other party ceased, the mandate is over"
    ),
    "other-neverBegins": pgettext_lazy(
        "how a notice came about", "the other party ceased, the mandate never begins"
    ),
    "other-expires": pgettext_lazy(
        "how a notice came about", "the other party ceased, nothing more can be signed"
    ),
    "byDelegator": pgettext_lazy("how a notice came about", "the present mandatary acted"),
    "byDelegate": pgettext_lazy("how a notice came about", "the former mandatary acted"),
    "byDelegatorToDelegate": pgettext_lazy(
        "how a notice came about", "the present mandatary acted, told to the former"
    ),
    "byDelegateToDelegate": pgettext_lazy(
        "how a notice came about", "the former mandatary acted itself"
    ),
    "byOfficeToDelegate": pgettext_lazy(
        "how a notice came about", "the NSSO acted, told to the former mandatary"
    ),
    "byClockToDelegate": pgettext_lazy(
        "how a notice came about", "by the passing of time, told to the former mandatary"
    ),
}
_REJECTIONS = {reason.value: reason for reason in RejectionReason}


def recipient(example: Example) -> str:
    """Name an example: `Principal: the other party acted`."""
    reason = _REJECTIONS.get(example.name)
    return _("%(side)s: %(how)s") % {
        "side": words.of(example.side),
        "how": _HOW[example.name] if reason is None else words.of(reason),
    }
