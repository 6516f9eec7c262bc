"""What the clock warns of can be said to whom it concerns, by the channel and in the language."""

import datetime

import pytest

from mahis.domain.notices import WARNINGS, Channel
from mahis.domain.reminders import Reminders
from mahis.gateways import notices
from mahis.store import models, notice_facts
from mahis.usecases import identify_employer, remind, watch_providers
from tests.integration.usecases.scene import DAY, LIMITS, moment

RULES = Reminders()
ONE_DAY = datetime.timedelta(days=1)
EXPIRES = DAY + LIMITS.days_to_finish * ONE_DAY
ENDS = datetime.date(2027, 3, 31)


@pytest.fixture
def said(stage):
    """Give the warnings of each kind, as they are written to those who are warned."""
    stage.draw("several", signing=True)
    stage.active("single", "employers", end="1/2027")
    remind.to_sign(days=RULES.to_sign, at=moment(EXPIRES), on=EXPIRES)
    remind.of_ends(days=RULES.of_the_end, at=moment(ENDS), on=ENDS)
    models.Mandate.objects.update(mandatary=stage.client, mandator=stage.provider)
    models.Provider.objects.update(begins=datetime.date(2026, 9, 30))
    watch_providers.warn(rules=RULES, at=moment(ENDS - ONE_DAY), on=ENDS - ONE_DAY)
    found = _texts()
    assert {telling for telling, _ in found} == {telling.value for telling in WARNINGS}
    return found


def _texts():
    """Give what is written in each warning, by what it tells and to which side."""
    rows = list(models.Notice.objects.filter(telling__in=WARNINGS))
    facts = notice_facts.of_notices(
        rows,
        languages={row.pk: row.language for row in rows},
        address=lambda about: "https://mahis.example/",
    )
    return {
        (row.telling.value, row.side.value): notices.as_text(
            notices.render(facts[row.pk], language=row.language, channel=Channel.EBOX)
        )
        for row in rows
    }


def test_each_names_the_day_and_the_other_party(said):
    assert set(said) == {
        ("signReminder", "mandatary"),
        ("endsSoon", "mandator"),
        ("endsSoon", "mandatary"),
        ("providerLapsesSoon", "mandatary"),
    }
    assert "21 février 2027" in said["signReminder", "mandatary"]
    assert "Client SRL" in said["signReminder", "mandatary"]
    assert "31 mars 2027" in said["endsSoon", "mandator"]
    assert "Provider BV" in said["endsSoon", "mandator"]
    assert "30 mars 2027" in said["providerLapsesSoon", "mandatary"]
    # One of both is active, so that something can be done until the end.
    assert "agir en votre nom comme avant" in said["endsSoon", "mandator"]


@pytest.mark.parametrize("later", ["identification", "active"])
def test_what_waits_for_an_employer_is_warned_of_as_it_stood_then(stage, later):
    reference = stage.active("employers", end="1/2027")
    on = ENDS - 10 * ONE_DAY
    remind.of_ends(days=RULES.of_the_end, at=moment(on), on=on)
    if later == "active":
        stage.become_employer()
        identify_employer.identify(at=moment(ENDS), on=ENDS)
    assert stage.states(reference) == [later]
    said = _texts()
    assert "avant que vous ne soyez enregistré comme employeur ONSS" in said["endsSoon", "mandator"]
    assert "avant que cette entreprise ne soit enregistrée" in said["endsSoon", "mandatary"]
    assert not [text for text in said.values() if "comme avant" in text]
