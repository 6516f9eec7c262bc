"""What somebody has just done, said once on the page that they are led to."""

import dataclasses

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference

_KEY = "just_done"
_ATTACHED = "attached"
_DECIDES_A_SCAN = frozenset({Act.APPROVE.value, Act.REJECT.value})
_TITLES: dict[str, Promise] = {
    Act.VALIDATE.value: _("You have signed"),
    Act.REFUSE.value: _("You have refused the authorisation"),
    Act.WITHDRAW.value: _("You have withdrawn the authorisation"),
    Act.CLOSE.value: _("The end quarter is registered"),
    Act.DELEGATE.value: _("You have delegated past quarters"),
    Act.END_DELEGATION.value: _("The delegation has ended"),
    Act.UPLOAD_SIGNED.value: _("The signed form is accepted"),
    Act.UPLOAD_SCAN.value: _("The scan is with the NSSO"),
    Act.APPROVE.value: _("You have approved the authorisation"),
    Act.REJECT.value: _("You have rejected the authorisation"),
    _ATTACHED: _("The new version is attached"),
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class JustDone:
    """What was done."""

    title: Promise
    #: Whether signatures came in, so that the page says whose.
    brought_signatures: bool
    #: Whether it was an act, to which a new version of the authorisation can be attached.
    is_act: bool
    #: Whether an officer decided a scan, and may want the next one.
    decided_scan: bool


def remember(request: HttpRequest, *, act: Act, reference: AuthorisationReference) -> None:
    """Keep for the next page that an act was done."""
    request.session[_KEY] = [act.value, str(reference)]


def remember_attached(request: HttpRequest, *, reference: AuthorisationReference) -> None:
    """Keep for the next page that a document was attached."""
    request.session[_KEY] = [_ATTACHED, str(reference)]


def take(request: HttpRequest, *, reference: AuthorisationReference) -> JustDone | None:
    """Say what was just done with an authorisation, once; None where nothing was."""
    done, about = request.session.get(_KEY, ["", ""])
    if about != str(reference):
        return None
    del request.session[_KEY]
    title = _TITLES.get(done)
    if title is None:
        return None
    return JustDone(
        title=title,
        brought_signatures=done == Act.UPLOAD_SIGNED.value,
        is_act=done != _ATTACHED,
        decided_scan=done in _DECIDES_A_SCAN,
    )
