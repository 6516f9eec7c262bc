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
}
_REJECTIONS = {reason.value: reason for reason in RejectionReason}


def recipient(example: Example) -> str:
    """Name an example: `Principal: the other party acted`."""
    reason = _REJECTIONS.get(example.name)
    return _("%(side)s: %(how)s") % {
        "side": words.of(example.side),
        "how": _HOW[example.name] if reason is None else words.of(reason),
    }
