"""Who gets in where: nobody unasked, readers change nothing, strangers see nothing."""

import uuid

import pytest
from django.test import Client
from django.urls import URLPattern

from mahis.domain.parties import Side
from mahis.portal import urls
from mahis.store.models import IdentificationRequest, Notice, UserAccount
from tests.factories import register, roads
from tests.integration.portal.people import as_, go, log_in, text_of, written
from tests.integration.usecases import providing

pytestmark = pytest.mark.django_db

#: The screens on which something is changed, all closed to those who only consult.
CHANGING = {
    "new", "draft", "validate", "discard", "sign", "refuse", "withdraw", "close", "close_confirm",
    "form", "upload", "scan", "attach", "withdraw_replacement", "identification_contact",
    "identification_check", "identification_withdraw", "own_contact", "delegating_choose",
    "delegating", "delegating_confirm", "delegation_end",
}  # fmt: skip
#: The screens about one authorisation.
OF_ONE = {
    "authorisation", "mandate", "summary", "sign", "refuse", "withdraw", "close", "close_confirm",
    "form", "upload", "scan", "attach", "document", "document_report", "document_report_json",
    "withdraw_replacement",
}  # fmt: skip
#: The screens about one mandate or one document of it.
OF_PLACE = {
    "mandate", "document", "document_report", "document_report_json", "delegating",
    "delegating_confirm",
}  # fmt: skip
#: The screens about one notice.
OF_NOTICE = {"notice", "notice_letter"}
#: The screens about one request to become a service provider.
OF_REQUEST = {"identification_request", "identification_withdraw"}
#: What only service providers open.
OF_PROVIDERS = {"own_data", "own_contact", "delegations"}
#: The screens about one delegation.
OF_DELEGATION = {"delegation", "delegation_end"}
LOOKING = {"home", "search", "notices", "matrix", "own_representatives", "identification"}
NAMES = {str(pattern.name) for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}


def address(name, reference):
    """Give the address of a screen, whatever it is about."""
    if name in OF_DELEGATION:
        return go(name, 7)
    if name in OF_ONE | OF_PLACE:
        return go(name, reference, *[1] * (name in OF_PLACE))
    if name in OF_NOTICE:
        return go(name, Notice.objects.filter(side=Side.MANDATOR).latest("created_at").pk)
    if name in {"draft", "validate", "discard"}:
        return go(name, uuid.UUID(int=7))
    if name in OF_REQUEST:
        return go(name, IdentificationRequest.objects.get().reference)
    return go(name)


@pytest.fixture
def reference(cast):
    """Give an authorisation that waits for the accountant; the director asks for more, too."""
    UserAccount.objects.create(
        enterprise=cast.client, begins=register.LONG_AGO, ebox_opened_on=register.LONG_AGO
    )
    providing.ask(cast.director)
    return roads.drawn_up(cast.director, cast.accountant, "several", signed=True)


def test_the_tables_of_this_test_name_every_screen():
    about = OF_ONE | OF_NOTICE | OF_REQUEST | OF_DELEGATION
    assert CHANGING | about | OF_PROVIDERS | LOOKING | {"choose_capacity"} == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_nobody_gets_in_without_login(name, reference):
    answer = Client().get(address(name, reference))
    if name == "home":
        assert "Log in" in text_of(answer)
        assert "Bakkerij" not in text_of(answer)
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login/?next=%2F")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_nobody_posts_without_login(name, reference):
    before = written()
    answer = Client().post(address(name, reference), {"version": "2"})
    assert answer.status_code in {302, 401, 403}
    assert written() == before


@pytest.mark.parametrize("name", sorted(NAMES - {"choose_capacity"}))
def test_who_chose_no_capacity_is_asked_first(name, cast, reference):
    browser = log_in(Client(), cast.director, choosing=False)
    answer = browser.get(address(name, reference))
    assert answer.status_code == 302
    assert answer["Location"].startswith(go("choose_capacity"))


@pytest.mark.parametrize("name", sorted(CHANGING))
@pytest.mark.parametrize("method", ["get", "post"])
def test_readers_are_refused_where_something_changes(name, method, cast, reference):
    before = written()
    answer = getattr(as_(cast.reader), method)(address(name, reference), {"version": "2"})
    assert answer.status_code == 403
    assert written() == before


@pytest.mark.parametrize("name", sorted(LOOKING))
def test_readers_see_no_button_that_changes_something(name, cast, reference):
    page = as_(cast.reader).get(go(name)).content.decode()
    for changing in ("/mandates/new/", "/sign/", "/close/", "/refuse/", "/withdraw/"):
        assert changing not in page


@pytest.mark.parametrize("name", sorted(OF_ONE | OF_NOTICE | OF_REQUEST))
@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_told_that_there_is_nothing(name, method, cast, reference):
    before = written()
    answer = getattr(as_(cast.stranger), method)(
        address(name, reference),
        {"version": "2", "places": "1", "end": "4/2026", "reason": "Because"},
    )
    allowed = {404, 405} if name not in CHANGING else {404}
    assert answer.status_code in allowed
    assert "Bakkerij" not in text_of(answer)
    assert written() == before


@pytest.mark.parametrize("name", sorted((OF_ONE | OF_REQUEST) - CHANGING | OF_NOTICE | LOOKING))
def test_screens_that_only_show_take_nothing(name, cast, reference):
    assert as_(cast.director).post(address(name, reference)).status_code == 405


def test_drafts_of_others_do_not_exist(cast):
    as_(cast.director).post(go("new"), {"start": "1/2027"})
    from mahis.store.models import Draft

    draft = Draft.objects.get()
    for name in ("draft", "validate", "discard"):
        for method in ("get", "post"):
            answer = getattr(as_(cast.clerk), method)(go(name, draft.pk), {"start": "2/2027"})
            assert answer.status_code == 404
    assert Draft.objects.get().typed["start"] == "1/2027"


def test_officers_have_a_home_of_their_own(cast):
    answer = as_(cast.officer).get(go("home"))
    assert (answer.status_code, answer["Location"]) == (302, "/office/")


@pytest.mark.parametrize("name", ["new", "sign", "close"])
def test_officers_do_not_act_for_parties(name, cast, reference):
    before = written()
    answer = as_(cast.officer).post(address(name, reference), {"version": "2"})
    assert answer.status_code in {403, 302}
    assert written() == before
