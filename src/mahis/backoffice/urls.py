"""Addresses of the officers' screens, all under /office/."""

from django.urls import URLPattern, URLResolver

app_name = "backoffice"
urlpatterns: list[URLPattern | URLResolver] = []
