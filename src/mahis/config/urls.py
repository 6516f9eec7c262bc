"""Every address of the service: what the doors share, the companies' door, the officers' door."""

from django.urls import include, path

from mahis.backoffice import urls as backoffice_urls
from mahis.portal import urls as portal_urls
from mahis.web import urls as web_urls

urlpatterns = [
    path("", include(web_urls)),
    path("", include(portal_urls)),
    path("office/", include(backoffice_urls)),
]

handler400 = "mahis.web.errors.bad_request"
handler403 = "mahis.web.errors.forbidden"
handler404 = "mahis.web.errors.not_found"
handler500 = "mahis.web.errors.failed"
