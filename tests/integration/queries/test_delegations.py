"""Delegations in lists, for whom they are, and what may be delegated to whom (L8)."""

import datetime

import pytest

from mahis.domain.delegation import EndedBecause, Part, Standing
from mahis.domain.mandate import AuthorisationReference, MandateReference
from mahis.domain.notices import Telling
from mahis.domain.parties import ProviderStatus, Quality
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.queries import delegations, may_be_delegated, notices_of
from mahis.queries.delegations import Criteria
from mahis.store import models
from tests.integration.usecases import handing_over, scene
from tests.integration.usecases.scene import DAY

NEXT_YEAR = datetime.date(2027, 1, 1)
HERE = "https://mahis.example"


@pytest.fixture
def handed(db):
    """Give a mandate that went from one mandatary to the next."""
    return handing_over.hand_over(scene.set_up())


def find(actor, *, on=DAY, page=1, page_size=25, limit=1000, **criteria):
    return delegations.find(
        actor=actor,
        criteria=Criteria(**criteria),
        page=page,
        page_size=page_size,
        limit=limit,
        on=on,
        language="en",
    )


def numbers(found):
    return [row.number for row in found.rows]


def choice(handed, *, actor=None, on=DAY, mandate=None):
    return may_be_delegated.choice(
        actor=actor or handed.manager,
        mandate=mandate or handed.mandate,
        on=on,
        language="en",
    )


class TestAList:
    def test_stands_newest_first_in_pages(self, handed):
        one, other = handed.delegate("1/2025", "2/2025"), handed.delegate("3/2025", "4/2025")
        assert numbers(find(handed.manager)) == [other, one]
        second = find(handed.clerk, page=2, page_size=1)
        assert (numbers(second), second.pages, second.total) == ([one], 2, 2)
        assert numbers(find(handed.clerk, page=99, page_size=1)) == [one]

    def test_says_when_there_are_too_many(self, handed):
        handed.delegate("1/2025", "2/2025")
        handed.delegate("3/2025", "4/2025")
        found = find(handed.stage.officer, limit=1)
        assert (found.too_many, found.total, len(found.rows)) == (True, 2, 1)

    def test_says_as_which_party_one_is_concerned_and_what_one_may(self, handed):
        number = handed.delegate()
        seen = {
            actor.enterprise: delegations.one(actor=actor, number=number, on=DAY, language="en")
            for actor in (handed.manager, handed.clerk, handed.stage.director)
        }
        parts = {each: (row.part, row.may_end) for each, row in seen.items() if row}
        assert parts == {
            handed.stage.provider: (Part.DELEGATOR, True),
            handed.former: (Part.DELEGATE, True),
            handed.stage.client: (Part.MANDATOR, False),
        }
        by_officer = find(handed.stage.officer).rows[0]
        assert (by_officer.part, by_officer.may_end) == (None, True)

    def test_leaves_out_what_one_is_only_the_principal_of(self, handed):
        handed.delegate()
        assert numbers(find(handed.stage.director)) == []

    def test_shows_what_ended_with_its_mandate_as_ended_before_the_clock_does(self, handed):
        number = handed.delegate()
        models.Mandate.objects.filter(authorisation_id=handed.reference.number).update(
            quarters=QuarterPeriod(Quarter.of(2026, 1), Quarter.of(2026, 4))
        )
        assert numbers(find(handed.clerk, standing=Standing.RUNNING)) == [number]
        (row,) = find(handed.clerk, on=NEXT_YEAR, standing=Standing.ENDED).rows
        assert (row.standing, row.ended_because) == (Standing.ENDED, EndedBecause.SOURCE_ENDED)
        assert row.ended_at is None
        assert not row.may_end
        assert numbers(find(handed.clerk, on=NEXT_YEAR, standing=Standing.RUNNING)) == []

    @pytest.mark.parametrize("which", ["client", "provider", "former"])
    def test_is_found_by_the_number_of_each_of_the_three(self, handed, which):
        number = handed.delegate()
        party = handed.former if which == "former" else getattr(handed.stage, which)
        assert numbers(find(handed.stage.officer, text=party.screen)) == [number]
        stranger, _ = scene.another_provider(91)
        assert numbers(find(handed.stage.officer, text=stranger.screen)) == []

    def test_names_the_field_of_what_was_typed_wrongly(self, handed):
        with pytest.raises(Refused) as refusal:
            find(handed.stage.officer, text="0123456789")
        assert refusal.value.field == "text"


class TestWhatMayBeDelegated:
    def test_is_each_running_mandate_that_somebody_had_before(self, handed):
        handed.stage.active("several", start="4/2026")
        found = may_be_delegated.sources(actor=handed.manager, on=DAY, language="en")
        assert [row.mandate for row in found.rows] == [handed.mandate]
        before = may_be_delegated.sources(
            actor=handed.manager, on=datetime.date(2025, 12, 31), language="en"
        )
        assert before.rows == ()

    def test_names_former_mandataries_with_the_quarters_that_they_had(self, handed):
        found = choice(handed)
        assert found is not None
        ((former,), year) = found.formers, QuarterPeriod(Quarter.of(2025, 1), Quarter.of(2025, 4))
        assert (former.number, former.quarters) == (handed.former, (year,))

    def test_names_nobody_who_has_a_mandate_again(self, db):
        handed = handing_over.hand_over(scene.set_up(), "several")
        back = handed.stage.draw("several", other=handed.former, signing=True, start="4/2026")
        handed.stage.sign(back, handed.clerk)
        found = choice(handed)
        assert found is not None
        assert found.formers == ()

    def test_is_nothing_for_others_nor_of_what_is_not_there(self, handed):
        assert choice(handed, actor=handed.clerk) is None
        assert choice(handed, actor=handed.stage.director) is None
        nowhere = MandateReference(AuthorisationReference(2026, 999), 1)
        assert choice(handed, mandate=nowhere) is None


class TestANotice:
    def test_says_to_the_delegate_what_it_says_as_no_party(self, handed):
        handed.delegate()
        told = notices_of.of_authorisation(
            actor=handed.stage.officer, reference=handed.reference, on=DAY, language="en"
        )
        about = {row.recipient: row.to_delegate for row in told if row.telling is Telling.DELEGATED}
        assert about == {
            handed.stage.client: False,
            handed.stage.provider: False,
            handed.former: True,
        }

    def test_that_cannot_be_read_any_more_leaves_the_others_to_be_read(self, handed):
        handed.delegate()
        entry = models.HistoryEntry.objects.filter(
            authorisation_id=handed.reference.number
        ).order_by("-number")[0]
        notices = models.Notice.objects.filter(recipient_id=handed.former)
        assert models.Notice.objects.filter(telling=Telling.DELEGATED).count() == 3
        # Nobody can change the history; so the number of a step that tells nothing is taken.
        notices.filter(telling=Telling.DELEGATED).update(history_number=entry.number - 1)
        page = notices_of.told(
            actor=handed.clerk, waiting=False, address=lambda _: HERE, on=DAY, language="en"
        )
        unread = [row for row in page.rows if row.telling is Telling.DELEGATED]
        assert [row.subject for row in unread] == [""]
        assert any(row.subject for row in page.rows)


def test_a_secretariat_sees_what_it_received(handed):
    number = handed.delegate()
    models.Secretariat.objects.create(
        enterprise=handed.former, ssa_number="331", begins=datetime.date(2010, 1, 1)
    )
    models.Provider.objects.filter(enterprise=handed.former).update(status=ProviderStatus.BLOCKED)
    clerk = scene.somebody(97, enterprise=handed.former, quality=Quality.SOCIAL_SECRETARIAT)
    assert numbers(find(clerk, part=Part.DELEGATE)) == [number]
