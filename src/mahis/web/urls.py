"""Addresses that both doors share: login, logout, language, health, metrics, verifying."""

from django.conf import settings
from django.urls import URLPattern, URLResolver

from mahis.web import gallery, health, language, login, metrics, verifying

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    *login.login_urlpatterns,
    *language.language_urlpatterns,
    *health.health_urlpatterns,
    *metrics.metrics_urlpatterns,
    *verifying.verify_urlpatterns,
]
if not settings.DEPLOYMENT.is_production:
    urlpatterns += gallery.gallery_urlpatterns
