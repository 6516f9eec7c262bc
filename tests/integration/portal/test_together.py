"""Where two persons sign together: what the screens say to each of them, and to the other party."""

import pytest

from mahis.domain.parties import Quality
from mahis.store import models
from tests.factories import register, roads
from tests.integration.backoffice import scanning
from tests.integration.portal import people
from tests.integration.portal.people import as_, go, text_of

pytestmark = pytest.mark.django_db

FORM, CHAIR = "026", "10008"


@pytest.fixture
def chair(cast):
    """Give the chair of the client, for which two have to sign from now on."""
    models.Enterprise.objects.filter(number=cast.client).update(legal_form=FORM)
    models.MatrixVersion.objects.update(joint=[f"{FORM}:{register.MANAGER}+{CHAIR}"])
    actor = people.somebody(cast.client, Quality.COMPANY_WITHOUT_STAFF)
    register.holding(actor.person, cast.client, function=CHAIR)
    return actor


@pytest.fixture
def begun(cast, chair):
    """Give an authorisation that the director has signed, and the chair has not."""
    return roads.drawn_up(cast.director, cast.accountant, "several", signed=True)


def page(actor, name, *args):
    return text_of(as_(actor).get(go(name, *args)))


def test_the_first_is_told_before_and_after_that_another_has_to_sign(cast, chair):
    reference = roads.drawn_up(cast.director, cast.accountant, "several")
    assert "You sign together with another" in page(cast.director, "sign", reference)
    done = as_(cast.director).post(go("sign", reference), {"version": 1}, follow=True)
    text = text_of(done)
    assert "Awaiting another signatory" in text
    assert "A second person has to sign for Bakkerij Peeters too." in text
    assert "Look and sign" not in text
    assert "Awaiting another signatory" in page(cast.director, "sign", reference)
    again = as_(cast.director).post(go("sign", reference), {"version": 2})
    assert again.status_code == 409
    assert "You have signed this already" in text_of(again)


def test_the_second_is_awaited_and_makes_it_whole(cast, chair, begun):
    assert "Awaiting you" in page(chair, "authorisation", begun)
    assert "1 mandate to be finalised" in page(chair, "home")
    assert "awaits another signatory" not in page(chair, "home")
    text = text_of(as_(chair).post(go("sign", begun), {"version": 2}, follow=True))
    assert "It is now up to Fiduciaire Dupont to sign or refuse it." in text
    assert [each.completes for each in models.Validation.objects.order_by("id")] == [False, True]


def test_the_home_page_of_the_first_says_whom_it_awaits(cast, begun):
    text = page(cast.director, "home")
    assert "1 mandate that you have signed awaits another signatory of your enterprise" in text
    assert "1 mandate to be finalised: your enterprise has not signed it yet" not in text


def test_somebody_whose_function_does_not_fit_sees_why_and_no_button(cast, begun):
    other = people.somebody(cast.client, Quality.COMPANY_WITHOUT_STAFF, may_sign=True)
    text = page(other, "sign", begun)
    assert "Your signature does not go with the first one" in text
    assert "Accept and sign" not in text
    refused = as_(other).post(go("sign", begun), {"version": 2})
    assert refused.status_code == 403


def test_the_other_party_sees_that_a_second_signatory_is_missing_and_can_sign(cast, begun):
    text = page(cast.accountant, "sign", begun)
    assert "A second signatory still has to sign" in text
    assert "Accept and sign" in text
    assert "Awaiting" not in text


class TestAtTheOffice:
    def approve(self, cast, reference, **second):
        officer = as_(cast.officer)
        officer.post(f"/office/scans/{reference}/claim/")
        shown = text_of(officer.get(f"/office/scans/{reference}/"))
        data = {
            "version": 2,
            "signatory_mandator": scanning.office_of(cast.director),
            "signatory_mandatary": scanning.office_of(cast.accountant),
            **second,
        }
        return shown, officer.post(f"/office/scans/{reference}/approve/", data, follow=True)

    def test_the_second_is_asked_for_where_two_sign_together(self, cast, chair):
        reference = scanning.submitted(cast)
        shown, answer = self.approve(cast, reference)
        assert "Who signed for the principal together with them?" in shown
        assert "Who signed for the mandatary together with them?" not in shown
        assert answer.status_code == 422
        assert "This person may only sign together with another." in text_of(answer)

    def test_both_are_taken(self, cast, chair):
        reference = scanning.submitted(cast)
        second = {"signatory_mandator_2": scanning.office_of(chair)}
        _shown, answer = self.approve(cast, reference, **second)
        assert "You have approved the authorisation" in text_of(answer)
        assert models.Validation.objects.count() == 3
