"""Attaching a new version of an authorisation, by an officer (L5, N2)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from mahis.backoffice.opening import acting_officers
from mahis.domain.mandate import AuthorisationReference
from mahis.web import attaching


@acting_officers
@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Ask which version is attached to which act, or attach it."""
    return attaching.attach(request, reference, template="backoffice/attach.html")
