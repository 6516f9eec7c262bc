"""The page that tells machines whether we are well."""

from http import HTTPStatus

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mahis.web import access


@access.open_to_everyone
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say whether this process serves and reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "DOWN"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse({"status": "UP"})


health_urlpatterns = [path("health/", health, name="health")]
