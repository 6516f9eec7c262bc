"""The road on genuine open data: two real enterprises, invented people; skips without the data."""

import datetime
from pathlib import Path

import pytest

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import State
from mahis.domain.parties import ProviderStatus, Quality, Side
from mahis.domain.quarters import Quarter
from mahis.queries import enterprises, find_mandates
from mahis.store import models
from mahis.usecases import close
from mahis.usecases.import_register import import_register
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, LIMITS, Scene, moment

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "kbo" / "mini-full"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the genuine KBO extract is not beside this checkout"
)

MANDATOR, MANDATARY = EnterpriseNumber("0200065765"), EnterpriseNumber("0200068636")


@pytest.fixture
def stage(db):
    """Import the extract, and give two of its enterprises people, a quality and a group."""
    import_register(path=DATA, at=moment(), on=DAY)
    forms = models.Enterprise.objects.filter(number__in=[MANDATOR, MANDATARY]).values_list(
        "legal_form", flat=True
    )
    models.MatrixVersion.objects.create(
        name="test",
        begins=datetime.date(2000, 1, 1),
        entries=[f"{form}:{scene.MANAGER_FUNCTION}" for form in forms],
    )
    models.Provider.objects.create(
        enterprise=MANDATARY, status=ProviderStatus.ACTIVE, begins=datetime.date(2010, 1, 1)
    )
    scene.a_group("several")
    return Scene(
        client=MANDATOR,
        provider=MANDATARY,
        director=scene.somebody(1, enterprise=MANDATOR, quality=Quality.COMPANY_WITHOUT_STAFF),
        accountant=scene.somebody(2, enterprise=MANDATARY, quality=Quality.SERVICE_PROVIDER),
        officer=scene.somebody(
            3, enterprise=MANDATOR, quality=Quality.NSSO_OFFICER, may_sign=False
        ),
    )


def test_all_enterprises_have_a_form_an_address_and_most_a_name(stage):
    assert models.Enterprise.objects.count() == 1464
    assert models.EnterpriseAddress.objects.filter(kind="REGO").count() == 1464
    assert models.EnterpriseName.objects.count() == 1133
    forms = models.RegisterCode.objects.filter(category="JuridicalForm")
    assert {form.language for form in forms} == {"FR", "NL", "DE"}


@pytest.mark.parametrize("typed", ["0200.068.636", "be 0200 068 636", "arys", "FARYS"])
def test_a_real_provider_is_found_by_number_or_part_of_its_name(stage, typed):
    found = enterprises.found(
        text=typed, side=Side.MANDATARY, actor=stage.director, on=DAY, language="nl"
    )
    assert [card.number for card in found.cards] == [MANDATARY]
    assert "Gent" in " ".join(found.cards[0].address)
    assert found.cards[0].name == "Farys"
    assert found.cards[0].legal_form


def test_a_mandate_is_drawn_up_signed_found_and_closed(stage):
    reference = stage.active("several")
    assert stage.states(reference) == ["active"]

    results = find_mandates.find(
        actor=stage.accountant,
        criteria=find_mandates.Criteria(mandator_text="0200.065.765", states=(State.ACTIVE,)),
        on=DAY,
        language="nl",
    )
    assert [row.reference.authorisation for row in results.rows] == [reference]

    close.close(
        actor=stage.accountant,
        closing=close.Closing(
            reference=reference,
            version=stage.row(reference).version,
            places=(1,),
            end=Quarter.parse("3/2027"),
        ),
        limits=LIMITS,
        at=moment(minute=30),
        on=DAY,
    )
    row = models.Mandate.objects.get(authorisation_id=reference.number)
    assert row.quarters.end == Quarter.parse("3/2027")
