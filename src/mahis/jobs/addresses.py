"""Where the recipient of a notice goes on."""

from django.conf import settings
from django.urls import reverse

from mahis.domain.mandate import AuthorisationReference


def of(reference: AuthorisationReference | None) -> str:
    """Give the full address of an authorisation; for none, of drawing one up."""
    if reference is None:
        path = reverse("portal:new")
    else:
        path = reverse("portal:authorisation", args=[reference])
    return f"{settings.PUBLIC_URL}{path}"
