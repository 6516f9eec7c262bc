"""What somebody has just done, said once on the page that they are led to."""

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference

_KEY = "just_done"
_TITLES: dict[str, Promise] = {
    Act.VALIDATE.value: _("You have signed"),
    Act.REFUSE.value: _("You have refused the authorisation"),
    Act.WITHDRAW.value: _("You have withdrawn the authorisation"),
    Act.CLOSE.value: _("The end quarter is registered"),
}


def remember(request: HttpRequest, *, act: Act, reference: AuthorisationReference) -> None:
    """Keep for the next page that an act was done."""
    request.session[_KEY] = [act.value, str(reference)]


def take(request: HttpRequest, *, reference: AuthorisationReference) -> Promise | None:
    """Say what was just done with an authorisation, once; None where nothing was."""
    act, about = request.session.get(_KEY, ["", ""])
    if about != str(reference):
        return None
    del request.session[_KEY]
    return _TITLES.get(act)
