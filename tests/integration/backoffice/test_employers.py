"""Employers on the officers' screens: found, registered and ended with a reason, recorded."""

import datetime

import pytest
from django.urls import reverse

from mahis.domain.notices import Telling
from mahis.store import models
from mahis.usecases import settle_ceased
from mahis.web import clock
from tests.factories import numbers, register, roads
from tests.factories.mandates import moment
from tests.integration.portal.people import as_, go, hidden, text_of, written

pytestmark = pytest.mark.django_db

REASON = "Registered by letter"
FIRST_DAY = "23/11/2026"


@pytest.fixture
def office(cast):
    """Give a browser of an officer."""
    return as_(cast.officer)


@pytest.fixture
def waiting(cast):
    """Give an authorisation that waits until the client is an employer."""
    return roads.signed_by_both(cast.director, cast.accountant, "employers")


def at(name, *args):
    return reverse(f"backoffice:{name}", args=args)


def typed(**changed):
    number = numbers.nsso_number().screen
    return {"nsso_number": number, "begins": FIRST_DAY, "reason": REASON, "version": "0"} | changed


def do(browser, address, what):
    """Ask, check and confirm; gives the check page and where it leads to."""
    what = what | {"version": hidden(browser.get(address), "version")}
    check = browser.post(address, what)
    assert check.status_code == 200, text_of(check)
    return check, browser.post(address, what | {"confirm": "1"}, follow=True)


def states(reference):
    rows = models.Mandate.objects.filter(authorisation_id=reference.number).order_by("place")
    return [row.state.value for row in rows]


class TestTheList:
    def test_leads_to_the_one_that_a_number_names(self, office, cast):
        number = register.registered_as_employer(cast.client)
        for text in (cast.client.screen, number.screen, "Bakkerij Peeters"):
            answer = office.get(at("employers"), {"text": text})
            assert (answer.status_code, answer["Location"]) == (302, at("employer", cast.client))

    def test_shows_several_of_a_name(self, office):
        for _ in range(2):
            register.an_enterprise("Garage Maes")
        text = text_of(office.get(at("employers"), {"text": "garage"}))
        assert text.count("Garage Maes") == 2
        assert "Never registered" in text

    @pytest.mark.parametrize("text", ["ab", "0123.456.700", "\x00\x01", "x" * 300, "%%%"])
    def test_says_what_is_wrong_with_what_was_typed(self, office, text):
        answer = office.get(at("employers"), {"text": text})
        assert answer.status_code in (200, 422)
        page = text_of(answer)
        assert "There is a problem" in page or "No enterprise found" in page

    def test_holds_what_no_file_has_confirmed(self, office, cast):
        assert "Nothing waits for the register" in text_of(office.get(at("employers")))
        do(office, at("employer_register", cast.client), typed())
        text = text_of(office.get(at("employers")))
        assert "Bakkerij Peeters" in text
        assert "written by the office" in text


class TestRegistering:
    def test_shows_what_follows_and_makes_what_waits_active(self, office, cast, waiting):
        assert states(waiting) == ["identification"]
        check, done = do(office, at("employer_register", cast.client), typed())
        text = text_of(check)
        assert "1 mandate waits for it and becomes active" in text
        assert "That happens at once" in text
        assert REASON in text
        assert done.redirect_chain == [(at("employer", cast.client), 302)]
        assert "The employer is registered" in text_of(done)
        assert states(waiting) == ["active"]
        assert REASON in text_of(done)
        assert cast.officer.person.name in text_of(done)

    def test_writes_nothing_before_it_is_confirmed(self, office, cast, waiting):
        office.post(at("employer_register", cast.client), typed())
        assert not models.Employer.objects.exists()
        assert states(waiting) == ["identification"]

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"nsso_number": ""}, "nine digits"),
            ({"nsso_number": "0009354-68"}, "check digits"),
            ({"nsso_number": "9" * 500}, "nine digits"),
            ({"begins": ""}, "There is a problem"),
            ({"begins": "31/02/2026"}, "There is a problem"),
            ({"begins": "31/12/1999"}, "is not active yet"),
            ({"reason": ""}, "Enter a reason."),
            ({"reason": "x" * 1001}, "at most 1000 characters"),
        ],
    )
    def test_says_what_is_wrong_at_the_field(self, office, cast, changed, said):
        before = written()
        answer = office.post(at("employer_register", cast.client), typed(confirm="1", **changed))
        assert answer.status_code in (409, 422)
        assert said in text_of(answer)
        assert written() == before

    def test_twice_says_that_it_is_one_already(self, office, cast):
        register.registered_as_employer(cast.client)
        answer = office.post(at("employer_register", cast.client), typed())
        assert answer.status_code == 409
        assert "registered already on some of these days" in text_of(answer)

    def test_of_an_enterprise_that_nobody_knows_is_not_found(self, office):
        unknown = numbers.enterprise_number()
        assert office.get(at("employer", unknown)).status_code == 404
        assert office.get(at("employer_register", unknown)).status_code == 404


class TestEnding:
    @pytest.fixture
    def active(self, cast):
        """Give an active mandate for employers, and its mandator's registration."""
        register.registered_as_employer(cast.client)
        reference = roads.signed_by_both(cast.director, cast.accountant, "employers")
        return reference, models.Employer.objects.get(enterprise=cast.client)

    def test_leaves_the_mandate_and_says_so_everywhere(self, office, cast, active):
        reference, row = active
        address = at("employer_end", cast.client, row.pk)
        check, done = do(office, address, {"ends": "22/11/2026", "reason": REASON})
        assert "1 active mandate for groups of employers stays as it is" in text_of(check)
        assert "The last day is written down" in text_of(done)
        assert states(reference) == ["active"]
        told = models.Notice.objects.filter(telling=Telling.EMPLOYER_CEASED)
        assert told.count() == 2
        for page in (
            as_(cast.accountant).get(go("mandate", reference, 1)),
            office.get(at("mandate", reference, 1)),
        ):
            assert "Bakkerij Peeters is no longer an employer" in text_of(page)
        assert "Stays as it is" in text_of(office.get(at("ceased")))

    def test_from_a_page_that_is_no_longer_true_changes_nothing(self, office, cast, active):
        _, row = active
        address = at("employer_end", cast.client, row.pk)
        do(office, address, {"ends": "22/11/2026", "reason": REASON})
        stale = office.post(
            address, {"ends": "21/11/2026", "reason": REASON, "version": "0", "confirm": "1"}
        )
        assert stale.status_code == 409
        assert models.Employer.objects.get().ends == datetime.date(2026, 11, 22)

    def test_of_a_registration_that_is_not_there_is_not_found(self, office, cast):
        for key in (1, 10**30):
            assert office.get(at("employer_end", cast.client, key)).status_code == 404


class TestCeasedParties:
    @pytest.fixture
    def settled(self, cast):
        """Give an authorisation whose mandatary has ceased."""
        reference = roads.signed_by_both(cast.director, cast.accountant, "several")
        models.Enterprise.objects.filter(pk=cast.provider).update(
            ceased_on=datetime.date(2026, 11, 20)
        )
        settle_ceased.settle(at=moment(minute=30), on=clock.today())
        return reference

    def test_are_told_of_on_the_mandate_to_the_other_and_to_officers(self, office, cast, settled):
        for page in (
            as_(cast.director).get(go("mandate", settled, 1)),
            office.get(at("mandate", settled, 1)),
        ):
            text = text_of(page)
            assert "Fiduciaire Dupont has ceased" in text
            assert "its last day was 19 November 2026" in text
            assert "Ends with 4/2026, on 31 December 2026." in text

    def test_stand_in_the_history(self, office, settled):
        text = text_of(office.get(at("history", settled)))
        assert "A party has ceased" in text
        assert "Mandatary: ceased; the last day was 19 November 2026." in text
        assert "By itself, by the register" in text
        assert "cannot be read" not in text

    def test_are_listed_and_those_that_are_back_too(self, office, cast, settled):
        page = office.get(at("ceased"))
        assert f"{settled}/1" in text_of(page)
        assert "otherwise" not in text_of(page)
        models.Enterprise.objects.filter(pk=cast.provider).update(ceased_on=None)
        text = text_of(office.get(at("ceased"), {"back": "1"}))
        assert "The register says otherwise by now" in text
        assert f"{settled}/1" in text

    def test_list_is_empty_at_first_and_bears_any_page(self, office):
        for page in ("1", "0", "-3", "9" * 50, "forged"):
            answer = office.get(at("ceased"), {"page": page})
            assert "No mandate was touched" in text_of(answer)

    def test_unsigned_say_why_they_expired(self, cast):
        reference = roads.drawn_up(cast.director, cast.accountant, "several", signed=True)
        models.Enterprise.objects.filter(pk=cast.provider).update(
            ceased_on=datetime.date(2026, 11, 20)
        )
        settle_ceased.settle(at=moment(minute=30), on=clock.today())
        text = text_of(as_(cast.director).get(go("mandate", reference, 1)))
        assert "It will not be used, as Fiduciaire Dupont has ceased." in text
        assert "Expired: it could no longer be signed." in text
