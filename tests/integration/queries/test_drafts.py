"""Unfinished forms."""

import dataclasses
import uuid

import pytest

from mahis.domain.parties import Quality
from mahis.queries import drafts
from mahis.store.models import Draft
from mahis.usecases import save_draft
from tests.factories import register
from tests.factories.mandates import an_authorisation, moment


@pytest.fixture
def draft(house):
    """Give the baker's draft."""
    return save_draft.save(
        actor=house.baker,
        draft_id=None,
        typed={"other_party": "0403", "groups": ["dmfa"]},
        at=moment(),
    )


def test_hold_what_was_typed(house, draft):
    (line,) = drafts.of_actor(actor=house.baker)
    assert (line.draft_id, line.changed_at) == (draft, moment())
    assert line.typed == {"other_party": "0403", "groups": ["dmfa"]}
    found = drafts.typed(actor=house.baker, draft_id=draft)
    assert found is not None
    assert (found.typed, found.authorisation) == (line.typed, None)


def test_are_listed_last_changed_first(house, draft):
    second = save_draft.save(actor=house.baker, draft_id=None, typed={}, at=moment(minute=1))
    assert [line.draft_id for line in drafts.of_actor(actor=house.baker)] == [second, draft]


def test_are_for_nobody_else_and_no_other_capacity(house, draft):
    others = (
        house.accountant,
        house.officer,
        register.acting(house.bakery, Quality.NSSO_EMPLOYER),
        register.acting(house.bakery, Quality.SERVICE_PROVIDER, person=house.baker.person),
        dataclasses.replace(
            house.baker,
            capacity=dataclasses.replace(house.baker.capacity, enterprise=house.practice),
        ),
    )
    for actor in others:
        assert drafts.of_actor(actor=actor) == ()
        assert drafts.typed(actor=actor, draft_id=draft) is None


def test_that_do_not_exist_are_none(house):
    assert drafts.typed(actor=house.baker, draft_id=uuid.uuid4()) is None


def test_that_are_done_name_what_was_drawn_up_and_leave_the_list(house, draft):
    row = an_authorisation(house.bakery, house.practice, house.dmfa)
    Draft.objects.filter(pk=draft).update(authorisation=row)
    assert drafts.of_actor(actor=house.baker) == ()
    found = drafts.typed(actor=house.baker, draft_id=draft)
    assert found is not None
    assert found.authorisation == row.reference


def test_name_no_national_number(house, draft):
    assert house.baker.person.insz.digits not in repr(drafts.of_actor(actor=house.baker))
