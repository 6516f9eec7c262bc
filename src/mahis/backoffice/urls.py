"""Addresses of the officers' screens, all under /office/."""

from django.urls import URLPattern, URLResolver, path

from mahis.backoffice import authorisations, closing, history, home, searching

_ONE = "mandates/<authorisation:reference>/"

app_name = "backoffice"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("mandates/", searching.search, name="search"),
    path(_ONE, authorisations.authorisation, name="authorisation"),
    path(f"{_ONE}<place:place>/", authorisations.mandate, name="mandate"),
    path(f"{_ONE}history/", history.history, name="history"),
    path(f"{_ONE}close/", closing.close, name="close"),
    path(f"{_ONE}close/confirm/", closing.confirm, name="close_confirm"),
]
