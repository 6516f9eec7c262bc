"""Addresses that both doors share: login, logout, language, capacity."""

from django.urls import URLPattern, URLResolver

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = []
