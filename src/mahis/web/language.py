"""Choosing the language of the screens, on every page, and keeping it."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mahis.domain.parties import Language
from mahis.usecases import choose_language
from mahis.web import access, asking

_HOME = "/"


# Open without a token, so that visitors need no session to read in their language. Another site
# could at most change the language of this browser: our session is not sent along with its form.
@access.open_to_everyone
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language in this browser and, for people logged in, beyond it; lead back."""
    chosen = request.POST.get("language", "")
    if chosen not in {language.value for language in Language}:
        return HttpResponseRedirect(_back_to(request))
    person = asking.person(request)
    if person is not None:
        choose_language.choose(person=person.insz, language=Language(chosen))
    response = HttpResponseRedirect(_back_to(request))
    response.status_code = HTTPStatus.SEE_OTHER
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


language_urlpatterns = [path("language/", choose, name="language")]


def _back_to(request: HttpRequest) -> str:
    """Give the page that the choice was made on; only a path of our own is followed."""
    wanted = request.POST.get("next", "")
    is_own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_own else _HOME
