"""Every field of every screen, fed with everything that people and programs get wrong."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mahis.store import models
from tests.factories import register, roads
from tests.integration.portal import test_access
from tests.integration.portal.people import as_, complete, go, hidden, text_of, written
from tests.integration.usecases import providing

pytestmark = pytest.mark.django_db

HOSTILE = (
    "",
    "   ",
    "a" * 501,
    "9" * 30_000,
    "0",
    "-1",
    "999",
    "9" * 25,
    "0123.456.788",
    "1/2027\n2/2027",
    "5/2027",
    "1/0000",
    "4/2199",
    "9999-999999999999",
    "2026-1/999",
    "\x00",
    "1/20\x0027",
    "\x01\x1b[31m\x7f\x85\u2028",
    "\u202e\ufeff1/2027",
    "\uff11/\uff12\uff10\uff12\uff17",
    "\u0664/\u0662\u0660\u0662\u0666",
    "Ωμέγα 社会保険",
    "😀" * 60,
    "e\u0301" * 100,
    "%00%0d%0aSet-Cookie: a=b",
    "' OR 1=1 --\\%_",
    "{{ 7|add:7 }}{% load %}",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "//evil.example/",
    "null",
    "[]",
    "mandator",
)

DRAWING = ("other_party", "chosen", "groups", "start", "end")
TYPED = ("mandator", "mandatary", "quarter", "reference")
CHOSEN = ("groups", "states", "side", "awaited", "sort", "page", "unknown")


@pytest.fixture
def reference(cast):
    """Give an authorisation that waits for the accountant."""
    return roads.drawn_up(cast.director, cast.accountant, "several", signed=True)


@pytest.fixture
def asked(cast):
    """Let the director ask for the quality of service provider."""
    models.UserAccount.objects.create(
        enterprise=cast.client, begins=register.LONG_AGO, ebox_opened_on=register.LONG_AGO
    )
    providing.ask(cast.director)


@pytest.fixture
def running(cast):
    """Give an authorisation with two active mandates."""
    return roads.signed_by_both(cast.director, cast.accountant, "single", "several")


def refused_kindly(answer, value):
    """See that an answer is a page of ours, and that nothing typed came back as markup."""
    assert answer.status_code < 500
    assert "<script>alert" not in answer.content.decode()
    assert "<img src=x" not in answer.content.decode()


@pytest.mark.parametrize("field", DRAWING)
def test_drawing_up_takes_anything_and_writes_nothing(cast, field):
    browser, before = as_(cast.director), written()
    for value in HOSTILE:
        kept = browser.post(go("new"), complete(cast, **{field: value}))
        refused_kindly(browser.get(kept["Location"], follow=True), value)
    assert written() == before


@pytest.mark.parametrize("button", ["find", "later", "next"])
def test_a_form_wrong_in_every_field_is_kept(cast, button):
    browser, before = as_(cast.director), written()
    for value in HOSTILE:
        fields = dict.fromkeys(DRAWING, value) | {button: ""}
        answer = browser.post(go("new"), fields, follow=True)
        refused_kindly(answer, value)
        assert answer.status_code == 200
    assert written() == before


@pytest.mark.parametrize("field", ["other_party", "chosen", "groups", "start"])
def test_a_form_with_one_wrong_field_says_so_at_the_field(cast, field):
    browser = as_(cast.director)
    for value in ("", "\x00", "abc", "0123.456.788", "9/9999", "社会保険"):
        answer = browser.post(go("new"), complete(cast, **{field: value}), follow=True)
        assert answer.redirect_chain[-1][0].endswith("?checked=1"), (field, value)
        assert answer.context["form"].errors, (field, value)


def test_more_groups_than_there_are_change_nothing(cast):
    browser, before = as_(cast.director), written()
    data = complete(cast, groups=[f"group{number}" for number in range(900)])
    answer = browser.post(go("new"), data, follow=True)
    refused_kindly(answer, "")
    assert "There is no such application group" in text_of(answer)
    assert written() == before


@pytest.mark.parametrize("button", ["sign", "later"])
def test_nobody_signs_what_they_have_not_seen(cast, button):
    browser = as_(cast.director)
    overview = browser.post(go("new"), complete(cast), follow=True)
    address, shown = overview.redirect_chain[-1][0], hidden(overview, "shown")
    before = written()
    for value in HOSTILE:
        refused_kindly(browser.post(address, {"shown": value, button: ""}), value)
    draft = models.Draft.objects.get()
    browser.post(go("draft", draft.pk), complete(cast, start="2/2027"))
    answer = browser.post(address, {"shown": shown, button: ""})
    assert answer.status_code == 409
    assert "changed" in text_of(answer)
    assert written() == before


@pytest.mark.parametrize("name", ["sign", "refuse", "withdraw"])
def test_a_tampered_count_of_acts_fits_no_authorisation(cast, reference, name):
    actor = cast.director if name == "withdraw" else cast.accountant
    browser, before = as_(actor), written()
    for value in HOSTILE:
        answer = browser.post(go(name, reference), {"version": value, "reason": "Because."})
        refused_kindly(answer, value)
        assert answer.status_code == 409, value
    assert written() == before


def test_a_refusal_needs_a_readable_reason(cast, reference):
    browser, before = as_(cast.accountant), written()
    version = models.Authorisation.objects.get().version
    for value in ("", "   ", "\n\n", "x" * 1001):
        answer = browser.post(go("refuse", reference), {"version": version, "reason": value})
        assert answer.status_code == 422
        assert "reason" in text_of(answer)
    assert written() == before
    nul = browser.post(go("refuse", reference), {"version": version, "reason": "Not\x00us"})
    assert nul.status_code == 302
    assert models.HistoryEntry.objects.filter(reason="Not\N{REPLACEMENT CHARACTER}us").exists()


@pytest.mark.parametrize(
    ("name", "method"), [("close", "post"), ("close_confirm", "get"), ("close_confirm", "post")]
)
@pytest.mark.parametrize("field", ["version", "places", "end"])
def test_closing_takes_anything_and_writes_nothing(cast, running, name, method, field):
    browser, before = as_(cast.director), written()
    right = {"version": "3", "places": ["1"], "end": "2/2027"}
    harmless = {"4/2199"} if field == "end" else set()
    for value in HOSTILE:
        if value in harmless:
            continue
        answer = getattr(browser, method)(go(name, running), right | {field: value})
        refused_kindly(answer, value)
    assert written() == before
    assert not models.Mandate.objects.exclude(quarters__endswith=None).exists()


@pytest.mark.parametrize("field", TYPED)
def test_searching_takes_anything_typed(cast, running, field):
    browser = as_(cast.director)
    for value in HOSTILE:
        answer = browser.get(go("search"), {field: value})
        refused_kindly(answer, value)
        assert answer.status_code == 200


def test_searching_takes_anything_in_what_can_only_be_chosen(cast, running):
    browser = as_(cast.director)
    for value in HOSTILE:
        answer = browser.get(go("search"), dict.fromkeys(CHOSEN, value))
        refused_kindly(answer, value)
        assert answer.status_code == 200
    assert browser.get(go("search"), dict.fromkeys(CHOSEN, HOSTILE)).status_code == 200


def test_the_matrix_takes_anything(cast):
    browser = as_(cast.director)
    for value in HOSTILE:
        answer = browser.get(go("matrix"), {"form": value})
        refused_kindly(answer, value)
        assert answer.status_code == 200


@pytest.mark.parametrize("field", ["capacity", "next"])
def test_choosing_a_capacity_takes_anything_and_follows_nobody_out(cast, field):
    browser = as_(cast.director)
    for value in HOSTILE:
        answer = browser.post(go("choose_capacity"), {field: value})
        refused_kindly(answer, value)
        assert answer.status_code == 409
        assert "evil" not in answer.get("Location", "")
    code = f"{cast.provider.digits}-serviceProvider-manage"
    assert browser.post(go("choose_capacity"), {"capacity": code}).status_code == 409


@pytest.mark.parametrize(
    "address",
    [
        "/mandates/2026-0000000/",
        "/mandates/2026-999999999999/",
        "/mandates/9999-999999999999/sign/",
        "/mandates/2026-9999999999999/",
        "/mandates/0000-1/",
        "/mandates/abc/",
        "/mandates/2026-0000001/999/",
        "/mandates/2026-0000001/0/",
        "/mandates/2026-0000001/99999999999999999999/",
        "/mandates/new/abc/",
        "/mandates/new/00000000-0000-0000-0000-000000000000/",
        "/mandates/new/00000000-0000-0000-0000-000000000000/validate/",
        "/mandates/%00/",
        "/mandates/2026-0000001%00/",
    ],
)
def test_addresses_that_lead_nowhere_say_so(cast, address):
    assert as_(cast.director).get(address).status_code == 404


@pytest.mark.parametrize("name", sorted(test_access.NAMES))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    fields=st.dictionaries(
        st.sampled_from(
            [*DRAWING, *TYPED, *CHOSEN, "version", "places", "reason", "shown", "capacity"]
        ),
        st.one_of(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=5)),
        max_size=6,
    ),
    method=st.sampled_from(["get", "post"]),
)
@pytest.mark.usefixtures("asked")
def test_no_screen_falls_over_anything(cast, reference, name, fields, method):
    fields = {
        key: _encodable(value) if isinstance(value, str) else [_encodable(each) for each in value]
        for key, value in fields.items()
    }
    address = test_access.address(name, reference)
    # 503: no seal is configured here, which a form cannot be made without.
    answer = getattr(as_(cast.director), method)(address, fields)
    assert answer.status_code < 500 or answer.status_code == 503


def _encodable(text):
    return text.encode("utf-8", "ignore").decode()


def test_broken_encodings_are_no_error_of_ours(cast):
    browser = as_(cast.director)
    raw = b"other_party=%ff%fe%c0%80&start=%ed%a0%80&next="
    answer = browser.post(
        go("new"), raw, content_type="application/x-www-form-urlencoded", follow=True
    )
    assert answer.status_code == 200
    assert browser.get(go("search") + "?mandator=%ff%fe&quarter=%c0%80").status_code == 200
    assert models.Draft.objects.filter(pk=answer.redirect_chain[-1][0].split("/")[3]).exists()
