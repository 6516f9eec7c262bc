"""A refusal says what was found, in the words and notations of the screens."""

import datetime

import pytest
from django.utils import translation

from mahis.domain import conditions, identifiers, parties, refusals, representation, signing
from mahis.domain.mandate import AuthorisationReference, MandateReference
from mahis.domain.parties import ActivityPeriod, ProviderStatus
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.representation import NoPower
from mahis.domain.signing import Level
from mahis.gateways.identity_refusals import LoginCancelled
from mahis.web.refusals import explain, status_of

_CEASED = ActivityPeriod(datetime.date(2001, 1, 1), datetime.date(2026, 6, 30))
_TO_COME = ActivityPeriod(datetime.date(2027, 1, 1))
_HOLDER = conditions.Holder(
    reference=MandateReference(AuthorisationReference(2026, 12), 2),
    mandatary_name="Fiduciaire Dupont",
    period=QuarterPeriod(Quarter.parse("1/2026")),
)


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setattr("mahis.queries.groups.names", lambda **_: {"dmfa": "DmfA"})
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (conditions.StartTooLate(latest=Quarter.parse("4/2027")), "4/2027"),
        (conditions.EndBeforeStart(start=Quarter.parse("2/2027")), "2/2027"),
        (conditions.ReasonTooLong(longest=1000), "1000"),
        (parties.PartyNotActive(name="Bakkerij", activity=_CEASED), "ceased on 1 July 2026"),
        (parties.PartyNotActive(name="Bakkerij", activity=_TO_COME), "begins on 1 January 2027"),
        (parties.PartyNotActive(name="Bakkerij"), "Bakkerij is not active."),
        (parties.PeriodOutsideActivity(name="X", activity=_CEASED), "to 30 June 2026"),
        (parties.PeriodOutsideActivity(name="X", activity=_TO_COME), "from 1 January 2027"),
        (parties.NotAProvider(name="X", status=ProviderStatus.BLOCKED), "X is blocked"),
        (conditions.HeldByAnother(group="dmfa", holder=_HOLDER), "2026-0000012/2"),
        (conditions.HeldByAnother(group="dmfa", holder=_HOLDER), "DmfA allows one mandatary"),
        (conditions.AlreadyGiven(group="dmfa", holder=_HOLDER), "Fiduciaire Dupont already has"),
        (conditions.GroupNotOpen(group="gone"), "for gone."),
        (representation.MayNotSign(reason=NoPower.FUNCTION_ENDED), "has ended"),
        (representation.MayNotSign(), "You may not sign"),
        (signing.LevelTooLow(given=Level.AUTHENTICATION, needed=Level.EID), "by eID signature"),
        (identifiers.NumberUnreadable(kind="ssa"), "331"),
        (identifiers.NumberUnreadable(kind="unheard of"), "not a number that we know"),
        (LoginCancelled(), "broken off"),
    ],
)
def test_a_refusal_is_explained_with_what_was_found(refusal, said):
    text = explain(refusal)
    assert said in text
    assert "%" not in text


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (refusals.Forbidden, 403),
        (refusals.Conflict, 409),
        (refusals.NotFound, 404),
        (conditions.StartTooLate, 422),
        (LoginCancelled, 401),
    ],
)
def test_a_refusal_has_the_status_of_its_kind(kind, status):
    assert status_of(kind()) == status


def test_a_refusal_without_words_is_noticed():
    class Unheard(refusals.Refused):
        code = "unheard"

    with pytest.raises(AssertionError, match="Unheard has no text"):
        explain(Unheard())
