"""Refusals: what every one of them carries, wherever in the domain it is defined."""

import importlib
import inspect
import pkgutil
import re

import pytest

from mahis import domain
from mahis.domain.refusals import Conflict, Forbidden, NotFound, Refused

MODULES = [
    importlib.import_module(f"mahis.domain.{module.name}")
    for module in pkgutil.iter_modules(domain.__path__)
]
REFUSALS = sorted(
    {
        each
        for module in MODULES
        for each in vars(module).values()
        if inspect.isclass(each) and issubclass(each, Refused) and each is not Refused
    },
    key=lambda each: each.__name__,
)


class TestEveryRefusal:
    @pytest.mark.parametrize("refusal", REFUSALS)
    def test_has_a_code_of_its_own_and_a_sentence(self, refusal):
        assert re.fullmatch(r"[a-z][a-zA-Z]+", refusal.code)
        assert [other for other in REFUSALS if other.code == refusal.code] == [refusal]
        assert inspect.cleandoc(vars(refusal)["__doc__"])

    @pytest.mark.parametrize("refusal", REFUSALS)
    def test_carries_its_field_and_what_was_found_and_says_no_more_than_its_code(self, refusal):
        raised = refusal(field="start", latest="4/2027")
        assert (raised.field, raised.found) == ("start", {"latest": "4/2027"})
        assert str(raised) == refusal.code
        assert refusal().field is None

    @pytest.mark.parametrize("refusal", REFUSALS)
    def test_is_of_one_kind_at_most(self, refusal):
        kinds = [kind for kind in (Forbidden, Conflict, NotFound) if issubclass(refusal, kind)]
        assert len(kinds) <= 1

    def test_can_be_told_its_field_by_who_knows_it(self):
        raised = Conflict()
        assert raised.on("end") is raised
        assert raised.field == "end"
