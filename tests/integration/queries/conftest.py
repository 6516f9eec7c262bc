"""Two parties with their people, a stranger, an officer, groups and a matrix."""

import dataclasses

import pytest

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Actor, Quality
from mahis.store import models
from tests.factories import register


@dataclasses.dataclass(frozen=True, kw_only=True)
class House:
    """Who and what the queries are asked about."""

    bakery: EnterpriseNumber
    practice: EnterpriseNumber
    #: Both may sign for their enterprise.
    baker: Actor
    accountant: Actor
    #: Acts for a provider that is party to nothing.
    stranger: Actor
    officer: Actor
    dmfa: models.ApplicationGroup
    dimona: models.ApplicationGroup
    risks: models.ApplicationGroup


@pytest.fixture
def house(db):
    """Give a bakery, its accountant's practice, and what they need."""
    register.a_matrix()
    bakery = register.an_enterprise("Bakkerij Peeters", employer=True)
    practice = register.a_provider("Fiduciaire Dupont")
    return House(
        bakery=bakery,
        practice=practice,
        baker=register.acting(bakery, Quality.NSSO_EMPLOYER, may_sign=True),
        accountant=register.acting(practice, Quality.SERVICE_PROVIDER, may_sign=True),
        stranger=register.acting(register.a_provider("Stranger"), Quality.SERVICE_PROVIDER),
        officer=register.an_officer(),
        dmfa=register.a_group("dmfa", single=True, position=2),
        dimona=register.a_group("dimona", employers_only=True, position=1),
        risks=register.a_group("risks"),
    )
