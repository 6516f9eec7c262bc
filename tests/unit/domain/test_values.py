"""Values of the domain: none of them can be changed, and none is filled by position alone."""

import dataclasses
import importlib
import inspect
import pkgutil

import pytest

from mahis import domain

MODULES = [
    importlib.import_module(f"mahis.domain.{module.name}")
    for module in pkgutil.iter_modules(domain.__path__)
]
VALUES = [
    each
    for module in MODULES
    for name, each in sorted(vars(module).items())
    if inspect.isclass(each)
    and dataclasses.is_dataclass(each)
    and each.__module__ == module.__name__
]
#: Values of one or two parts whose order everybody knows: a number, a start and an end.
WRITTEN_IN_ORDER = {
    "ActivityPeriod",
    "AuthorisationReference",
    "Insz",
    "MandateReference",
    "NssoNumber",
    "PplNumber",
    "Quarter",
    "QuarterPeriod",
    "RequestReference",
    "SsaNumber",
    "Validity",
    "BranchNumber",
    "EnterpriseNumber",
    "EstablishmentNumber",
    "_TenDigits",
}


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_a_value_cannot_be_changed_once_made(value):
    assert value.__dataclass_params__.frozen


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_a_value_of_many_parts_names_them(value):
    by_name_only = all(field.kw_only for field in dataclasses.fields(value))
    assert by_name_only is (value.__name__ not in WRITTEN_IN_ORDER)
