"""Addresses that both doors share: login, logout, language, capacity."""

from django.urls import URLPattern, URLResolver

from mahis.web import login

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [*login.login_urlpatterns]
