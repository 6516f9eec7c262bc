"""Providers without a mandate: warned before their time is over, lapsed after it, if warned."""

import datetime

import pytest

from mahis.domain.changes import Subject
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import ProviderStatus
from mahis.domain.reminders import Reminders
from mahis.store import loading, models
from mahis.usecases import watch_providers
from tests.integration.usecases import scene
from tests.integration.usecases.scene import moment

ONE_DAY = datetime.timedelta(days=1)
ACCEPTED = datetime.date(2026, 8, 31)
#: February has no thirty-first.
LAST = datetime.date(2027, 2, 28)
RULES = Reminders()


@pytest.fixture
def provider(stage):
    """Give a provider accepted on a day, without a mandate."""
    number = scene.an_enterprise(50, name="New Provider")
    models.Provider.objects.create(enterprise=number, status=ProviderStatus.ACTIVE, begins=ACCEPTED)
    return number


def warn_on(day, rules=RULES):
    return watch_providers.warn(rules=rules, at=moment(day), on=day)


def lapse_on(day, months=RULES.months_to_first_mandate):
    return watch_providers.let_lapse(months=months, at=moment(day), on=day)


def status(provider, on):
    return loading.provider_statuses([provider], on=on)[provider]


class TestAProviderWithoutAMandate:
    def test_is_warned_once_then_lapses_once(self, provider):
        warned, lapsed = [], []
        for after in range(400):
            on = ACCEPTED + after * ONE_DAY
            warned += [on] * warn_on(on)
            lapsed += [on] * lapse_on(on)
        assert warned == [LAST - 30 * ONE_DAY]
        assert lapsed == [LAST + ONE_DAY]
        assert status(provider, LAST) is ProviderStatus.LAPSED
        assert models.Provider.objects.get(pk=provider).ends == LAST

    def test_is_told_in_its_e_box_until_when(self, provider):
        warn_on(LAST - 10 * ONE_DAY)
        notice = models.Notice.objects.get(telling="providerLapsesSoon")
        assert notice.recipient_id == provider
        assert (notice.authorisation, notice.places, notice.warns_of) == (None, [], LAST)
        assert (notice.side.value, notice.channel.value) == ("mandatary", "ebox")
        assert notice.delivery.state.value == "waiting"

    def test_is_told_that_it_lapsed_and_when(self, provider):
        warn_on(LAST)
        lapse_on(LAST + ONE_DAY)
        notice = models.Notice.objects.get(telling="providerLapsed")
        change = models.Change.objects.get(subject=Subject.PROVIDER, key=provider.digits)
        assert (notice.recipient_id, notice.authorisation) == (provider, None)
        assert notice.history_number == change.number
        assert (change.act, change.kind, change.person) == ("lapse", Kind.CLOCK, None)
        assert change.after["lastDay"] == LAST.isoformat()
        assert models.Provider.objects.get(pk=provider).held

    def test_keeps_its_quality_to_the_last_day(self, provider):
        warn_on(LAST)
        assert lapse_on(LAST) == 0
        assert status(provider, LAST) is ProviderStatus.ACTIVE

    def test_never_lapses_unwarned(self, provider):
        """Nor do those lapse that were providers long before this service knew of them."""
        late = LAST + 100 * ONE_DAY
        assert (warn_on(late), lapse_on(late)) == (0, 0)
        assert status(provider, late) is ProviderStatus.ACTIVE

    def test_lapses_again_where_a_register_file_brings_it_back(self, provider):
        warn_on(LAST)
        assert lapse_on(LAST + ONE_DAY) == 1
        models.Provider.objects.filter(pk=provider).update(
            status=ProviderStatus.ACTIVE, ends=None, held=False
        )
        assert (warn_on(LAST + 2 * ONE_DAY), lapse_on(LAST + 2 * ONE_DAY)) == (0, 1)

    def test_that_is_accepted_anew_has_all_its_time_again(self, provider):
        warn_on(LAST)
        lapse_on(LAST + ONE_DAY)
        again = LAST + 40 * ONE_DAY
        models.Provider.objects.filter(pk=provider).update(
            status=ProviderStatus.ACTIVE, begins=again, ends=None, held=False
        )
        assert (warn_on(again), lapse_on(again)) == (0, 0)
        assert warn_on(datetime.date(2027, 9, 15)) == 1

    @pytest.mark.parametrize(
        "change",
        [
            {"status": ProviderStatus.BLOCKED},
            {"status": ProviderStatus.LAPSED},
            {"ends": LAST - 5 * ONE_DAY},
        ],
    )
    def test_whose_quality_ends_anyhow_is_left_alone(self, provider, change):
        models.Provider.objects.filter(pk=provider).update(**change)
        assert warn_on(LAST - 20 * ONE_DAY) == 0

    def test_that_the_register_does_not_know_is_left_alone(self, provider):
        models.Provider.objects.filter(pk=provider).update(enterprise=scene.enterprise_number(99))
        assert warn_on(LAST) == 0


class TestAProviderWithAMandate:
    def test_signed_by_both_is_left_alone(self, stage):
        models.Provider.objects.filter(pk=stage.provider).update(begins=ACCEPTED)
        stage.active()
        assert warn_on(LAST) == 0

    def test_that_waits_for_identification_is_left_alone(self, stage):
        models.Provider.objects.filter(pk=stage.provider).update(begins=ACCEPTED)
        stage.active("employers")
        assert warn_on(LAST) == 0

    def test_that_only_one_has_signed_is_warned(self, stage):
        models.Provider.objects.filter(pk=stage.provider).update(begins=ACCEPTED)
        stage.draw(signing=True)
        assert warn_on(LAST) == 1

    def test_that_came_in_time_after_the_warning_is_left_alone(self, stage):
        models.Provider.objects.filter(pk=stage.provider).update(begins=ACCEPTED)
        assert warn_on(LAST - 30 * ONE_DAY) == 1
        stage.active(on=LAST, start="2/2027")
        assert lapse_on(LAST + ONE_DAY) == 0
