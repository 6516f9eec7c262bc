"""My notices on the portal's screens: every telling, as it was told, and how it arrived."""

import datetime
import html
import re
import uuid

import pytest
from django.conf import settings as configured
from django.test import Client

from mahis.domain.deliveries import DeliveryState
from mahis.domain.documents import RejectionReason
from mahis.domain.mandate import MandateReference
from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import Language, ProviderStatus, Quality, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.reminders import Reminders
from mahis.gateways.ebox import EboxSettings
from mahis.gateways.files import Files
from mahis.store import models
from mahis.usecases import (
    claim_scan,
    delegate,
    end_delegation,
    expire,
    identify_employer,
    pack_letters,
    reach_end,
    reject,
    remind,
    settle_ceased,
    tell_employers_ended,
    watch_providers,
    write_letter,
)
from tests.factories import letters, mandates, register, roads
from tests.factories.mandates import TODAY, moment
from tests.integration.backoffice import scanning
from tests.integration.portal.people import as_, go, log_in, somebody, text_of
from tests.integration.usecases import providing

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def reference(cast):
    """Give an authorisation that waits for the accountant."""
    return roads.drawn_up(cast.director, cast.accountant, "several", signed=True)


def notice_to(actor, telling=None):
    """Give the last notice to somebody's enterprise."""
    found = models.Notice.objects.filter(recipient=actor.enterprise)
    return (found.filter(telling=telling) if telling else found).latest("created_at")


def papers(page):
    """Give the notices that a page holds in full, with their languages."""
    return [
        (found["language"], html.unescape(re.sub(r"<[^>]*>", " ", found["text"])))
        for found in re.finditer(
            r'<article class="notice-paper[^>]*lang="(?P<language>\w+)"(?P<text>.*?)</article>',
            page.content.decode(),
            re.DOTALL,
        )
    ]


class TestList:
    def test_is_led_to_by_the_menu_and_empty_at_first(self, cast):
        browser = as_(cast.reader)
        assert f'href="{go("notices")}"' in browser.get(go("search")).content.decode()
        assert "No notices yet" in text_of(browser.get(go("notices")))
        waiting = browser.get(go("notices"), {"show": "waiting"})
        assert "Nothing waits for your enterprise" in text_of(waiting)

    def test_tells_what_about_what_through_which_channel_and_how_far_it_is(self, cast, reference):
        models.Delivery.objects.filter(recipient=cast.provider).update(
            state=DeliveryState.DELIVERED, delivered_at=moment(minute=1)
        )
        page = as_(cast.accountant).get(go("notices"))
        text = text_of(page)
        assert "Please sign or refuse: mandates with Bakkerij Peeters Waits for you" in text
        assert "23 November 2026 at 10:00" in text
        assert f"{reference} Delivered to the e-Box on 23 November 2026" in text
        for address in (
            go("authorisation", reference),
            go("notice", notice_to(cast.accountant).pk),
        ):
            assert f'href="{address}"' in page.content.decode()

    def test_can_be_narrowed_to_what_still_waits(self, cast, reference):
        browser = as_(cast.director)
        assert "Signed by you" in text_of(browser.get(go("notices")))
        narrowed = browser.get(go("notices"), {"show": "waiting"})
        assert narrowed.context["found"].total == 0
        narrowed = as_(cast.accountant).get(go("notices"), {"show": "waiting", "page": "1"})
        assert narrowed.context["found"].total == 1

    def test_is_paged_and_keeps_what_it_was_narrowed_to(self, cast, settings):
        settings.SEARCH_ROWS_A_PAGE = 2
        for _ in range(3):
            roads.drawn_up(cast.director, cast.accountant, "several")
        browser = as_(cast.director)
        page = browser.get(go("notices"), {"show": "waiting"})
        assert "Page 1 of 2" in text_of(page)
        assert 'href="?show=waiting&amp;page=2"' in page.content.decode()
        second = browser.get(go("notices"), {"show": "waiting", "page": "2"})
        assert len(second.context["notices"]) == 1
        assert 'href="?show=waiting&amp;page=1"' in second.content.decode()

    @pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "1e9", "²", "\x00"])
    def test_any_page_is_the_nearest_that_there_is(self, cast, reference, page):
        answer = as_(cast.director).get(go("notices"), {"page": page, "show": page})
        assert (answer.status_code, answer.context["found"].total) == (200, 1)

    def test_says_where_the_older_ones_are_where_there_are_too_many(
        self, cast, reference, settings
    ):
        settings.SEARCH_MOST_FOUND = 1
        roads.drawn_up(cast.director, cast.accountant, "several")
        text = text_of(as_(cast.director).get(go("notices")))
        assert "More than 1 notices" in text
        assert "Older ones stand on the page of the authorisation" in text

    def test_officers_have_their_own_screens(self, cast, reference):
        browser = as_(cast.officer)
        assert browser.get(go("notices")).status_code == 403
        assert browser.get(go("notice", notice_to(cast.director).pk)).status_code == 403


class TestOfAuthorisation:
    def test_a_party_sees_what_it_was_told_itself(self, cast, reference):
        page = as_(cast.director).get(go("authorisation", reference))
        text = text_of(page)
        assert "What you were told" in text
        assert [told.row.recipient for told in page.context["told_about"]] == [cast.client]
        assert "Signed by one party" in text
        assert go("notice", notice_to(cast.accountant).pk) not in page.content.decode()

    def test_officers_see_what_both_were_told(self, cast, reference):
        browser = as_(cast.officer)
        page = browser.get(f"/office/mandates/{reference}/")
        assert "Who was told what" in text_of(page)
        told = page.context["told_about"]
        assert {each.row.side for each in told} == set(Side)
        for each in told:
            one = browser.get(f"/office/notices/{each.row.notice}/")
            assert each.row.recipient_name in text_of(one)
            assert f"/office/mandates/{reference}/" in one.content.decode()


class TestOne:
    def test_is_shown_in_the_language_in_which_it_was_told_and_in_that_of_the_screen(
        self, cast, reference
    ):
        models.Notice.objects.update(language=Language.DUTCH)
        notice = notice_to(cast.director)
        page = as_(cast.director).get(go("notice", notice.pk))
        assert "In the language in which it was told: Nederlands." in text_of(page)
        assert [language for language, _ in papers(page)] == ["nl", "en"]
        (_, dutch), (_, english) = papers(page)
        assert "Geachte" in dutch
        assert "Dear" in english
        assert f"{configured.PUBLIC_URL}{go('authorisation', reference)}" in page.content.decode()

    def test_is_shown_in_the_language_that_the_ebox_has_for_english(
        self, cast, reference, settings, tmp_path
    ):
        models.Notice.objects.update(language=Language.ENGLISH)
        notice = notice_to(cast.accountant)
        browser = as_(cast.accountant)
        assert [language for language, _ in papers(browser.get(go("notice", notice.pk)))] == [
            "fr",
            "en",
        ]
        settings.EBOX = EboxSettings(
            url="https://ebox.example",
            token_url="https://ebox.example/token",
            client_id="mahis",
            keys=tmp_path,
            sender=cast.provider,
            application="mahis",
            message_type="mandate",
            instead_of_english=Language.GERMAN,
        )
        page = browser.get(go("notice", notice.pk))
        assert [language for language, _ in papers(page)] == ["de", "en"]
        models.Delivery.objects.update(channel=Channel.POST)
        page = browser.get(go("notice", notice.pk))
        assert [language for language, _ in papers(page)] == ["en"]

    def test_says_what_waits_and_what_is_no_longer_awaited(self, cast, reference):
        notice = notice_to(cast.accountant)
        text = text_of(as_(cast.accountant).get(go("notice", notice.pk)))
        assert "This waits for your enterprise" in text
        assert "A signature was asked for, and is still awaited." in text
        models.Authorisation.objects.update(expires_on=TODAY - DAY)
        text = text_of(as_(cast.accountant).get(go("notice", notice.pk)))
        assert "This waits for your enterprise" not in text
        assert "A signature was asked for. It is no longer awaited." in text

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({}, "It waits to be sent."),
            (
                {"attempts": 1, "problem": "timeout", "tried_at": moment(minute=4)},
                (
                    "The last try to deliver it failed. 23 November 2026 at 10:04"
                    " It is not delivered yet and will be tried again."
                ),
            ),
            (
                {"state": DeliveryState.DELIVERED, "delivered_at": moment(minute=2)},
                "It was delivered to the e-Box. 23 November 2026 at 10:02",
            ),
            (
                {"state": DeliveryState.FAILED, "problem": "refused", "again_at": moment(minute=3)},
                (
                    "The NSSO had it sent again. 23 November 2026 at 10:03"
                    " It could not be delivered. The NSSO looks into it"
                ),
            ),
            (
                {
                    "state": DeliveryState.DELIVERED,
                    "channel": Channel.POST,
                    "why_post": "noEbox",
                    "delivered_at": moment(minute=2),
                },
                (
                    "The e-Box does not reach the enterprise, so the post brings it."
                    " It was sent by post. 23 November 2026 at 10:02"
                ),
            ),
        ],
    )
    def test_says_how_it_travels(self, cast, reference, changed, words):
        models.Delivery.objects.update(**changed)
        page = as_(cast.accountant).get(go("notice", notice_to(cast.accountant).pk))
        assert words in text_of(page)

    def test_follows_a_letter_and_gives_it_as_it_was_printed(
        self, cast, reference, settings, tmp_path
    ):
        settings.DOCUMENTS_DIR = tmp_path
        notice, files = notice_to(cast.director), Files(tmp_path)
        browser = as_(cast.director)
        address = go("notice_letter", notice.pk)
        assert browser.get(address).status_code == 404
        register.seated(cast.client, zipcode="9000", municipality_nl="Gent", street_nl="Kerkstraat")
        write_letter.write_letter(
            notice=notice.pk,
            text=letters.text(),
            reference=str(reference),
            sender=letters.SENDER,
            files=files,
            at=moment(minute=2),
            on=TODAY,
        )
        models.Delivery.objects.filter(notice=notice).update(
            state=DeliveryState.DELIVERED, delivered_at=moment(minute=2), channel=Channel.POST
        )
        page = browser.get(go("notice", notice.pk))
        assert "Letter written, waits for the batch of the day" in text_of(page)
        assert f'href="{address}"' in page.content.decode()
        pack_letters.pack_letters(files=files, at=moment(minute=5), on=TODAY)
        text = text_of(browser.get(go("notice", notice.pk)))
        assert "Letter in the batch of 23 November 2026" in text
        assert "The letter was put in the batch of the day. 23 November 2026" in text
        models.LetterBatch.objects.update(state="handed", handed_at=moment(minute=9))
        text = text_of(browser.get(go("notice", notice.pk)))
        assert "Letter handed to the printer on 23 November 2026" in text
        given = browser.get(address)
        assert given.content.startswith(b"%PDF")
        assert given["Content-Disposition"].startswith("attachment")
        for actor, address in (
            (cast.accountant, go("notice_letter", notice.pk)),
            (cast.stranger, go("notice_letter", notice.pk)),
        ):
            assert as_(actor).get(address).status_code == 404
        office = as_(cast.officer).get(f"/office/notices/{notice.pk}/letter.pdf")
        assert office.content == given.content

    def test_others_are_told_that_there_is_none(self, cast, reference):
        notice = notice_to(cast.director)
        for actor in (cast.accountant, cast.stranger):
            answer = as_(actor).get(go("notice", notice.pk))
            assert answer.status_code == 404
            assert "There is no such notice, or not for your enterprise." in text_of(answer)
        assert as_(cast.director).get(go("notice", uuid.UUID(int=9))).status_code == 404
        assert as_(cast.officer).get(f"/office/notices/{uuid.UUID(int=9)}/").status_code == 404
        assert as_(cast.director).get("/notices/nonsense/").status_code == 404

    def test_says_so_where_somebody_tampered_with_what_happened(self, cast, reference):
        models.Notice.objects.update(history_number=77)
        notice = notice_to(cast.director)
        browser = as_(cast.director)
        assert "Signed by one party" in text_of(browser.get(go("notices")))
        text = text_of(browser.get(go("notice", notice.pk)))
        assert "This notice cannot be shown any more" in text


class TestEveryTelling:
    @pytest.fixture
    def lonely(self, cast):
        """Give somebody of a provider that nobody gives a mandate."""
        return somebody(register.a_provider("Fiduciaire Solitaire"), Quality.SERVICE_PROVIDER)

    @pytest.fixture
    def rival(self):
        """Give who signs for another provider."""
        rival = register.a_provider("Fiduciaire Rivale")
        return somebody(rival, Quality.SERVICE_PROVIDER, may_sign=True)

    @pytest.fixture
    def former(self, cast):
        """Give who manages for a provider that had a mandate of the client last year."""
        number = register.a_provider("Sociaal Bureau")
        group = models.ApplicationGroup.objects.get(code="several")
        mandates.an_authorisation(cast.client, number, group, start="1/2025", end="4/2025")
        return somebody(number, Quality.SERVICE_PROVIDER)

    @pytest.fixture
    def askers(self, cast):
        """Give who ask to become providers: one that is accepted, one that is refused."""
        accepted, _ = providing.accepted(cast.officer)
        refused = providing.representative(providing.fitting("Kantoor Zonder Geluk"))
        providing.refuse(cast.officer, providing.ask(refused))
        return tuple(
            somebody(each, Quality.COMPANY_WITHOUT_STAFF) for each in (accepted, refused.enterprise)
        )

    @pytest.fixture
    def everything(  # noqa: PLR0917 - one for each who is told
        self, cast, lonely, rival, former, askers, settings, tmp_path
    ):
        """Let everything be told that can be, by the real use cases as far as there is one."""
        settings.DOCUMENTS_DIR = tmp_path / "documents"
        director, accountant = cast.director, cast.accountant
        roads.refused(director, accountant, "several", reason="No.")
        roads.withdrawn(director, accountant, "several")
        waiting = roads.signed_by_both(director, accountant, "employers")
        register.registered_as_employer(cast.client)
        assert identify_employer.identify(at=moment(minute=3), on=TODAY) == 1, waiting
        self.rejected(cast)
        self.replaced(cast, rival)
        closed = roads.signed_by_both(director, accountant, "several")
        roads.closed(closed, director, 1, end="4/2026")
        self.delegated(cast, closed, former)
        roads.drawn_up(director, accountant, "several", start="2/2027")
        self.ceased(cast, lonely)
        providing.block(cast.officer, askers[0].enterprise)
        providing.unblock(cast.officer, askers[0].enterprise)
        self.signed_by_one_of_two(cast)
        self.time_passes(lonely)
        return models.Notice.objects.all()

    @staticmethod
    def rejected(cast):
        """Have a scan rejected by the office."""
        decided = {
            "actor": cast.officer,
            "reference": scanning.submitted(cast, "several", start="1/2027"),
            "limits": roads.LIMITS,
            "on": TODAY,
        }
        claim_scan.claim(**decided, at=moment(minute=3))
        reject.reject(
            **decided,
            version=2,
            reason_code=RejectionReason.OTHER,
            reason="Nobody signed it.",
            at=moment(minute=4),
        )

    @staticmethod
    def replaced(cast, rival):
        """Let a mandate take the place of another, be withdrawn, and take it again."""
        older = roads.signed_by_both(cast.director, cast.accountant, "single")
        for _ in range(2):
            newer = roads.signed_by_both(
                cast.director, rival, "single", start="1/2027", replacing=older
            )
            if not models.Notice.objects.filter(telling=Telling.REOPENED).exists():
                roads.taken_back(newer, cast.director)

    @staticmethod
    def ceased(cast, lonely):
        """Let the client employ nobody for a day, and a provider cease until the register errs."""
        models.Employer.objects.filter(enterprise=cast.client).update(ends=TODAY - DAY)
        assert tell_employers_ended.tell(at=moment(minute=5), on=TODAY)
        register.registered_as_employer(cast.client, begins=TODAY)
        roads.drawn_up(cast.director, lonely, "several", start="3/2027")
        known = models.Enterprise.objects.filter(pk=lonely.enterprise)
        known.update(ceased_on=TODAY)
        assert settle_ceased.settle(at=moment(minute=6), on=TODAY)
        known.update(ceased_on=None)

    @staticmethod
    def delegated(cast, reference, former):
        """Let the accountant delegate what somebody had last year, and end it."""
        number = delegate.delegate(
            actor=cast.accountant,
            wanted=delegate.Wanted(
                mandate=MandateReference(reference, 1),
                version=models.Authorisation.objects.get(pk=reference.number).version,
                delegate=former.enterprise,
                application=None,
                quarters=QuarterPeriod(Quarter.parse("1/2025"), Quarter.parse("4/2025")),
            ),
            at=moment(minute=5),
            on=TODAY,
        )
        end_delegation.end(
            actor=cast.accountant,
            number=number,
            limits=roads.LIMITS,
            at=moment(minute=6),
            on=TODAY,
        )

    @staticmethod
    def signed_by_one_of_two(cast):
        """Let the client be one for which two have to sign, of whom one signs."""
        models.Enterprise.objects.filter(number=cast.client).update(legal_form="026")
        models.MatrixVersion.objects.update(joint=[f"026:{register.MANAGER}+10008"])
        roads.drawn_up(cast.director, cast.accountant, "several", start="4/2027", signed=True)

    @staticmethod
    def time_passes(lonely):
        """Let the clock warn of everything and record what is over; a provider waits in vain."""
        ends = datetime.date(2026, 12, 31)
        assert remind.of_ends(days=(30,), at=moment(ends), on=ends)
        late = models.Authorisation.objects.latest("expires_on").expires_on
        assert remind.to_sign(days=(7,), at=moment(late - DAY), on=late - DAY)
        assert reach_end.record_ended(at=moment(late), on=late)
        assert expire.record_expired(at=moment(late + DAY), on=late + DAY)
        models.Provider.objects.filter(enterprise=lonely.enterprise).update(begins=TODAY)
        on = TODAY + 160 * DAY
        assert watch_providers.warn(rules=Reminders(), at=moment(on), on=on)
        on = TODAY + 190 * DAY
        assert watch_providers.let_lapse(months=6, at=moment(on), on=on)
        # The register keeps who reads on: nobody acts for a provider that has lapsed.
        known = models.Provider.objects.filter(enterprise=lonely.enterprise)
        known.update(status=ProviderStatus.ACTIVE, ends=None, held=False)

    @pytest.mark.parametrize("language", list(Language))
    def test_can_be_read_in_every_language(  # noqa: PLR0917 - one for each who is told
        self, cast, lonely, rival, former, askers, everything, language
    ):
        assert {notice.telling for notice in everything} == set(Telling)
        everything.update(language=Language.DUTCH)
        read = 0
        # By now the client is an employer: nobody acts for it as a company without staff any more.
        employer = somebody(cast.client, Quality.NSSO_EMPLOYER)
        for actor in (employer, cast.accountant, lonely, rival, former, *askers):
            browser = log_in(Client(headers={"accept-language": language.value}), actor)
            listed = browser.get(go("notices"), {"page": "1"})
            assert all(told.row.subject for told in listed.context["notices"])
            for notice in everything.filter(recipient=actor.enterprise):
                page = browser.get(go("notice", notice.pk))
                assert page.status_code == 200
                languages = [each for each, _ in papers(page)]
                expected = ["nl"] if language is Language.DUTCH else ["nl", language.value]
                assert languages == expected
                assert "%(" not in text_of(page)
                read += 1
        assert read == everything.count()
