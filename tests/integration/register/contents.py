"""What the register holds, in a form that two moments can be compared by."""

from django.apps import apps

from mahis.domain.identifiers import EnterpriseNumber
from mahis.store import models

#: Tables of mandates and of the record of imports itself are no part of the register.
_OTHERS = {"RegisterImport", "HistoryEntry", "Notice", "Draft"}


def everything():
    """Give every row of every table, without the keys that the database made up."""
    return {
        model.__name__: sorted(
            str({name: value for name, value in row.items() if name != "id"})
            for row in model._default_manager.values()
        )
        for model in apps.get_app_config("store").get_models()
        if model.__name__ not in _OTHERS
    }


def enterprise(number):
    """Give an enterprise by its number as files write it."""
    return models.Enterprise.objects.get(number=EnterpriseNumber.parse(number))


def names(number):
    """Give the names of an enterprise."""
    entity = EnterpriseNumber.parse(number).as_int
    rows = models.EnterpriseName.objects.filter(entity=entity)
    return sorted(rows.values_list("name", flat=True))
