"""Bad input, second clicks, the back button, tampering, and pages that are out of date."""

import pytest
from playwright.sync_api import expect

from mahis.domain.mandate import State
from mahis.domain.parties import Quality
from tests.journeys import roads
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter

PROVIDER = Quality.SERVICE_PROVIDER
_LINDEMEERS = ("Loonkantoor Lindemeers", PROVIDER)


@pytest.fixture
def plumber(visit) -> Visitor:
    """Somebody at the first step, with everything right; each test spoils something."""
    visitor = visit("Martinet", language="fr")
    roads.introduce(
        visitor,
        typed="bellero",
        name="Fiduciaire Belleroche",
        groups=("federalLearningAccount",),
        start=quarter(1),
    )
    return visitor


@pytest.mark.parametrize(
    ("field", "spoilt"),
    [
        (
            "other_party",
            ["", "0123.456.789", "0150.000.00", "Ελληνικά", "<script>alert(1)</script>", "x" * 200],
        ),
        (
            "start",
            ["", "5/2027", "1/1999", "1/2999", "maintenant", "\u0661/\u0662\u0660\u0662\u0667"],
        ),
        ("end", ["1/1999", "0/2027", "4/99999", "-1/2027"]),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(plumber, field, spoilt):
    box, summary = plumber.page.locator(f"#id_{field}"), plumber.page.locator(".error-summary")
    for typed in spoilt:
        box.fill(typed)
        plumber.press("Next: check and sign")
        expect(summary).to_be_focused()
        links = summary.locator(f"a[href='#id_{field}']")
        expect(links).to_have_count(1)
        expect(plumber.page.locator(f"#id_{field}-error")).to_be_visible()
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(box).to_have_value(typed)
        assert plumber.page.title().startswith(plumber.say("Error:"))
        links.click()
        expect(box).to_be_focused()
    _expect_nothing_written(plumber)


def test_every_empty_field_is_named_at_once(plumber):
    plumber.go("/mandates/new/")
    plumber.field("Start quarter").fill("")
    plumber.press("Next: check and sign")
    targets = plumber.page.locator(".error-summary a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert targets == ["#id_other_party", "#id_groups", "#id_start"]
    for target in targets:
        plumber.page.locator(f".error-summary a[href='{target}']").click()
        expect(plumber.page.locator(target)).to_be_focused()
    plumber.expect_accessible()


def test_who_cannot_be_the_other_party_is_refused_at_once_with_the_reason(plumber):
    # No provider; a blocked provider; the own enterprise.
    for name in ("Boulangerie Fontamont", "Advieskantoor Blauwvoet", "Martinet Marc"):
        roads.look_for(plumber, name)
        expect(plumber.page.locator("#id_other_party-error")).to_be_visible()
        expect(plumber.page.locator("input[name=chosen]")).to_have_count(0)
    plumber.expect_accessible()


def test_tampered_choices_are_refused(plumber):
    spoilt = [("chosen", "0150000008"), ("groups", "noSuchGroup"), ("groups", "dmfaDimona")]
    address = plumber.page.url
    for name, value in spoilt:
        plumber.go(address)
        plumber.page.locator(f"input[name={name}]").first.evaluate(
            "(box, value) => { box.value = value; box.checked = true; }", value
        )
        plumber.press("Next: check and sign")
        expect(plumber.page.locator(".error-summary")).to_be_visible()
    _expect_nothing_written(plumber)


def test_what_was_not_shown_is_not_signed(plumber):
    plumber.press("Next: check and sign")
    plumber.page.locator("input[name=shown]").evaluate("it => { it.value = 'forged'; }")
    plumber.press("Accept and sign")
    plumber.expect_heading("Check and sign")
    expect(plumber.page.locator(".error-summary")).to_be_visible()
    _expect_nothing_written(plumber)


def test_a_change_in_another_tab_is_shown_before_anything_is_signed(plumber):
    plumber.press("Next: check and sign")
    plumber.expect_heading("Check and sign")
    first_tab = plumber.page
    plumber.page = plumber.new_tab()
    plumber.go(first_tab.url.replace("/validate/", "/"))
    plumber.field("Start quarter").fill(quarter(2))
    plumber.press("Next: check and sign")
    plumber.expect_heading("Check and sign")
    plumber.page = first_tab
    plumber.press("Accept and sign")
    expect(first_tab.locator(".error-summary")).to_be_visible()
    expect(first_tab.get_by_role("main")).to_contain_text(quarter(2))
    _expect_nothing_written(plumber)


def test_a_double_click_and_the_back_button_sign_once(visit):
    company = visit("Claire Fontamont", language="fr")
    roads.introduce(
        company,
        typed="lindemeers",
        name="Loonkantoor Lindemeers",
        groups=("eboxPublication",),
        start=quarter(1),
    )
    company.press("Next: check and sign")
    company.page.locator("button[name=sign]").dblclick()
    company.expect_heading("Summary")
    reference = roads.reference_of(company)

    # What was drawn up has no second step to go back to.
    company.page.go_back()
    company.expect_heading("Summary")
    assert roads.reference_of(company) == reference
    company.go(f"/mandates/{reference}/")
    roads.expect_states(company, State.PENDING)
    company.go("/mandates/?groups=eboxPublication")
    rows = company.page.locator("main tbody tr").filter(has_text="Lindemeers")
    expect(rows).to_have_count(1)


def test_a_page_that_is_out_of_date_says_what_happened_and_by_whom(visit):
    company = visit("Claire Fontamont", language="fr")
    reference = roads.draw_up(
        company,
        typed="lindemeers",
        name="Loonkantoor Lindemeers",
        groups=("wide",),
        start=quarter(1),
    )
    provider = visit("Kettelaar", language="nl", acting=_LINDEMEERS)
    provider.go(f"/mandates/{reference}/sign/")
    company.go(f"/mandates/{reference}/withdraw/")
    company.press("Withdraw")
    company.expect_text("You have withdrawn the authorisation")

    with provider.page.expect_response(f"**/mandates/{reference}/sign/") as answer:
        provider.press("Accept and sign")
    assert answer.value.status == 409
    provider.expect_heading("Something happened meanwhile")
    expect(provider.page.locator(".timeline")).to_contain_text("Boulangerie Fontamont")
    provider.expect_accessible()
    provider.follow("See how it stands now")
    roads.expect_states(provider, State.WITHDRAWN)


def test_a_second_tab_that_signs_again_changes_nothing(visit):
    company = visit("Claire Fontamont", language="fr")
    reference = roads.draw_up(
        company,
        typed="lindemeers",
        name="Loonkantoor Lindemeers",
        groups=("eboxDocumentConsumer",),
        start=quarter(1),
    )
    provider = visit("Kettelaar", language="nl", acting=_LINDEMEERS)
    provider.go(f"/mandates/{reference}/sign/")
    first_tab = provider.page
    provider.page = provider.new_tab()
    roads.sign(provider, reference)
    provider.page = first_tab
    provider.press("Accept and sign")
    roads.expect_states(provider, State.ACTIVE)


def test_a_tampered_version_is_a_page_out_of_date(visit):
    company = visit("Wilgenbos", language="nl")
    reference = roads.draw_up(
        company,
        typed="rabenstein",
        name="Lohnbüro Rabenstein",
        groups=("federalLearningAccount",),
        start=quarter(1),
        signing=False,
    )
    for version in ("", "0", "999", "-1", "1; drop", "9" * 40):
        company.go(f"/mandates/{reference}/sign/")
        company.page.locator("main input[name=version]").evaluate(
            "(field, value) => { field.value = value; }", version
        )
        with company.page.expect_response(f"**/mandates/{reference}/sign/") as answer:
            company.press("Accept and sign")
        assert answer.value.status == 409, version
    company.go(f"/mandates/{reference}/")
    roads.expect_states(company, State.TO_BE_FINALISED)


def _expect_nothing_written(visitor: Visitor) -> None:
    visitor.choose("Search")
    expect(visitor.page.locator("main tbody tr").filter(has_text="Belleroche")).to_have_count(0)
