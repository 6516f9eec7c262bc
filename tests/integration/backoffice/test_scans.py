"""The queue of scans: oldest first, each decided by one officer at a time, with reasons."""

import datetime
import re

import pytest
from django.urls import reverse

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Quality
from mahis.store import models
from mahis.web import clock
from tests.factories import register, roads
from tests.integration.backoffice import scanning
from tests.integration.backoffice.conftest import NOW
from tests.integration.portal.people import as_, hidden, somebody, text_of, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_here")]

QUEUE = "/office/scans/"


@pytest.fixture
def reference(cast):
    """Give an authorisation whose scan waits."""
    return scanning.submitted(cast)


@pytest.fixture
def colleague(cast):
    """Give a second officer."""
    return somebody(cast.officer.enterprise, Quality.NSSO_OFFICER)


@pytest.fixture
def later(monkeypatch):
    """Let minutes pass."""

    def let_pass(minutes):
        monkeypatch.setattr(clock, "now", lambda: NOW + datetime.timedelta(minutes=minutes))

    return let_pass


def at(name, reference, *more):
    return reverse(f"backoffice:{name}", args=[reference, *more])


def deciding(reference):
    """Give where one lands who has taken a scan: at what is to be decided."""
    return f"{at('scan', reference)}#decide"


def approval(cast, **changed):
    return {
        "version": "2",
        "signatory_mandator": str(scanning.office_of(cast.director)),
        "signatory_mandatary": str(scanning.office_of(cast.accountant)),
    } | changed


def rejection(**changed):
    return {"version": "2", "reason_code": "contentDiffers", "reason": "Other period"} | changed


def states(reference):
    rows = models.Mandate.objects.filter(authorisation_id=reference.number).order_by("place")
    return [row.state.value for row in rows]


class TestQueue:
    def test_of_nothing_says_what_would_stand_there(self, cast):
        page = as_(cast.officer).get(QUEUE)
        assert "No scan waits for a decision" in text_of(page)
        assert "/scans/next/" not in page.content.decode()

    def test_lists_the_oldest_first_with_how_long_it_waits(self, cast):
        others = [
            somebody(register.an_enterprise(f"Zaak {number}"), cast.director.capacity.quality)
            for number in range(3)
        ]
        made = [
            scanning.submitted(cast, by=other, minute=minute)
            for other, minute in zip(others, (30, 10, 20), strict=True)
        ]
        page = as_(cast.officer).get(QUEUE)
        text = text_of(page)
        places = [text.index(str(made[number])) for number in (1, 2, 0)]
        assert places == sorted(places)
        assert "3 authorisations signed by hand wait" in text
        for said in ("Zaak 1", "Fiduciaire Dupont", "several en", "Nobody yet"):
            assert said in text

    def test_shows_a_page_at_a_time(self, cast, settings):
        settings.SEARCH_ROWS_A_PAGE = 1
        other = somebody(register.an_enterprise("Zaak"), cast.director.capacity.quality)
        first = scanning.submitted(cast, minute=10)
        second = scanning.submitted(cast, by=other, minute=20)
        page = as_(cast.officer).get(QUEUE)
        assert "2 authorisations signed by hand wait" in text_of(page)
        assert (str(first) in text_of(page), str(second) in text_of(page)) == (True, False)
        assert 'href="?page=2"' in page.content.decode()
        for number in ("2", "99"):
            later = text_of(as_(cast.officer).get(QUEUE, {"page": number}))
            assert (str(first) in later, str(second) in later) == (False, True)
        assert as_(cast.officer).get(QUEUE, {"page": "\x00"}).status_code == 200

    def test_offers_what_one_decides_on_every_page(self, cast, settings):
        settings.SEARCH_ROWS_A_PAGE = 1
        other = somebody(register.an_enterprise("Zaak"), cast.director.capacity.quality)
        scanning.submitted(cast, minute=10)
        second = scanning.submitted(cast, by=other, minute=20)
        browser = as_(cast.officer)
        browser.post(reverse("backoffice:scan_claim", args=[second]))
        assert f"Go on with {second}" in text_of(browser.get(QUEUE))
        taken = browser.post(reverse("backoffice:scan_next"))
        assert str(second) in taken["Location"]

    @pytest.mark.parametrize(
        ("minutes", "said"),
        [
            (0, "0 minutes"),
            (59, "59 minutes"),
            (60, "1 hour"),
            (1439, "23 hours"),
            (1440, "1 day"),
            (4400, "3 days"),
        ],
    )
    def test_says_how_long_in_the_largest_unit(self, cast, reference, monkeypatch, minutes, said):
        since = models.HistoryEntry.objects.order_by("-number")[0].at
        now = since + datetime.timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda: now)
        assert f" {said} " in text_of(as_(cast.officer).get(QUEUE))

    def test_is_counted_in_the_menu_and_on_the_first_page(self, cast, reference):
        scanning.submitted(cast, "single", minute=5)
        page = as_(cast.officer).get("/office/")
        text = text_of(page)
        assert "2 scans wait for a decision" in text
        assert "Scans 2" in text
        assert f'href="{QUEUE}"' in page.content.decode()

    def test_shows_who_is_deciding_which(self, cast, colleague, reference):
        as_(colleague).post(at("scan_claim", reference))
        name = colleague.person.name
        assert f"{name}, until 11:15" in text_of(as_(cast.officer).get(QUEUE))
        assert "You, until 11:15" in text_of(as_(colleague).get(QUEUE))

    def test_holds_only_what_waits(self, cast, reference):
        roads.drawn_up(cast.director, cast.accountant, "single")
        other = scanning.submitted(cast, "employers", minute=5)
        as_(cast.officer).post(at("scan_reject", other), rejection())
        text = text_of(as_(cast.officer).get(QUEUE))
        assert "1 authorisation signed by hand waits" in text
        assert str(other) not in text


class TestTakingOne:
    def test_claims_the_oldest(self, cast, reference):
        scanning.submitted(cast, "single", minute=5)
        answer = as_(cast.officer).post("/office/scans/next/")
        assert (answer.status_code, answer["Location"]) == (302, deciding(reference))
        page = as_(cast.officer).get(at("scan", reference))
        assert "You are deciding this until 11:15" in text_of(page)

    def test_passes_over_what_somebody_else_is_deciding(self, cast, colleague, reference):
        second = scanning.submitted(cast, "single", minute=5)
        as_(colleague).post("/office/scans/next/")
        answer = as_(cast.officer).post("/office/scans/next/")
        assert answer["Location"] == deciding(second)

    def test_goes_on_with_what_one_was_deciding(self, cast, reference):
        second = scanning.submitted(cast, "single", minute=5)
        officer = as_(cast.officer)
        officer.post(at("scan_claim", second))
        assert officer.post("/office/scans/next/")["Location"] == deciding(second)
        assert f"Go on with {second}" in text_of(officer.get(QUEUE))

    def test_says_so_where_each_is_being_decided(self, cast, colleague, reference):
        as_(colleague).post("/office/scans/next/")
        answer = as_(cast.officer).post("/office/scans/next/", follow=True)
        assert answer.redirect_chain == [(f"{QUEUE}?free=none", 302)]
        assert "Each scan below is being decided by somebody else." in text_of(answer)

    def test_leads_to_the_queue_where_nothing_waits(self, cast):
        answer = as_(cast.officer).post("/office/scans/next/", follow=True)
        assert answer.redirect_chain == [(QUEUE, 302)]
        assert "No scan waits for a decision" in text_of(answer)

    def test_ends_by_itself(self, cast, colleague, reference, later):
        as_(colleague).post("/office/scans/next/")
        later(14)
        assert as_(cast.officer).post("/office/scans/next/")["Location"].endswith("?free=none")
        later(15)
        answer = as_(cast.officer).post("/office/scans/next/")
        assert answer["Location"] == deciding(reference)

    def test_lasts_longer_while_one_works(self, cast, colleague, reference, later):
        officer = as_(cast.officer)
        officer.post(at("scan_claim", reference))
        later(10)
        assert "until 11:25" in text_of(officer.get(at("scan", reference)))
        later(20)
        page = as_(colleague).get(at("scan", reference))
        assert f"{cast.officer.person.name} is deciding this until 11:25" in text_of(page)

    def test_does_not_last_longer_because_others_look(self, cast, auditor, colleague, reference):
        as_(colleague).post(at("scan_claim", reference))
        before = models.ScanClaim.objects.get().until
        for actor in (cast.officer, auditor):
            as_(actor).get(at("scan", reference))
        assert models.ScanClaim.objects.get().until == before

    def test_can_be_undone(self, cast, colleague, reference):
        officer = as_(cast.officer)
        officer.post(at("scan_claim", reference))
        answer = officer.post(at("scan_release", reference))
        assert (answer.status_code, answer["Location"]) == (302, QUEUE)
        answer = as_(colleague).post("/office/scans/next/")
        assert answer["Location"] == deciding(reference)

    def test_of_somebody_else_cannot_be_undone(self, cast, colleague, reference):
        as_(colleague).post(at("scan_claim", reference))
        as_(cast.officer).post(at("scan_release", reference))
        assert models.ScanClaim.objects.get().officer == colleague.person.insz


class TestPage:
    def test_shows_what_is_to_be_compared(self, cast, reference):
        register.seated(cast.client, street_fr="Rue Haute", house_number="7", zipcode="1000")
        page = as_(cast.officer).get(at("scan", reference))
        text = text_of(page)
        for said in (
            "Bakkerij Peeters",
            cast.client.screen,
            "Rue Haute 7",
            "Fiduciaire Dupont",
            cast.provider.screen,
            "is a service provider",
            "several en",
            "from 4/2026",
            "Active since 1 January 2000",
            cast.director.person.name,
        ):
            assert said in text
        for page_number in (1, 2):
            assert f'src="{at("scan_page", reference, page_number)}"' in page.content.decode()

    def test_lists_only_who_may_sign(self, cast, reference):
        officer = as_(cast.officer)
        officer.post(at("scan_claim", reference))
        page = officer.get(at("scan", reference)).content.decode()
        listed = re.findall(r'name="signatory_mandator" value="(\d+)"', page)
        # The director and the one who only consults here, but not the clerk without a function.
        holders = models.Office.objects.filter(enterprise=cast.client)
        assert sorted(listed) == sorted(str(row.pk) for row in holders)
        assert len(listed) == 2

    def test_says_so_where_nobody_may_sign(self, cast, reference):
        models.Office.objects.filter(enterprise=cast.client).delete()
        officer = as_(cast.officer)
        officer.post(at("scan_claim", reference))
        page = officer.get(at("scan", reference))
        assert "knows nobody who may sign for it today" in text_of(page)
        assert 'form="approval"' not in page.content.decode()

    def test_offers_no_decision_before_one_has_taken_it(self, cast, reference):
        page = as_(cast.officer).get(at("scan", reference)).content.decode()
        assert at("scan_claim", reference) in page
        assert 'form="approval"' not in page
        assert at("scan_reject", reference) not in page

    def test_shows_no_button_while_somebody_else_decides(self, cast, colleague, reference):
        as_(colleague).post(at("scan_claim", reference))
        page = as_(cast.officer).get(at("scan", reference))
        assert f"{colleague.person.name} is deciding this until 11:15" in text_of(page)
        for name in ("scan_claim", "scan_reject", "scan_release"):
            assert at(name, reference) not in page.content.decode()
        assert 'form="approval"' not in page.content.decode()

    def test_shows_auditors_everything_and_no_button(self, auditor, reference):
        page = as_(auditor).get(at("scan", reference))
        assert "Bakkerij Peeters" in text_of(page)
        assert at("scan_page", reference, 1) in page.content.decode()
        for name in ("scan_claim", "scan_reject", "scan_release", "scan_next"):
            args = [] if name == "scan_next" else [reference]
            assert reverse(f"backoffice:{name}", args=args) not in page.content.decode()

    def test_leads_to_what_came_of_a_scan_that_was_decided(self, cast, reference):
        officer = as_(cast.officer)
        officer.post(at("scan_reject", reference), rejection())
        answer = officer.get(at("scan", reference))
        assert (answer.status_code, answer["Location"]) == (302, at("authorisation", reference))

    def test_of_nothing_is_not_found(self, cast):
        unknown = AuthorisationReference(2026, 999)
        assert as_(cast.officer).get(at("scan", unknown)).status_code == 404
        for name in ("scan_claim", "scan_approve", "scan_reject"):
            answer = as_(cast.officer).post(at(name, unknown), approval(cast) | rejection())
            assert answer.status_code == 404

    def test_says_so_where_the_scan_is_lost(self, cast, reference, settings, tmp_path):
        settings.DOCUMENTS_DIR = tmp_path / "elsewhere"
        officer = as_(cast.officer)
        officer.post(at("scan_claim", reference))
        page = officer.get(at("scan", reference))
        assert page.status_code == 200
        assert "The scan cannot be shown" in text_of(page)
        assert 'form="approval"' not in page.content.decode()
        assert officer.get(at("scan_page", reference, 1)).status_code == 503


class TestApproving:
    def test_makes_the_mandates_active_by_both_signatures(self, cast, reference):
        officer = as_(cast.officer)
        officer.post(at("scan_claim", reference))
        page = officer.get(at("scan", reference))
        assert hidden(page, "version") == "2"
        done = officer.post(at("scan_approve", reference), approval(cast), follow=True)
        assert done.redirect_chain == [(at("authorisation", reference), 302)]
        text = text_of(done)
        assert "You have approved the authorisation" in text
        assert "Both parties are told." in text
        assert "No other scan waits for a decision." in text
        assert states(reference) == ["active"]
        signed = {row.side: row.person for row in models.Validation.objects.all()}
        assert set(signed.values()) == {cast.director.person.insz, cast.accountant.person.insz}
        assert not models.ScanClaim.objects.exists()

    def test_offers_the_next_one(self, cast, reference):
        scanning.submitted(cast, "single", minute=5)
        officer = as_(cast.officer)
        done = officer.post(at("scan_approve", reference), approval(cast), follow=True)
        assert "1 scan still waits for a decision." in text_of(done)
        assert "/office/scans/next/" in done.content.decode()

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"signatory_mandator": ""}, "Choose who signed for the principal."),
            ({"signatory_mandatary": ""}, "Choose who signed for the mandatary."),
            ({"signatory_mandator": "forged"}, "Choose who signed for the principal."),
            ({"signatory_mandator": "٢"}, "Choose who signed for the principal."),
            ({"signatory_mandator": "9" * 400}, "Choose who signed for the principal."),
            ({"signatory_mandator": "-1"}, "Choose who signed for the principal."),
            ({"signatory_mandator": "\x00"}, "Choose who signed for the principal."),
            ({"signatory_mandator": "0"}, "The register knows nobody"),
            ({"signatory_mandatary": "999999999999999999"}, "The register knows nobody"),
        ],
    )
    def test_needs_both_signatories(self, cast, reference, changed, said):
        officer = as_(cast.officer)
        officer.post(at("scan_claim", reference))
        before = written()
        answer = officer.post(at("scan_approve", reference), approval(cast, **changed))
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert written() == before
        assert states(reference) == ["toBeValidated"]

    def test_takes_nobody_who_signs_for_the_other_party(self, cast, reference):
        wrong = {"signatory_mandator": str(scanning.office_of(cast.accountant))}
        answer = as_(cast.officer).post(at("scan_approve", reference), approval(cast, **wrong))
        assert answer.status_code == 422
        assert states(reference) == ["toBeValidated"]

    def test_keeps_what_was_chosen(self, cast, reference):
        officer = as_(cast.officer)
        officer.post(at("scan_claim", reference))
        answer = officer.post(at("scan_approve", reference), approval(cast, signatory_mandatary=""))
        page = answer.content.decode()
        checked = [line for line in page.split("<input") if "checked" in line]
        assert len(checked) == 1
        assert f'value="{scanning.office_of(cast.director)}"' in checked[0]

    def test_twice_leads_to_what_the_first_click_did(self, cast, reference):
        officer = as_(cast.officer)
        officer.post(at("scan_approve", reference), approval(cast))
        before = written()
        answer = officer.post(at("scan_approve", reference), approval(cast))
        assert (answer.status_code, answer["Location"]) == (302, at("authorisation", reference))
        assert written() == before

    def test_after_somebody_rejected_says_what_happened(self, cast, colleague, reference):
        as_(colleague).post(at("scan_reject", reference), rejection())
        before = written()
        answer = as_(cast.officer).post(at("scan_approve", reference), approval(cast))
        assert answer.status_code == 409
        assert "Nothing was changed" in text_of(answer)
        assert written() == before
        assert states(reference) == ["rejected"]

    def test_while_somebody_else_decides_is_refused(self, cast, colleague, reference):
        as_(colleague).post(at("scan_claim", reference))
        before = written()
        for name, sent in (("scan_approve", approval(cast)), ("scan_reject", rejection())):
            answer = as_(cast.officer).post(at(name, reference), sent)
            assert answer.status_code == 409
            assert colleague.person.name in text_of(answer)
        assert written() == before

    def test_after_ones_claim_ended_is_possible_while_nobody_took_it(self, cast, reference, later):
        officer = as_(cast.officer)
        officer.post(at("scan_claim", reference))
        later(40)
        officer.post(at("scan_approve", reference), approval(cast))
        assert states(reference) == ["active"]

    def test_is_refused_by_the_rules_in_words(self, cast, reference):
        models.Provider.objects.all().delete()
        answer = as_(cast.officer).post(at("scan_approve", reference), approval(cast))
        assert answer.status_code in {409, 422}
        assert "cannot receive mandates" in text_of(answer)
        assert states(reference) == ["toBeValidated"]

    @pytest.mark.parametrize("version", ["1", "3", "", "x", "-1", "9" * 50])
    def test_from_a_stale_page_changes_nothing(self, cast, reference, version):
        before = written()
        sent = approval(cast, version=version)
        assert as_(cast.officer).post(at("scan_approve", reference), sent).status_code == 409
        assert written() == before


class TestRejecting:
    def test_tells_the_reason(self, cast, reference):
        done = as_(cast.officer).post(at("scan_reject", reference), rejection(), follow=True)
        assert done.redirect_chain == [(at("authorisation", reference), 302)]
        assert "You have rejected the authorisation" in text_of(done)
        assert states(reference) == ["rejected"]
        entry = models.HistoryEntry.objects.order_by("-number")[0]
        assert entry.reason == "Other period"
        assert entry.evidence["rejection"] == "contentDiffers"

    def test_needs_no_explanation_where_the_reason_says_all(self, cast, reference):
        as_(cast.officer).post(at("scan_reject", reference), rejection(reason=""))
        assert states(reference) == ["rejected"]

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"reason_code": ""}, "Choose a reason."),
            ({"reason_code": "forged"}, "Choose a reason."),
            ({"reason_code": "x" * 4000}, "Choose a reason."),
            ({"reason_code": "other", "reason": " \n\t "}, "Enter a reason."),
            ({"reason": "x" * 1001}, "at most 1000 characters"),
        ],
    )
    def test_needs_a_reason(self, cast, reference, changed, said):
        officer = as_(cast.officer)
        officer.post(at("scan_claim", reference))
        before = written()
        answer = officer.post(at("scan_reject", reference), rejection(**changed))
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert '<details class="rejecting" open>' in answer.content.decode()
        assert written() == before

    def test_twice_leads_to_what_the_first_click_did(self, cast, reference):
        officer = as_(cast.officer)
        officer.post(at("scan_reject", reference), rejection())
        before = written()
        answer = officer.post(at("scan_reject", reference), rejection())
        assert (answer.status_code, answer["Location"]) == (302, at("authorisation", reference))
        assert written() == before


class TestPictures:
    @pytest.mark.parametrize("query", ["", "?large"])
    def test_are_png_and_private(self, cast, auditor, reference, query):
        for actor in (cast.officer, auditor):
            answer = as_(actor).get(at("scan_page", reference, 1) + query)
            assert answer.status_code == 200
            assert answer.content.startswith(b"\x89PNG\r\n\x1a\n")
            assert answer["Content-Type"] == "image/png"
            assert "no-store" in answer["Cache-Control"]
            assert "private" in answer["Cache-Control"]
            assert answer["X-Content-Type-Options"] == "nosniff"

    def test_are_for_officers_only(self, companies, reference):
        for actor in companies:
            assert as_(actor).get(at("scan_page", reference, 1)).status_code == 403

    @pytest.mark.parametrize(
        "path",
        ["3", "0", "999", "1000", "-1", "1.5", "x", "%00", "1%2f..%2f2", "٢"],
    )
    def test_of_no_page_are_not_found(self, cast, reference, path):
        answer = as_(cast.officer).get(f"/office/scans/{reference}/pages/{path}.png")
        assert answer.status_code == 404

    @pytest.mark.parametrize("path", ["2026-9999999", "0000-0", "x", "2026-1%00", "..", "9" * 40])
    def test_of_no_authorisation_are_not_found(self, cast, path):
        answer = as_(cast.officer).get(f"/office/scans/{path}/pages/1.png")
        assert answer.status_code == 404

    def test_of_an_authorisation_without_a_scan_are_not_found(self, cast):
        reference = roads.drawn_up(cast.director, cast.accountant, "several")
        assert as_(cast.officer).get(at("scan_page", reference, 1)).status_code == 404

    def test_stay_after_the_decision(self, cast, reference):
        as_(cast.officer).post(at("scan_reject", reference), rejection())
        assert as_(cast.officer).get(at("scan_page", reference, 2)).status_code == 200


def test_the_scan_is_downloaded_as_a_file_and_byte_for_byte(cast, auditor, reference):
    for actor in (cast.officer, auditor):
        answer = as_(actor).get(at("document", reference, 1))
        assert answer.content == scanning.a_scan(shade=1)
        assert answer["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer["Cache-Control"]


def test_no_national_number_stands_in_an_address_or_on_a_page(cast, reference, national_numbers):
    officer = as_(cast.officer)
    officer.post(at("scan_claim", reference))
    for path in (QUEUE, at("scan", reference), "/office/"):
        page = officer.get(path).content.decode().replace(".", "").replace("-", "")
        assert not [number for number in national_numbers() if number in page]
