"""The pages that say no: what happened, that nothing is lost, and where to go from here."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from mahis.domain.refusals import Refused
from mahis.usecases.meanwhile import StalePage
from mahis.web import asking, refusals, uploads

_TEMPLATES = {
    HTTPStatus.FORBIDDEN: "web/errors/forbidden.html",
    HTTPStatus.NOT_FOUND: "web/errors/not_found.html",
    HTTPStatus.CONFLICT: "web/errors/conflict.html",
    HTTPStatus.SERVICE_UNAVAILABLE: "web/errors/unavailable.html",
}
_OTHERWISE = "web/errors/refused.html"
_SECONDS_TO_RETRY = 30


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Show the page of a refusal; a stale page shows what happened meanwhile, and by whom."""
    if isinstance(refusal, StalePage):
        return stale(request, refusal)
    status = refusals.status_of(refusal)
    template = _TEMPLATES.get(HTTPStatus(status), _OTHERWISE)
    page = render(request, template, {"explanation": refusals.explain(refusal)}, status=status)
    return ask_again(page)


def ask_again(page: HttpResponse) -> HttpResponse:
    """Tell programs when to ask again, where something does not answer now."""
    if page.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        page["Retry-After"] = str(_SECONDS_TO_RETRY)
    return page


def stale(request: HttpRequest, refusal: StalePage, *, look_at: str = "") -> HttpResponse:
    """Show what happened since a page was made; `look_at` leads to the thing as it is now."""
    context = {
        "happened": refusal.found.get("happened", ()),
        "look_at": look_at,
        "explanation": refusals.explain(refusal),
    }
    return render(request, "web/errors/stale.html", context, status=HTTPStatus.CONFLICT)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer input that no page of ours can have sent, or too much of it."""
    if isinstance(exception, RequestDataTooBig):
        return _too_large(request, exception)
    return render(request, "web/errors/bad_request.html", status=HTTPStatus.BAD_REQUEST)


def _too_large(request: HttpRequest, exception: RequestDataTooBig) -> HttpResponse:
    """Say how much may be sent at once, and lead back to the form that it was sent by."""
    refusal = exception.refusal if isinstance(exception, uploads.UploadTooLarge) else None
    context = {
        "explanation": refusals.explain(refusal) if refusal is not None else "",
        "back_to": _came_from(request),
    }
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return render(request, "web/errors/too_large.html", context, status=status)


def not_allowed(request: HttpRequest, *, allowed: str) -> HttpResponse:
    """Answer an address that is only sent to, opened as a page, or the other way round."""
    page = render(request, "web/errors/bad_request.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
    page["Allow"] = allowed
    return page


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer what Django itself does not permit."""
    return render(request, "web/errors/forbidden.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address that leads nowhere."""
    return render(request, "web/errors/not_found.html", status=HTTPStatus.NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - nothing of it can be trusted
    """Answer an error of ours, with a page that needs neither session nor database."""
    page = render_to_string("web/errors/failed.html")
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form whose token does not fit: mostly a session that ended meanwhile."""
    context = {"logged_in": asking.person(request) is not None, "back_to": _came_from(request)}
    return render(request, "web/errors/forged.html", context, status=HTTPStatus.FORBIDDEN)


def _came_from(request: HttpRequest) -> str:
    """Give the page of ours that the form stood on; the start where it is not known."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
