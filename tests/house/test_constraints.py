"""Every constraint of a table has a name that tells a reader what must hold."""

import re

import pytest
from django.apps import apps
from django.db.models import Model
from django.db.models.constraints import BaseConstraint

CONSTRAINTS = [
    (model, constraint)
    for model in apps.get_app_config("store").get_models()
    for constraint in model._meta.constraints
]


def _shown(value: object) -> str:
    return value.name if isinstance(value, BaseConstraint) else getattr(value, "__name__", "")


@pytest.mark.parametrize(("model", "constraint"), CONSTRAINTS, ids=_shown)
def test_a_constraint_has_a_readable_name(model: type[Model], constraint: BaseConstraint):
    assert re.fullmatch(r"[a-z]+(_[a-z0-9]+){2,}", constraint.name)
    # Longer names are cut short by PostgreSQL, and two could then become one.
    assert len(constraint.name) <= 63


def test_no_name_is_used_twice():
    names = [constraint.name for _, constraint in CONSTRAINTS]
    assert len(names) == len(set(names))
    assert names


def test_no_uniqueness_hides_in_a_field_or_a_nameless_tuple():
    for model in apps.get_app_config("store").get_models():
        assert not model._meta.unique_together, model
        for index in model._meta.indexes:
            assert index.name, f"a nameless index of {model}"
