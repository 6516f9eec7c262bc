"""What the doors share, as Django knows it."""

from django.apps import AppConfig
from django.core import checks
from django.urls import register_converter

from mahis.web import converters
from mahis.web.login_checks import check_login


class WebConfig(AppConfig):
    """Registers the checks that belong to the doors, and the references in their addresses."""

    name = "mahis.web"
    label = "web"

    def ready(self) -> None:
        checks.register(check_login, checks.Tags.security)
        register_converter(converters.AuthorisationConverter, "authorisation")
        register_converter(converters.PlaceConverter, "place")
        register_converter(converters.DocumentConverter, "document")
        register_converter(converters.DelegationConverter, "delegation")
        register_converter(converters.EnterpriseConverter, "enterprise")
        register_converter(converters.CodeConverter, "code")
        register_converter(converters.RequestConverter, "request")
