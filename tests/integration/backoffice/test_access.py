"""Who gets through the officers' door: officers and auditors, and auditors change nothing."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from mahis.backoffice import urls
from mahis.domain.parties import Quality
from mahis.store.models import (
    ApplicationGroup,
    Delegation,
    GroupMembership,
    Mandate,
    MatrixVersion,
    Notice,
)
from mahis.web import access
from mahis.web.converters import EnterpriseConverter
from tests.factories import register, roads
from tests.factories.mandates import period
from tests.integration.backoffice import scanning
from tests.integration.portal.people import as_, log_in, written
from tests.integration.usecases import providing

pytestmark = pytest.mark.django_db

PATTERNS = {
    pattern.name: pattern
    for pattern in urls.urlpatterns
    if isinstance(pattern, URLPattern) and pattern.name
}
CHANGING = {
    name
    for name, pattern in PATTERNS.items()
    if (rule := access.rule_of(pattern.callback)) and rule.manages
}
#: Acts that are one click, with no page of their own.
CLICKS = {
    "scan_next",
    "scan_claim",
    "scan_release",
    "scan_approve",
    "scan_reject",
    "letter_addresses",
    "send_again",
    "request_claim",
    "request_release",
    "request_accept",
    "request_refuse",
    "provider_block",
    "provider_unblock",
}
#: Acts with a form, a page to check and a reason.
CHANGES = {
    "close",
    "close_confirm",
    "attach",
    "group_add",
    "group_correct",
    "group_end",
    "group_hand_back",
    "membership_add",
    "membership",
    "membership_remove",
    "application_add",
    "application_correct",
    "application_end",
    "application_hand_back",
    "employer_register",
    "employer_end",
    "matrix_load",
    "matrix_load_confirm",
    "matrix_withdraw",
    "delegation_end",
}
#: About a signed form, a letter or a batch of them: there is none here, and they have their tests.
REPORTS = {
    "document_report",
    "document_report_json",
    "letter_manifest",
    "letter_package",
    "matrix_export_withdrawn",
    "notice_letter",
}
SHOWING = sorted(set(PATTERNS) - CHANGING - REPORTS)
ABOUT_SCANS = ("scan", "document")
#: Parts of the addresses of what changes something.
ACTS = (
    "close",
    "attach",
    "next",
    "claim",
    "release",
    "approve",
    "reject",
    "addresses",
    "new-group",
    "new-application",
    "correct",
    "end",
    "put-in",
    "take-out",
    "hand-back",
    "register",
    "load",
    "withdraw",
    "accept",
    "refuse",
    "block",
)
METHODS = ("get", "post")


@pytest.fixture
def address(cast, kept_here):
    """Give the address of a screen, about an active mandate or a scan where it is about one."""
    active = roads.signed_by_both(cast.director, cast.accountant, "several")
    waiting = scanning.submitted(cast, "single")
    notice = Notice.objects.filter(authorisation=active.number).latest("created_at")
    register.an_application("app", ApplicationGroup.objects.get(code="several"))
    about: dict[str, object] = {"place": 1, "number": 1, "page": 1, "notice": notice.pk}
    about["registration"] = 1
    asking = providing.representative(providing.fitting())
    requested = providing.ask(asking)
    delegation = Delegation.objects.create(
        mandate=Mandate.objects.get(authorisation=active.number),
        delegate_id=register.a_provider("Former"),
        quarters=period("1/2026", "2/2026"),
        created_at=notice.created_at,
        created_by=cast.accountant.person.insz,
        created_by_name=cast.accountant.person.name,
    )

    def give(name):
        about["reference"] = waiting if name.startswith(ABOUT_SCANS) else active
        if name.startswith("request"):
            about["reference"] = requested
        about["code"] = "app" if name.startswith("application") else "several"
        if name.startswith("membership"):
            about["number"] = GroupMembership.objects.get().pk
        if name.startswith("delegation"):
            about["number"] = delegation.pk
        if name.startswith("matrix"):
            about["number"] = MatrixVersion.objects.get().pk
        wanted = PATTERNS[name].pattern.converters
        kinds = {key: type(converter) for key, converter in wanted.items()}
        found = {
            key: cast.provider if kind is EnterpriseConverter else about[key]
            for key, kind in kinds.items()
        }
        return reverse(f"backoffice:{name}", kwargs=found)

    return give


def test_only_these_change_something():
    assert sorted(CHANGING) == sorted(CHANGES | CLICKS)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", PATTERNS)
def test_people_of_companies_are_refused_in_every_quality(name, method, companies, address):
    assert {actor.capacity.quality for actor in companies} == set(Quality) - {Quality.NSSO_OFFICER}
    before = written()
    for actor in companies:
        answer = getattr(as_(actor), method)(address(name), {"places": "1", "end": "1/2027"})
        assert answer.status_code == 403
    assert written() == before


@pytest.mark.parametrize("name", PATTERNS)
def test_visitors_are_led_to_the_login(name, address):
    answer = Client().get(address(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


@pytest.mark.parametrize("name", SHOWING)
def test_officers_and_auditors_see_every_screen(name, cast, auditor, address):
    for actor in (cast.officer, auditor):
        assert as_(actor).get(address(name)).status_code == 200


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", sorted(CHANGING))
def test_auditors_are_refused_where_something_changes(name, method, auditor, address):
    before = written()
    answer = getattr(as_(auditor), method)(
        address(name), {"version": "3", "places": "1", "end": "4/2026", "reason": "By letter"}
    )
    assert answer.status_code == 403
    assert written() == before


@pytest.mark.parametrize("name", SHOWING)
def test_auditors_see_nothing_that_changes_something(name, auditor, address):
    page = as_(auditor).get(address(name)).content.decode(errors="replace")
    for act in ACTS:
        assert f"/{act}/" not in page


@pytest.mark.parametrize("name", SHOWING)
def test_screens_that_only_show_take_nothing(name, cast, address):
    assert as_(cast.officer).post(address(name)).status_code == 405


@pytest.mark.parametrize("name", sorted(set(PATTERNS) - CLICKS - REPORTS))
def test_no_page_holds_a_national_number(name, cast, address, national_numbers):
    answer = as_(cast.officer).get(address(name))
    numbers = national_numbers()
    assert len(numbers) > 3
    page = answer.content.decode(errors="replace")
    assert not [number for number in numbers if number in page.replace(".", "").replace("-", "")]


def test_an_officer_whose_right_ended_gets_in_no_more(cast):
    browser = log_in(Client(), cast.officer)
    from mahis.store.models import AccessRight

    AccessRight.objects.filter(person=cast.officer.person.insz).delete()
    answer = browser.get(reverse("backoffice:home"))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/capacity/")
