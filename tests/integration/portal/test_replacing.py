"""Replacing another mandatary's mandate on the screens: read before signing, and taken back."""

import pytest

from mahis.domain.mandate import State
from mahis.store import models
from tests.factories import register, roads
from tests.integration.portal.people import as_, complete, go, hidden, somebody, text_of

pytestmark = pytest.mark.django_db

_ENDS = "ends with quarter 4/2026: 31 December 2026 is its last day"


@pytest.fixture
def rival(cast):
    """Give who signs for the provider that holds the group already."""
    quality = cast.accountant.capacity.quality
    return somebody(register.a_provider("Rival"), quality, may_sign=True)


@pytest.fixture
def older(cast, rival):
    """Give the authorisation that stands in the way."""
    return roads.signed_by_both(cast.director, rival, "single")


def overview(browser, cast, **changed):
    """Fill in the first step with the box ticked, and go on to the second."""
    typed = complete(cast, groups=["single"], replace=["single"], **changed)
    return browser.post(go("new"), typed, follow=True)


def drawn_up(cast, button="sign"):
    """Draw up what replaces; gives the page after it."""
    browser = as_(cast.director)
    page = overview(browser, cast)
    return browser.post(
        page.redirect_chain[-1][0], {"shown": hidden(page, "shown"), button: ""}, follow=True
    )


def newest():
    return models.Authorisation.objects.latest("pk").reference


def replaced(cast, older):
    """Replace by both signatures; gives the newer authorisation."""
    drawn_up(cast)
    reference = newest()
    assert reference != older
    as_(cast.accountant).post(go("sign", reference), {"version": "2"})
    return reference


def end_of(reference):
    row = models.Mandate.objects.get(authorisation_id=reference.number)
    return row.quarters.end and row.quarters.end.code


class TestDrawingUp:
    def test_offers_to_replace_what_stands_in_the_way(self, cast, older):
        browser = as_(cast.director)
        page = browser.post(go("new"), complete(cast, groups=["single"]), follow=True)
        shown = text_of(page)
        assert "Instead of whom?" in shown
        assert "Replace the mandate of Rival for single en" in shown
        assert _ENDS in shown
        assert f"{older}/1" in shown
        assert "Tick it here if it is to be replaced" in shown

    def test_shows_the_new_mandatary_no_reference_of_it(self, cast, older):
        page = as_(cast.accountant).post(
            go("new"),
            complete(
                cast,
                other_party=cast.client.screen,
                chosen=cast.client.digits,
                groups=["single"],
            ),
            follow=True,
        )
        assert "Replace the mandate of Rival" in text_of(page)
        assert str(older) not in page.content.decode()

    def test_offers_nothing_for_a_mandate_with_an_end_of_its_own(self, cast, rival):
        roads.signed_by_both(cast.director, rival, "single", end="1/2027")
        page = as_(cast.director).post(go("new"), complete(cast, groups=["single"]), follow=True)
        assert "Instead of whom?" not in text_of(page)
        assert "single en is already with Rival, from" in text_of(page)

    def test_says_before_signing_what_ends_when(self, cast, older):
        page = overview(as_(cast.director), cast)
        assert "What ends by this" in text_of(page)
        assert f"the mandate of Rival for single en {_ENDS}" in text_of(page)

    def test_keeps_the_box_ticked(self, cast, older):
        browser = as_(cast.director)
        overview(browser, cast)
        page = browser.get(go("draft", models.Draft.objects.get().pk))
        assert page.context["form"]["replace"].value() == ["single"]
        assert 'name="replace" value="single"' in page.content.decode()

    def test_is_shown_again_where_another_mandate_stands_there_meanwhile(self, cast, rival, older):
        browser = as_(cast.director)
        page = overview(browser, cast)
        models.Mandate.objects.filter(authorisation_id=older.number).update(state=State.WITHDRAWN)
        other = somebody(register.a_provider("Second rival"), rival.capacity.quality, may_sign=True)
        roads.signed_by_both(cast.director, other, "single")
        answer = browser.post(
            page.redirect_chain[-1][0], {"shown": hidden(page, "shown"), "sign": ""}
        )
        assert answer.status_code == 409
        assert "the mandate of Second rival for single en" in text_of(answer)

    def test_leaves_the_older_mandate_alone_until_both_have_signed(self, cast, older):
        page = drawn_up(cast)
        assert f"the mandate of Rival for single en {_ENDS}" in text_of(page)
        assert end_of(older) is None


class TestSigning:
    def test_says_before_what_ends_when_and_ends_it(self, cast, older):
        drawn_up(cast)
        reference = newest()
        browser = as_(cast.accountant)
        assert _ENDS in text_of(browser.get(go("sign", reference)))
        answer = browser.post(go("sign", reference), {"version": "2"}, follow=True)
        assert "It takes the place of the mandate of Rival for single en" in text_of(answer)
        assert end_of(older) == "2026Q4"

    def test_leaves_both_parties_of_the_older_mandate_the_name_of_the_newer(
        self, cast, rival, older
    ):
        reference = replaced(cast, older)
        for actor, sees_reference in ((cast.director, True), (rival, False)):
            page = as_(actor).get(go("mandate", older, 1))
            assert "A mandate of Fiduciaire Dupont for single en takes its place" in text_of(page)
            assert "Replaced by" in text_of(page)
            assert (f"{reference}/1" in page.content.decode()) is sees_reference

    def test_leads_from_the_newer_mandate_to_the_older_for_those_who_may_see_it(self, cast, older):
        reference = replaced(cast, older)
        for actor, sees_reference in ((cast.director, True), (cast.accountant, False)):
            page = as_(actor).get(go("mandate", reference, 1))
            assert "Replaces Rival" in text_of(page)
            assert (go("mandate", older, 1) in page.content.decode()) is sees_reference


class TestWithdrawing:
    def test_is_offered_until_the_new_mandate_begins_and_says_what_follows(self, cast, older):
        reference = replaced(cast, older)
        browser = as_(cast.director)
        address = go("withdraw_replacement", reference)
        assert address in browser.get(go("authorisation", reference)).content.decode()
        page = browser.get(address)
        assert "the mandate of Rival has no end quarter any more" in text_of(page)
        answer = browser.post(address, {"version": "3", "places": "1"}, follow=True)
        assert "You have withdrawn" in text_of(answer)
        assert end_of(older) is None

    def test_twice_by_a_second_click_leads_to_the_same_page(self, cast, older):
        reference = replaced(cast, older)
        browser = as_(cast.director)
        address = go("withdraw_replacement", reference)
        for _ in range(2):
            answer = browser.post(address, {"version": "3", "places": "1"})
            assert answer["Location"] == go("authorisation", reference)

    @pytest.mark.parametrize("places", [[], ["7"], ["x"], ["9999"], ["1", "2"]])
    def test_of_nothing_sensible_is_refused_at_the_boxes(self, cast, older, places):
        reference = replaced(cast, older)
        answer = as_(cast.director).post(
            go("withdraw_replacement", reference), {"version": "3", "places": places}
        )
        assert answer.status_code == 422
        assert answer.context["form"].errors["places"]
        assert end_of(older) == "2026Q4"

    def test_is_not_for_those_without_a_function_nor_for_the_replaced(self, cast, rival, older):
        reference = replaced(cast, older)
        address = go("withdraw_replacement", reference)
        assert "There is nothing to do here" not in text_of(as_(cast.director).get(address))
        for actor in (cast.clerk, rival, cast.stranger):
            answer = as_(actor).post(address, {"version": "3", "places": "1"})
            assert answer.status_code in (403, 404)
        assert end_of(older) == "2026Q4"

    def test_is_not_offered_for_a_mandate_that_replaces_nothing(self, cast):
        reference = roads.signed_by_both(cast.director, cast.accountant, "single", start="1/2027")
        page = as_(cast.director).get(go("authorisation", reference))
        assert go("withdraw_replacement", reference) not in page.content.decode()
        assert go("withdraw", reference) not in page.content.decode()
        page = as_(cast.director).get(go("withdraw_replacement", reference))
        assert page.status_code == 200
        assert "There is nothing to do here for you now" in text_of(page)


def test_a_mandate_in_identification_can_be_closed_from_the_screens(cast):
    reference = roads.signed_by_both(cast.director, cast.accountant, "employers", start="1/2027")
    browser = as_(cast.director)
    assert go("close", reference) in browser.get(go("authorisation", reference)).content.decode()
    typed = {"version": "3", "places": "1", "end": "2/2027"}
    browser.post(go("close_confirm", reference), typed)
    page = browser.get(go("mandate", reference, 1))
    assert "and ends on 30 June 2027 in any case" in text_of(page)
