"""Access is denied unless a view is opened, and a right that was taken away ends at once."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from mahis.domain.parties import Quality
from mahis.store.models import AccessRight
from mahis.web import access, asking
from tests.integration.portal import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    """Speak English also where no middleware chooses a language."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db):
    """Give people who log in."""
    return people.gather()


def meet(view, browser=None):
    """Let the gatekeeper look at a request for a view; None lets it in."""
    request = RequestFactory().get("/somewhere/?page=2")
    request.session = (browser or Client()).session
    gatekeeper = access.AccessMiddleware(lambda _: HttpResponse())
    return gatekeeper.process_view(request, view, (), {})


def view(_request):
    """Stand for any view."""
    return HttpResponse("opened")


def marked(mark):
    """Give a view of its own with a mark; marks stay on what they are put on."""

    def fresh(_request):
        return HttpResponse("opened")

    return mark(fresh)


def test_a_view_without_a_mark_is_closed_even_to_who_may_everything_else(cast):
    assert meet(view, people.as_(cast.director)).status_code == 403


def test_a_view_for_everyone_asks_nobody():
    assert meet(marked(access.open_to_everyone)) is None


def test_a_visitor_is_led_to_the_login_and_back():
    answer = meet(marked(access.consults))
    assert answer["Location"] == "/login/?next=%2Fsomewhere%2F%3Fpage%3D2"


def test_who_is_logged_in_needs_no_capacity_where_none_is_asked(cast):
    browser = people.log_in(Client(), cast.director, choosing=False)
    assert meet(marked(access.for_person), browser) is None
    answer = meet(marked(access.consults), browser)
    assert answer["Location"].startswith("/capacity/?next=")


def test_readers_look_but_do_not_change(cast):
    browser = people.as_(cast.reader)
    assert meet(marked(access.consults), browser) is None
    answer = meet(marked(access.manages), browser)
    assert answer.status_code == 403
    assert "not create, sign or close" in people.text_of(answer)


def test_a_page_for_officers_is_closed_to_companies_and_the_other_way_round(cast):
    officers = access.for_capacity(qualities=frozenset({Quality.NSSO_OFFICER}))
    assert meet(marked(officers), people.as_(cast.director)).status_code == 403
    assert meet(marked(officers), people.as_(cast.officer)) is None
    assert meet(marked(access.manages), people.as_(cast.officer)).status_code == 403


def test_a_right_that_was_taken_away_ends_with_the_next_click(cast):
    browser = people.as_(cast.director)
    assert meet(marked(access.manages), browser) is None
    AccessRight.objects.filter(person=cast.director.person.insz).delete()
    assert meet(marked(access.manages), browser)["Location"].startswith("/capacity/")


def test_asking_who_asks_behind_an_open_view_is_a_slip_of_ours():
    request = RequestFactory().get("/")
    request.session = Client().session
    with pytest.raises(asking.NobodyAsks):
        asking.actor(request)
