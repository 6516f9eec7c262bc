"""The authorisation as a PDF on the portal's screens: made, signed, brought back, looked at."""

import json

import pytest

from mahis.domain.documents import DocumentKind
from mahis.domain.mandate import State
from mahis.domain.parties import Language, Side
from mahis.domain.signing import Method
from mahis.store import models
from mahis.web import clock
from tests.factories import roads
from tests.integration.portal import desk
from tests.integration.portal.people import as_, complete, go, hidden, text_of, written
from tests.pki import pki

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def services():
    """Let the practice services answer for the day on which the tests play."""
    with pki().serve(at=desk.NOW):
        yield


@pytest.fixture
def equipped(services, settings, tmp_path):
    """Set the service up with seal, trust and store."""
    desk.equip(settings, tmp_path)


@pytest.fixture
def reference(cast, equipped):
    """Give an authorisation that nobody has signed."""
    return roads.drawn_up(cast.director, cast.accountant, "several", on=clock.today())


@pytest.fixture
def form(cast, reference):
    """Give the form of that authorisation, made by its director."""
    return made(cast.director, reference)


def made(actor, reference, **data):
    """Make the form on its page, and download it; gives its bytes."""
    browser = as_(actor)
    version = hidden(browser.get(go("form", reference)), "version")
    assert browser.post(go("form", reference), {"version": version, **data}).status_code == 302
    number = models.AuthorisationDocument.objects.latest("number").number
    return desk.download(actor, reference, number)


def brought_back(actor, reference, data, *, name="signed.pdf", page="form", field="file"):
    """Upload a file on its page, and follow to where that leads."""
    browser = as_(actor)
    version = hidden(browser.get(go(page, reference)), "version")
    address = go("upload" if page == "form" else page, reference)
    sent = {"version": version, field: desk.pdf_file(data, name)}
    return browser.post(address, sent, follow=True)


def signed_by(actor, side, form):
    """Sign a form with somebody's card."""
    return desk.signed(form, side, by=actor, at=clock.now())


def states():
    """Give the states of all mandates."""
    return {mandate.state for mandate in models.Mandate.objects.all()}


class TestTickingTheElectronicVersion:
    def overview(self, cast, actor):
        """Fill in the first step; gives a browser, the address and the second step."""
        browser = as_(actor)
        page = browser.post(go("new"), complete(cast), follow=True)
        return browser, page.redirect_chain[-1][0], page

    def drawn_up(self, cast, actor, **data):
        browser, address, page = self.overview(cast, actor)
        return browser.post(address, {"shown": hidden(page, "shown"), **data}, follow=True)

    def test_is_offered_on_the_second_step(self, cast):
        _browser, _address, page = self.overview(cast, cast.director)
        assert "I would like an electronic version of the authorisation" in text_of(page)

    @pytest.mark.parametrize("button", ["sign", "later", "form"])
    def test_makes_the_form_and_leaves_the_signing_to_it(self, cast, equipped, button):
        page = self.drawn_up(cast, cast.director, electronic="yes", **{button: ""})
        assert "Download the form (PDF)" in text_of(page)
        assert "Upload the signed form" in text_of(page)
        assert states() == {State.TO_BE_FINALISED}
        assert models.AuthorisationDocument.objects.get().kind is DocumentKind.FORM

    def test_is_for_people_without_the_power_to_sign_too(self, cast, equipped):
        _browser, _address, page = self.overview(cast, cast.clerk)
        assert "You may not sign for Bakkerij Peeters" in text_of(page)
        page = self.drawn_up(cast, cast.clerk, electronic="yes", form="")
        assert "Download the form (PDF)" in text_of(page)

    def test_is_not_needed_to_sign_by_login(self, cast, equipped):
        page = self.drawn_up(cast, cast.director, sign="")
        assert "Download the form" not in text_of(page)
        assert states() == {State.PENDING}

    def test_loses_nothing_where_no_timestamp_is_to_be_had(
        self, cast, services, settings, tmp_path
    ):
        desk.equip(settings, tmp_path, tsa_url="http://127.0.0.1:9/")
        page = self.drawn_up(cast, cast.director, electronic="yes", form="")
        assert "The form could not be made now" in text_of(page)
        assert "Try again" in text_of(page)
        reference = models.Authorisation.objects.get().reference
        assert not models.AuthorisationDocument.objects.exists()
        again = as_(cast.director).post(go("form", reference), {"version": "1"})
        assert again.status_code == 503
        assert again["Retry-After"]
        desk.equip(settings, tmp_path)
        assert made(cast.director, reference).startswith(b"%PDF-")

    def test_says_where_this_installation_has_no_seal(self, cast, settings):
        settings.SEALING = None
        page = self.drawn_up(cast, cast.director, electronic="yes", form="")
        assert "The form could not be made now" in text_of(page)
        assert states() == {State.TO_BE_FINALISED}


class TestMakingTheForm:
    @pytest.mark.parametrize(
        ("asked", "language"),
        [("nl", Language.DUTCH), ("de", Language.GERMAN), ("xx", None), ("\x00", None)],
    )
    def test_is_in_the_language_that_was_chosen(self, cast, reference, asked, language):
        made(cast.director, reference, language=asked)
        found = models.AuthorisationDocument.objects.get().language
        assert found is language or (language is None and found is not None)

    def test_twice_gives_the_same_form(self, cast, reference, form):
        assert made(cast.accountant, reference) == form
        assert models.AuthorisationDocument.objects.count() == 1

    def test_is_noticed_to_be_late_where_something_happened(self, cast, reference):
        answer = as_(cast.director).post(go("form", reference), {"version": "7"})
        assert answer.status_code == 409
        assert not models.AuthorisationDocument.objects.exists()

    def test_is_possible_once_both_have_signed_by_login(self, cast, equipped):
        reference = roads.signed_by_both(
            cast.director, cast.accountant, "several", on=clock.today()
        )
        assert "The authorisation as a PDF" in text_of(
            as_(cast.director).get(go("authorisation", reference))
        )
        made(cast.director, reference)
        assert "Download the authorisation (PDF)" in text_of(
            as_(cast.director).get(go("form", reference))
        )

    def test_is_no_longer_possible_once_it_was_withdrawn(self, cast, equipped):
        reference = roads.withdrawn(cast.director, cast.accountant, "several")
        answer = as_(cast.director).get(go("form", reference))
        assert "There is nothing to do here for you now" in text_of(answer)


class TestBringingBackWhatWasSigned:
    def test_says_who_signed_for_whom_and_what_comes_next(self, cast, reference, form):
        page = text_of(brought_back(
            cast.director, reference, signed_by(cast.director, Side.MANDATOR, form)
        ))  # fmt: skip
        assert "The signed form is accepted" in page
        assert "Anna Peeters signed for Bakkerij Peeters by eID signature" in page
        assert "It is now up to Fiduciaire Dupont to sign or refuse it" in page
        assert "Certificate issued by:" in page
        assert states() == {State.PENDING}

    def test_offers_what_the_first_signed_to_the_second(self, cast, reference, form):
        first = signed_by(cast.director, Side.MANDATOR, form)
        brought_back(cast.director, reference, first)
        page = as_(cast.accountant).get(go("form", reference))
        assert "Download the form signed by the first party" in text_of(page)
        assert go("document", reference, 2) in page.content.decode()
        second = signed_by(
            cast.accountant, Side.MANDATARY, desk.download(cast.accountant, reference, 2)
        )
        done = text_of(brought_back(cast.accountant, reference, second))
        assert "Anna Peeters signed for Fiduciaire Dupont by eID signature" in done
        assert states() == {State.ACTIVE}

    def test_keeps_the_second_from_signing_below_the_first(self, cast, reference, form):
        first = signed_by(cast.director, Side.MANDATOR, form)
        brought_back(cast.director, reference, first)
        page = text_of(as_(cast.accountant).get(go("sign", reference)))
        assert "Accept and sign" not in page
        assert "signing by login would be a lower level" in page

    def test_follows_a_signature_by_login(self, cast, equipped):
        reference = roads.drawn_up(
            cast.director, cast.accountant, "several", signed=True, on=clock.today()
        )
        form = made(cast.accountant, reference)
        brought_back(cast.accountant, reference, signed_by(cast.accountant, Side.MANDATARY, form))
        assert states() == {State.ACTIVE}
        methods = [each.method for each in models.Validation.objects.order_by("at", "id")]
        assert methods == [Method.AUTHENTICATION, Method.EID]

    def test_leads_a_second_click_to_where_the_first_led(self, cast, reference, form):
        browser, data = as_(cast.director), signed_by(cast.director, Side.MANDATOR, form)
        answers = [
            browser.post(go("upload", reference), {"version": "1", "file": desk.pdf_file(data)})
            for _ in range(2)
        ]
        assert [each.status_code for each in answers] == [302, 302]
        rows = models.AuthorisationDocument.objects.order_by("number")
        assert [row.kind for row in rows] == [
            DocumentKind.FORM,
            DocumentKind.SIGNED,
            DocumentKind.ARCHIVED,
        ]

    def test_says_beside_the_file_what_is_wrong_with_it(self, cast, reference, form):
        before = written()
        page = brought_back(cast.director, reference, form)
        assert page.status_code == 422
        assert "Nobody has signed this PDF yet" in text_of(page)
        assert 'id="id_file-error"' in page.content.decode()
        assert "Download the form (PDF)" in text_of(page)
        assert written() == before

    def test_names_the_signer_who_may_not_sign(self, cast, reference, form):
        data = signed_by(cast.stranger, Side.MANDATOR, form)
        page = brought_back(cast.director, reference, data)
        assert page.status_code == 422
        assert "Signature of Anna Peeters" in text_of(page)
        assert cast.stranger.person.insz.digits not in page.content.decode()

    def test_needs_a_form_first(self, cast, reference):
        data = b"%PDF-1.7\n%%EOF"
        version = {"version": "1", "file": desk.pdf_file(data)}
        page = as_(cast.director).post(go("upload", reference), version)
        assert page.status_code == 409
        assert "No form was made for this authorisation yet" in text_of(page)

    def test_refuses_the_form_of_another_authorisation(self, cast, reference, form):
        other = roads.drawn_up(cast.director, cast.accountant, "single", on=clock.today())
        made(cast.director, other)
        data = signed_by(cast.director, Side.MANDATOR, form)
        page = brought_back(cast.director, other, data)
        assert page.status_code == 422
        assert "This is the form of another authorisation" in text_of(page)


class TestScans:
    def test_wait_for_the_office(self, cast, reference, form):
        page = brought_back(cast.director, reference, form, page="scan", field="pages")
        assert "The scan is with the NSSO" in text_of(page)
        assert "By hand on paper; the NSSO has still to approve it" in text_of(page)
        assert states() == {State.TO_BE_VALIDATED}

    def test_are_not_possible_once_somebody_signed_by_eid(self, cast, reference, form):
        brought_back(cast.director, reference, signed_by(cast.director, Side.MANDATOR, form))
        page = text_of(as_(cast.director).get(go("scan", reference)))
        assert "Send to the NSSO" not in page

    def test_are_refused_with_the_reason_beside_the_file(self, cast, reference):
        page = brought_back(
            cast.director, reference, b"%PDF-1.7\nbroken", page="scan", field="pages"
        )
        assert page.status_code == 422
        assert 'id="id_pages-error"' in page.content.decode()
        assert states() == {State.TO_BE_FINALISED}


class TestAttaching:
    def attach(self, actor, reference, data, **fields):
        sent = {"about": "1", "file": desk.pdf_file(data, "avenant.pdf"), **fields}
        return as_(actor).post(go("attach", reference), sent, follow=True)

    def test_keeps_a_new_version_with_who_when_and_for_which_act(self, cast, reference, form):
        page = text_of(self.attach(cast.clerk, reference, form))
        assert "The new version is attached" in page
        assert "2. New version" in page
        assert "avenant.pdf" in page
        row = models.AuthorisationDocument.objects.get(number=2)
        assert (row.version, row.person) == (1, cast.clerk.person.insz)

    def test_is_offered_on_the_page_that_an_act_leads_to(self, cast, reference, form):
        page = brought_back(cast.director, reference, signed_by(cast.director, Side.MANDATOR, form))
        assert f"{go('attach', reference)}?about=2" in page.content.decode()
        asked = as_(cast.director).get(go("attach", reference) + "?about=2")
        assert hidden_choice(asked) == "2"

    @pytest.mark.parametrize("about", ["0", "99", "-1", "x", "\x00", "9" * 30, ""])
    def test_is_refused_for_an_act_that_nobody_did(self, cast, reference, form, about):
        before = models.AuthorisationDocument.objects.count()
        answer = self.attach(cast.director, reference, form, about=about)
        assert answer.status_code == 404
        assert models.AuthorisationDocument.objects.count() == before

    def test_is_refused_for_what_is_no_pdf(self, cast, reference):
        answer = self.attach(cast.director, reference, b"<html>")
        assert answer.status_code == 422
        assert "This file is not a PDF" in text_of(answer)


def hidden_choice(answer):
    """Give the act that is chosen on a page."""
    return answer.context["form"]["about"].value()


class TestDownloads:
    def test_are_saved_under_a_name_that_says_what_they_are(self, cast, reference, form):
        answer = as_(cast.director).get(go("document", reference, 1))
        assert answer.content == form
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith(
            f'attachment; filename="mahis-{reference}-form-1-'
        )
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox")
        assert "no-store" in answer["Cache-Control"]

    @pytest.mark.parametrize("who", ["director", "clerk", "reader", "accountant", "officer"])
    def test_are_for_everybody_of_both_parties_and_for_officers(self, cast, reference, form, who):
        answer = as_(getattr(cast, who)).get(go("document", reference, 1))
        assert answer.status_code == 200

    @pytest.mark.parametrize("name", ["document", "document_report", "document_report_json"])
    def test_are_not_there_for_others(self, cast, reference, form, name):
        brought_back(cast.director, reference, signed_by(cast.director, Side.MANDATOR, form))
        assert as_(cast.director).get(go(name, reference, 2)).status_code == 200
        assert as_(cast.stranger).get(go(name, reference, 2)).status_code == 404

    @pytest.mark.parametrize("name", ["document", "document_report", "document_report_json"])
    def test_are_not_there_under_the_number_of_another(self, cast, reference, form, name):
        other = roads.drawn_up(cast.director, cast.accountant, "single", on=clock.today())
        for about, number in ((other, 1), (reference, 2), (reference, 9_999_999)):
            assert as_(cast.director).get(go(name, about, number)).status_code == 404

    def test_say_where_a_file_was_lost(self, cast, reference, form, settings, tmp_path):
        settings.DOCUMENTS_DIR = tmp_path / "elsewhere"
        answer = as_(cast.director).get(go("document", reference, 1))
        assert 400 <= answer.status_code < 600
        assert answer.status_code != 500


class TestReports:
    @pytest.fixture
    def report(self, cast, reference, form):
        """Give the address of a report."""
        brought_back(cast.director, reference, signed_by(cast.director, Side.MANDATOR, form))
        return go("document_report", reference, 2)

    def test_tell_in_words_what_was_checked(self, cast, report):
        page = text_of(as_(cast.reader).get(report))
        for sentence in (
            "The signatures are valid",
            "Anna Peeters signed in the field of the party: Principal",
            "It is a qualified certificate for electronic signatures",
            "The certificate was not revoked",
            "The signer may sign for that party",
            "Nothing but signatures was added since",
            "Seal of the register",
        ):
            assert sentence in page

    def test_hold_no_national_number(self, cast, report, reference):
        for address in (report, go("document_report_json", reference, 2)):
            page = as_(cast.accountant).get(address).content.decode()
            assert cast.director.person.insz.digits not in page

    def test_are_there_for_programs_too(self, cast, report, reference):
        answer = as_(cast.accountant).get(go("document_report_json", reference, 2))
        assert answer["Content-Type"] == "application/json"
        assert answer["Content-Disposition"].startswith("attachment;")
        assert json.loads(answer.content)["outcome"] == "valid"

    def test_are_linked_where_the_signature_stands(self, cast, report, reference):
        page = as_(cast.accountant).get(go("authorisation", reference)).content.decode()
        assert page.count(report) == 2
        assert go("document_report", reference, 1) not in page
