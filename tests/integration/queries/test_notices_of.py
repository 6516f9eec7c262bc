"""What enterprises were told: whose notices, in which order, what still waits, how far they are."""

import datetime
import uuid

import pytest

from mahis.domain.deliveries import DeliveryState
from mahis.domain.letters import AddressProblem, BatchState
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import Language, Quality, Role, Side
from mahis.domain.reminders import Reminders
from mahis.gateways.files import Files
from mahis.queries import notices_of
from mahis.queries.notice_delivery import Progress
from mahis.store import models
from mahis.usecases import expire, remind, sign, watch_providers
from tests.factories import mandates, register, roads
from tests.factories.mandates import TODAY, moment

DAY = datetime.timedelta(days=1)


def address(reference):
    return f"https://mahis.example/{reference}"


def as_it_is(_channel, language):
    return language


def told(actor, *, waiting=False, on=TODAY, language="fr", **paging):
    return notices_of.told(
        actor=actor, waiting=waiting, address=address, on=on, language=language, **paging
    )


def one(actor, notice, *, language="fr", speaks=as_it_is):
    return notices_of.one(
        actor=actor, notice=notice, address=address, speaks=speaks, on=TODAY, language=language
    )


def of_authorisation(actor, reference):
    return notices_of.of_authorisation(actor=actor, reference=reference, on=TODAY, language="fr")


def tellings(page):
    return [row.telling for row in page.rows]


@pytest.fixture
def reference(house):
    """Give an authorisation that waits for the accountant."""
    return roads.drawn_up(house.baker, house.accountant, "risks", signed=True)


def delivery_of(actor):
    """Read the delivery of the only notice to an enterprise."""
    return models.Delivery.objects.get(recipient=actor.enterprise)


def signed(actor, reference):
    """Sign, a minute after whatever happened last."""
    row = models.Authorisation.objects.get(pk=reference.number)
    sign.sign(
        actor=actor,
        reference=reference,
        version=row.version,
        limits=roads.LIMITS,
        at=moment(TODAY, row.version),
        on=TODAY,
    )


class TestWhose:
    def test_each_party_is_shown_what_it_was_told_itself(self, house, reference):
        (row,) = told(house.baker).rows
        assert (row.reference, row.side, row.recipient) == (
            reference,
            Side.MANDATOR,
            house.bakery,
        )
        assert row.subject == f"Vous avez signé : mandats avec Fiduciaire Dupont ({reference})"
        (row,) = told(house.accountant).rows
        assert (row.side, row.recipient_name) == (Side.MANDATARY, "Fiduciaire Dupont")
        assert "avec Bakkerij Peeters" in row.subject

    def test_whatever_the_capacity_and_role_in_which_somebody_acts_for_it(self, house, reference):
        for quality, role in (
            (Quality.SERVICE_PROVIDER, Role.CONSULT),
            (Quality.NSSO_EMPLOYER, Role.MANAGE),
        ):
            somebody = register.acting(house.practice, quality, role=role)
            (row,) = told(somebody).rows
            assert one(somebody, row.notice).text is not None

    def test_others_are_shown_nothing_and_officers_what_both_were_told(self, house, reference):
        assert told(house.stranger).rows == ()
        assert of_authorisation(house.stranger, reference) == ()
        assert [row.side for row in of_authorisation(house.baker, reference)] == [Side.MANDATOR]
        assert {row.side for row in of_authorisation(house.officer, reference)} == set(Side)
        (row,) = told(house.baker).rows
        assert one(house.stranger, row.notice) is None
        assert one(house.accountant, row.notice) is None
        assert one(house.officer, row.notice).row.recipient == house.bakery

    def test_what_does_not_exist_is_none(self, house, reference):
        assert one(house.officer, uuid.UUID(int=5)) is None
        other = AuthorisationReference(reference.year - 1, reference.number)
        assert of_authorisation(house.officer, other) == ()


class TestOrder:
    def test_the_newest_is_first(self, house, reference):
        signed(house.accountant, reference)
        found = told(house.baker)
        assert tellings(found) == [Telling.ACTIVE, Telling.SIGNED_BY_ONE]
        assert [row.telling for row in of_authorisation(house.baker, reference)] == tellings(found)

    @pytest.mark.parametrize(
        ("page", "shown", "expected"),
        [(1, 2, 1), (2, 2, 2), (3, 1, 3), (0, 2, 1), (-4, 2, 1), (99, 1, 3)],
    )
    def test_pages_are_bounded(self, house, page, shown, expected):
        for _ in range(5):
            roads.drawn_up(house.baker, house.accountant, "risks")
        found = told(house.baker, page=page, page_size=2)
        assert (found.page, found.pages, found.total, found.too_many) == (expected, 3, 5, False)
        assert len(found.rows) == shown

    def test_no_page_repeats_or_loses_a_notice(self, house):
        for _ in range(5):
            roads.drawn_up(house.baker, house.accountant, "risks")
        pages = [told(house.baker, page=page, page_size=2).rows for page in (1, 2, 3)]
        seen = [row.notice for rows in pages for row in rows]
        assert len(set(seen)) == len(seen) == 5

    def test_beyond_the_limit_nothing_is_shown_but_that_there_is_more(self, house):
        for _ in range(4):
            roads.drawn_up(house.baker, house.accountant, "risks")
        found = told(house.baker, page=2, page_size=2, limit=3)
        assert (found.total, found.too_many, found.pages, len(found.rows)) == (4, True, 2, 1)


class TestWaiting:
    def test_is_for_who_has_not_signed_until_both_have(self, house):
        reference = roads.drawn_up(house.baker, house.accountant, "risks")
        assert tellings(told(house.baker, waiting=True)) == [Telling.DRAWN_UP]
        assert tellings(told(house.accountant, waiting=True)) == [Telling.DRAWN_UP]
        signed(house.baker, reference)
        assert told(house.baker, waiting=True).rows == ()
        # Asked twice, waited for by the newer notice only.
        assert tellings(told(house.accountant, waiting=True)) == [Telling.SIGNED_BY_ONE]
        assert [row.still_waits for row in told(house.accountant).rows] == [True, False]
        signed(house.accountant, reference)
        assert told(house.accountant, waiting=True).rows == ()
        assert not any(row.still_waits for row in told(house.accountant).rows)

    def test_ends_with_the_limit_though_the_clock_has_not_recorded_it(self, house, reference):
        row = models.Authorisation.objects.get(pk=reference.number)
        assert told(house.accountant, waiting=True, on=row.expires_on).total == 1
        late = row.expires_on + DAY
        assert told(house.accountant, waiting=True, on=late).total == 0
        expire.record_expired(at=moment(late), on=late)
        assert tellings(told(house.accountant, on=late))[0] is Telling.EXPIRED

    def test_is_reminded_of(self, house, reference):
        row = models.Authorisation.objects.get(pk=reference.number)
        on = row.expires_on - 7 * DAY
        remind.to_sign(days=(7,), at=moment(on), on=on)
        found = told(house.accountant, waiting=True, on=on)
        assert tellings(found) == [Telling.SIGN_REMINDER]
        assert told(house.baker, waiting=True, on=on).rows == ()

    def test_a_provider_is_warned_until_its_first_mandate(self, house):
        models.Provider.objects.filter(enterprise=house.practice).update(begins=TODAY)
        on = TODAY + 160 * DAY
        watch_providers.warn(rules=Reminders(), at=moment(on), on=on)
        (row,) = told(house.accountant, waiting=True, on=on).rows
        assert (row.telling, row.reference) == (Telling.PROVIDER_LAPSES_SOON, None)
        assert one(house.accountant, row.notice).text.link == address(Telling.PROVIDER_LAPSES_SOON)
        assert told(house.accountant, waiting=True, on=on + 60 * DAY).rows == ()
        mandates.an_authorisation(house.bakery, house.practice, house.risks)
        assert told(house.accountant, waiting=True, on=on).rows == ()


class TestText:
    def test_is_in_the_language_in_which_it_was_told_and_again_in_that_of_the_screen(
        self, house, reference
    ):
        models.Notice.objects.update(language=Language.DUTCH)
        (row,) = told(house.baker, language="de").rows
        found = one(house.baker, row.notice, language="de")
        assert (found.text.language, found.translation.language) == (
            Language.DUTCH,
            Language.GERMAN,
        )
        assert found.row.subject == found.translation.subject
        assert one(house.baker, row.notice, language="nl").translation is None

    def test_is_that_of_the_channel_where_it_does_not_speak_the_recipients(self, house, reference):
        models.Notice.objects.update(language=Language.ENGLISH)
        (row,) = told(house.accountant).rows

        def speaks(channel, language):
            assert (channel, language) == (Channel.EBOX, Language.ENGLISH)
            return Language.GERMAN

        found = one(house.accountant, row.notice, language="en", speaks=speaks)
        assert found.text.language is Language.GERMAN
        assert found.translation.language is Language.ENGLISH

    def test_says_what_was_so_when_it_was_told(self, house):
        made = roads.signed_by_both(house.baker, house.accountant, "dmfa")
        roads.closed(made, house.accountant, 1, end="1/2027")
        texts = {
            row.telling: str(one(house.baker, row.notice, language="en").translation or "")
            + str(one(house.baker, row.notice, language="en").text)
            for row in told(house.baker).rows
        }
        assert "from 4/2026" in texts[Telling.ACTIVE]
        assert "4/2026 to 1/2027" in texts[Telling.END_SET]

    def test_names_no_person_and_no_national_number(self, house, reference):
        for actor in (house.baker, house.accountant):
            for row in told(actor).rows:
                shown = repr(one(actor, row.notice))
                assert actor.person.family_name not in shown.replace("Bakkerij Peeters", "")
                assert actor.person.insz.digits not in shown

    def test_is_left_out_where_somebody_tampered_with_what_happened(self, house, reference):
        models.Notice.objects.update(history_number=99)
        (row,) = told(house.baker).rows
        assert row.subject == ""
        found = one(house.baker, row.notice)
        assert (found.text, found.translation) == (None, None)


class TestDelivery:
    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            ({}, Progress.WAITING),
            ({"attempts": 2, "problem": "timeout", "tried_at": moment()}, Progress.TRIED),
            (
                {"state": DeliveryState.DELIVERED, "delivered_at": moment(minute=1)},
                Progress.IN_EBOX,
            ),
            (
                {
                    "state": DeliveryState.DELIVERED,
                    "channel": Channel.POST,
                    "delivered_at": moment(minute=1),
                },
                Progress.POSTED,
            ),
            ({"state": DeliveryState.FAILED, "problem": "refused"}, Progress.GIVEN_UP),
        ],
    )
    def test_says_how_far_it_is(self, house, reference, changed, expected):
        models.Delivery.objects.update(**changed)
        (row,) = told(house.accountant).rows
        assert row.delivery.progress is expected
        assert one(house.accountant, row.notice).row.delivery == row.delivery

    def test_waits_where_a_process_of_the_version_before_wrote_it(self, house, reference):
        models.Delivery.objects.all().delete()
        (row,) = told(house.accountant).rows
        assert (row.delivery.progress, row.delivery.channel) == (Progress.WAITING, Channel.EBOX)

    def test_says_that_an_address_is_missing_while_the_post_should_bring_it(self, house, reference):
        notice = delivery_of(house.baker).notice
        models.UnaddressedNotice.objects.create(
            notice=notice,
            recipient_id=notice.recipient_id,
            problem=AddressProblem.MISSING,
            since=moment(),
            tried_at=moment(),
        )
        (row,) = told(house.baker).rows
        assert row.delivery.channel is Channel.POST
        assert row.delivery.progress is Progress.ADDRESS_MISSING
        models.Delivery.objects.update(channel=Channel.EBOX)
        (row,) = told(house.baker).rows
        assert row.delivery.progress is Progress.WAITING

    def test_follows_a_letter_into_its_batch_and_to_the_printer(self, house, reference, tmp_path):
        files, notice = Files(tmp_path), delivery_of(house.baker).notice
        document = models.Document.objects.create(
            sha256=files.put(b"%PDF a letter"), size=13, created_at=moment()
        )
        models.Letter.objects.create(
            notice=notice,
            recipient_id=notice.recipient_id,
            language=notice.language,
            document=document,
            pages=1,
            abroad=False,
            made_at=moment(minute=3),
        )
        models.Delivery.objects.filter(notice=notice).update(
            state=DeliveryState.DELIVERED, delivered_at=moment(minute=3), why_post="noEbox"
        )
        assert self.progress(house.baker) is Progress.WRITTEN
        batch = models.LetterBatch.objects.create(
            number=1, day=TODAY, state=BatchState.OPEN, letters=1, pages=1, opened_at=moment()
        )
        models.Letter.objects.update(batch=batch, place=1)
        assert self.progress(house.baker) is Progress.PACKED
        models.LetterBatch.objects.update(
            state=BatchState.PACKED, sha256="0" * 64, size=1, packed_at=moment()
        )
        models.LetterBatch.objects.update(state=BatchState.HANDED, handed_at=moment(minute=9))
        assert self.progress(house.baker) is Progress.HANDED
        (row,) = told(house.baker).rows
        assert row.delivery.post_instead
        assert row.delivery.letter.handed_at == moment(minute=9)
        self.is_for(house.baker, house.officer, notice, files)
        assert self.letter(house.accountant, notice, files) is None
        assert self.letter(house.stranger, notice, files) is None

    def test_there_is_no_letter_where_none_was_written(self, house, reference, tmp_path):
        notice = delivery_of(house.baker).notice
        assert self.letter(house.baker, notice, Files(tmp_path)) is None

    @staticmethod
    def progress(actor):
        (row,) = told(actor).rows
        return row.delivery.progress

    @staticmethod
    def letter(actor, notice, files):
        return notices_of.letter(actor=actor, notice=notice.pk, files=files)

    def is_for(self, party, officer, notice, files):
        for actor in (party, officer):
            assert self.letter(actor, notice, files) == b"%PDF a letter"
