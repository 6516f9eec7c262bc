"""What a provider was told of its quality can be read again: why, until when, where to go on."""

import datetime

import pytest

from mahis.domain.notices import Telling
from mahis.gateways.notices import as_text
from mahis.queries import notices_of
from mahis.store import models
from mahis.usecases import watch_providers
from mahis.web import house_notices
from tests.factories import register
from tests.integration.usecases import providing
from tests.integration.usecases.providing import DAY
from tests.integration.usecases.scene import moment

pytestmark = pytest.mark.django_db
LAST = datetime.date(2027, 5, 23)
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def officer():
    """Give an officer who may act."""
    return register.an_officer()


def read(actor, telling, *, on=DAY):
    """Give a notice as people read it on a screen in English."""
    row = models.Notice.objects.get(recipient=actor.enterprise, telling=telling)
    found = notices_of.one(
        actor=actor,
        notice=row.pk,
        address=house_notices.address,
        speaks=house_notices.speaks,
        on=on,
        language="en",
    )
    assert found is not None
    text = found.translation or found.text
    assert text is not None
    return text, as_text(text)


def test_an_acceptance_says_until_when_and_leads_to_drawing_up(officer):
    _, actor = providing.accepted(officer)
    text, body = read(actor, Telling.PROVIDER_ACCEPTED)
    assert text.deadline == "By 23 May 2027 at the latest."
    assert text.link.endswith("/mandates/new/")
    assert "by 23 May 2027" in body


def test_a_refusal_says_why(officer):
    actor = providing.representative(providing.fitting())
    providing.refuse(officer, providing.ask(actor), "There are debts.")
    text, body = read(actor, Telling.PROVIDER_REFUSED)
    assert "There are debts." in body
    assert text.deadline is None


def test_it_is_written_in_the_language_that_was_asked_for(officer):
    _, actor = providing.accepted(officer)
    notice = models.Notice.objects.get(recipient=actor.enterprise)
    found = notices_of.one(
        actor=actor,
        notice=notice.pk,
        address=house_notices.address,
        speaks=house_notices.speaks,
        on=DAY,
        language="nl",
    )
    assert found is not None
    assert found.text is not None
    assert found.text.subject == "Uw onderneming is nu sociale dienstverrichter"


def test_each_block_and_unblock_says_its_own_reason(officer):
    number, actor = providing.accepted(officer)
    providing.block(officer, number, "Messages come in the wrong form.")
    providing.unblock(officer, number, "The form is right now.")
    _, blocked = read(actor, Telling.PROVIDER_BLOCKED)
    _, unblocked = read(actor, Telling.PROVIDER_UNBLOCKED)
    assert "Messages come in the wrong form." in blocked
    assert "The form is right now." not in blocked
    assert "The form is right now." in unblocked


def test_a_lapse_says_which_day_was_the_last(officer):
    _, actor = providing.accepted(officer)
    watch_providers.warn(rules=providing.RULES, at=moment(LAST), on=LAST)
    months = providing.RULES.months_to_first_mandate
    after = LAST + ONE_DAY
    assert watch_providers.let_lapse(months=months, at=moment(after), on=after) == 1
    text, body = read(actor, Telling.PROVIDER_LAPSED, on=after)
    assert "until 23 May 2027" in body
    assert text.deadline is None


def test_others_cannot_read_it(officer):
    _, actor = providing.accepted(officer)
    stranger = providing.representative(providing.fitting("Ander"))
    row = models.Notice.objects.get(recipient=actor.enterprise)
    found = notices_of.one(
        actor=stranger,
        notice=row.pk,
        address=house_notices.address,
        speaks=house_notices.speaks,
        on=DAY,
        language="en",
    )
    assert found is None
