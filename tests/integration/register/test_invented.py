"""The invented register is imported like a real one, and gets mandates in every state."""

import datetime
import itertools
import json

import pytest
from click.testing import CliRunner
from django.db.models import Count
from django.utils import timezone

from mahis.config.commands.register import register
from mahis.domain.deliveries import DeliveryState
from mahis.domain.identification import RequestState
from mahis.domain.identifiers import Insz
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import State
from mahis.domain.notices import Telling
from mahis.domain.parties import Side
from mahis.domain.representation import NoPower
from mahis.domain.signing import Method
from mahis.gateways.files import Files
from mahis.queries import evidence
from mahis.store import delegations, history_chain, loading, models
from mahis.usecases import expire, identify_employer, reach_end, seed_mandates
from mahis.web import clock
from tests.integration.register import contents

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(tmp_path):
    """Run the command; gives what it printed."""

    def run(*words):
        people = tmp_path / "people.json"
        arguments = ["demo", "--size", "small", "--people", str(people), *words]
        result = CliRunner().invoke(register, arguments)
        assert result.exit_code == 0, result.output
        return result.output

    return run


def persons(tmp_path):
    people = json.loads((tmp_path / "people.json").read_text())["people"]
    return {person["given_name"]: Insz(person["insz"]) for person in people}


def test_everything_is_there_and_a_second_time_changes_nothing(demo):
    assert "in every state" in demo()
    before = contents.everything()
    demo()
    assert contents.everything() == before
    assert demo("--if-empty") == ""


def test_the_files_are_kept_where_one_says_so(demo, tmp_path):
    demo("--into", str(tmp_path / "files"))
    assert (tmp_path / "files" / "1-full" / "enterprise.csv").exists()


def test_mandates_are_in_every_state_with_an_unbroken_history(demo):
    demo()
    assert set(models.Mandate.objects.values_list("state", flat=True)) == set(State)
    entries = models.HistoryEntry.objects.order_by("authorisation", "number")
    chains = itertools.groupby(entries, key=lambda entry: entry.authorisation_id)
    assert all(history_chain.holds(list(chain)) for _, chain in chains)
    for row in models.Mandate.objects.all():
        last = models.HistoryEntry.objects.filter(
            authorisation=row.authorisation_id, place=row.place
        ).latest("number")
        assert (last.after, last.evidence.get("end")) == (
            row.state,
            row.quarters.end.code if row.quarters.end else None,
        )


def test_what_was_signed_by_hand_has_its_scan_and_names_it_in_the_history(demo, settings):
    demo()
    on_paper = models.Authorisation.objects.filter(history__act=Act.UPLOAD_SCAN).distinct()
    assert on_paper.filter(mandates__state=State.TO_BE_VALIDATED).exists()
    files = Files(settings.DOCUMENTS_DIR)
    for row in on_paper:
        scan = row.documents.get()
        assert len(files.read(scan.document_id)) == scan.document.size
        submitted = row.history.filter(act=Act.UPLOAD_SCAN).latest("number")
        assert submitted.evidence["sha256"] == scan.document_id
        assert {each.document for each in row.validations.all()} <= {scan}
    steps = models.HistoryEntry.objects.values_list("evidence", flat=True)
    assert not any(each.unreadable for each in evidence.read_all(list(steps), language="fr"))


@pytest.mark.parametrize("hour", [datetime.time(0, 1), datetime.time(23, 59)])
def test_every_step_lies_in_the_past_and_follows_the_one_before(demo, monkeypatch, hour):
    now = datetime.datetime.combine(clock.today(), hour, timezone.get_default_timezone())
    monkeypatch.setattr(clock, "now", lambda: now)
    demo()
    assert models.HistoryEntry.objects.filter(act=Act.DELEGATE).exists()
    entries = models.HistoryEntry.objects.order_by("authorisation", "number")
    for _, chain in itertools.groupby(entries, key=lambda entry: entry.authorisation_id):
        moments = [entry.at for entry in chain]
        assert moments == sorted(moments)
        assert moments[-1] <= now


def test_every_signature_was_given_by_somebody_who_could(demo):
    demo()
    for each in models.Validation.objects.select_related("authorisation"):
        side = each.authorisation.mandator_id if each.side is Side.MANDATOR else None
        number = side or each.authorisation.mandatary_id
        assert each.enterprise_id == number
        power = loading.signing_power_of(person=each.person, enterprise=number, on=each.at.date())
        assert power.granted
        assert bool(each.assurance) is (each.method is Method.AUTHENTICATION)


def test_the_personas_find_something_in_every_state_that_matters(demo, tmp_path):
    demo()
    claire = persons(tmp_path)["Claire"]
    right = models.AccessRight.objects.get(person=claire)
    states = set(
        models.Mandate.objects.filter(mandator=right.enterprise).values_list("state", flat=True)
    )
    assert states >= {
        State.ACTIVE,
        State.CLOSED,
        State.PENDING,
        State.REJECTED,
        State.TO_BE_FINALISED,
        State.WITHDRAWN,
    }


def test_some_past_quarters_are_delegated_and_nobody_waits_to_hear_of_it(demo):
    demo()
    assert models.Delegation.objects.filter(delegations.running(clock.today())).count() >= 2
    told = models.Delivery.objects.filter(notice__telling=Telling.DELEGATED)
    assert told.count() == 3 * models.Delegation.objects.count()
    assert set(told.values_list("state", flat=True)) == {DeliveryState.DELIVERED}


def test_every_persona_with_a_function_may_sign_or_has_a_reason_not_to(demo, tmp_path):
    demo()
    today = clock.today()
    named = persons(tmp_path)
    may = {}
    for given, insz in named.items():
        rights = models.AccessRight.objects.filter(person=insz)
        may[given] = {
            loading.signing_power_of(person=insz, enterprise=right.enterprise, on=today).why_not
            for right in rights
        }
    assert may["Claire"] == may["Bram"] == may["Pieter"] == may["Marc"] == may["Greta"] == {None}
    assert may["Joris"] == {NoPower.FUNCTION_NOT_IN_MATRIX}
    assert may["Yvonne"] == {NoPower.FUNCTION_ENDED}
    assert may["Théo"] == set()


def test_nothing_waits_for_what_has_already_happened(demo):
    demo()
    # What happens today is left to today.
    now, yesterday = clock.now(), clock.today() - datetime.timedelta(days=1)
    assert identify_employer.identify(at=now, on=yesterday) == 0
    assert expire.record_expired(at=now, on=yesterday) == 0
    assert reach_end.record_ended(at=now, on=yesterday) == 0


def test_one_mandatary_at_a_time_is_never_broken_and_nothing_is_seeded_twice(demo, tmp_path):
    demo()
    several = (
        models.Mandate.objects.values("authorisation", "group")
        .annotate(count=Count("id"))
        .filter(count__gt=1)
    )
    assert not several
    count = models.Mandate.objects.count()
    assert seed_mandates.is_seeded()
    again = seed_mandates.seed(
        count=50,
        seed=9,
        leading=[],
        files=Files(tmp_path),
        sign_by_hand=lambda form, _names: form,
        at=clock.now(),
        on=datetime.date(2026, 11, 23),
    )
    assert again == count


def test_an_invented_register_has_no_place_in_production(settings):
    class Production:
        is_production = True

    settings.DEPLOYMENT = Production()
    result = CliRunner().invoke(register, ["demo", "--size", "small"])
    assert result.exit_code == 1
    assert "no place in production" in result.output


def test_some_enterprises_ask_to_become_service_providers_once(demo):
    assert "Requests to become a service provider: 3" in demo()
    asked = models.IdentificationRequest.objects.order_by("asked_at")
    assert {each.state for each in asked} == {RequestState.SUBMITTED}
    assert len({each.enterprise_id for each in asked}) == len(asked)
    demo()
    assert models.IdentificationRequest.objects.count() == len(asked)
