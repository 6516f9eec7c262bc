"""The Django app that holds every table of the project."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The tables, under the label that migrations use."""

    name = "mahis.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
