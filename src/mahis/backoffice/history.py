"""The history of an authorisation, for officers and auditors (L7)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mahis.backoffice import history_words
from mahis.backoffice.opening import officers
from mahis.domain.mandate import AuthorisationReference
from mahis.queries import history as histories
from mahis.usecases.meanwhile import AuthorisationUnknown
from mahis.web import asking


@officers
@require_safe
def history(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Show every step of an authorisation and whether their chain is unbroken."""
    found = histories.of_authorisation(
        actor=asking.actor(request), reference=reference, language=get_language() or ""
    )
    if found is None:
        raise AuthorisationUnknown
    context = {
        "reference": reference,
        "entries": history_words.entries(found.lines),
        "chain_holds": found.chain_holds,
    }
    return render(request, "backoffice/history.html", context)
