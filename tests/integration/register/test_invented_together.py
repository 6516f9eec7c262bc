"""The invented register has a foundation for which two sign, and mandates that they signed."""

import pytest
from click.testing import CliRunner

from mahis.config.commands.register import register
from mahis.domain.mandate import State
from mahis.store import history_chain, loading, models
from mahis.web import clock

pytestmark = pytest.mark.django_db


def test_some_mandates_of_the_foundation_are_signed_by_both_and_one_waits_for_the_second(tmp_path):
    arguments = ["demo", "--size", "small", "--people", str(tmp_path / "people.json")]
    assert CliRunner().invoke(register, arguments).exit_code == 0
    entity = models.EnterpriseName.objects.get(name="Fondation Clairlieu").entity
    foundation = models.Enterprise.objects.get(number=entity).number
    assert loading.may_sign_together(foundation, on=clock.today())
    mandates = models.Mandate.objects.filter(mandator=foundation)
    firsts = models.Validation.objects.filter(enterprise=foundation, completes=False)
    seconds = models.Validation.objects.filter(enterprise=foundation, completes=True)
    whole = set(seconds.values_list("authorisation", flat=True))
    half = set(firsts.values_list("authorisation", flat=True)) - whole
    assert mandates.filter(authorisation__in=whole, state=State.ACTIVE).exists()
    assert mandates.filter(authorisation__in=half, state=State.TO_BE_FINALISED).exists()
    for authorisation in models.Authorisation.objects.filter(pk__in=whole | half):
        assert history_chain.holds(list(authorisation.history.order_by("number")))
