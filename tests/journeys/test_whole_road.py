"""The whole road by two persons of two enterprises, once in each language."""

import dataclasses

import pytest
from playwright.sync_api import expect

from mahis.domain.mandate import State
from mahis.domain.parties import Quality
from tests.journeys import roads
from tests.journeys.words import quarter

OFFICER = "Ardoisier"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Cast:
    """Who draws up with whom; each cast has mandates of its own."""

    language: str
    first: str
    #: None: there is only one capacity, and nothing to choose.
    first_acts: tuple[str, Quality] | None
    second: str
    second_acts: tuple[str, Quality] | None
    #: What the first types to find the other party.
    typed: str
    #: The names of the enterprises, as the register knows them.
    own: str
    other: str
    groups: tuple[str, str]
    dark: bool = False


CASTS = (
    Cast(
        language="fr", first="Claire Fontamont", first_acts=None, own="Boulangerie Fontamont",
        typed="belleroch", other="Fiduciaire Belleroche", second="Belleroche",
        second_acts=("Fiduciaire Belleroche", Quality.SERVICE_PROVIDER),
        groups=("dimona", "dmfa"),
    ),
    Cast(
        language="nl", first="Kettelaar", own="Bouwwerken Kraanvogel",
        first_acts=("Bouwwerken Kraanvogel", Quality.NSSO_EMPLOYER),
        typed="de waterlel", other="Sociaal Secretariaat De Waterlelie",
        second="Van Rietdonk", second_acts=None, groups=("dmfa", "federalLearningAccount"),
        dark=True,
    ),
    Cast(
        language="de", first="Rabenstein", first_acts=None, own="Lohnbüro Rabenstein",
        typed="tannenf", other="Tischlerei Tannenfels", second="Tannenfels", second_acts=None,
        groups=("asrIndemnities", "eboxDocumentConsumer"),
    ),
    Cast(
        language="en", first="Brzozdal", first_acts=None, own="Transports Valroux",
        typed="lindemeers", other="Loonkantoor Lindemeers", second="Kettelaar",
        second_acts=("Loonkantoor Lindemeers", Quality.SERVICE_PROVIDER),
        groups=("temporaryUnemployment", "eboxPublication"), dark=True,
    ),
)  # fmt: skip


@pytest.mark.parametrize("cast", CASTS, ids=lambda cast: cast.language)
def test_a_mandate_is_drawn_up_signed_by_both_found_and_closed(cast, visit):
    reference = _draws_up_and_signs(cast, visit)
    _accepts_and_signs(cast, visit, reference)


def _draws_up_and_signs(cast: Cast, visit) -> str:
    """The first person draws up, goes away, comes back, signs and logs out."""
    first = visit(cast.first, language=cast.language, dark=cast.dark, acting=cast.first_acts)
    first.expect_heading("Mandates at a glance")
    first.expect_accessible()
    first.follow("Draw up a mandate")
    roads.find_other_party(first, typed=cast.typed, name=cast.other)
    first.tick("groups", cast.groups)
    first.field("Start quarter").fill(quarter(1))
    first.expect_accessible()
    first.press("Save and go on later")

    first.expect_text("Unfinished mandate with “%(party)s”", party=cast.typed)
    first.follow("Continue")
    expect(first.page.locator(".choice-card").get_by_text(cast.other)).to_be_visible()
    expect(first.page.locator("input[name=chosen]:checked")).to_have_count(1)
    expect(first.page.locator("input[name=groups]:checked")).to_have_count(2)
    expect(first.field("Start quarter")).to_have_value(quarter(1))
    first.press("Next: check and sign")

    first.expect_heading("Check and sign")
    first.expect_accessible()
    first.follow("Back")
    expect(first.page.locator("input[name=groups]:checked")).to_have_count(2)
    first.press("Next: check and sign")
    first.press("Accept and sign")

    first.expect_heading("Summary")
    reference = roads.reference_of(first)
    first.expect_text(
        "The mandate is registered: %(reference)s",
        plural="%(count)s mandates are registered: %(reference)s",
        count=2,
        reference=reference,
    )
    first.expect_text("It is now up to %(name)s to sign or refuse it.", name=cast.other)
    roads.expect_states(first, State.PENDING, State.PENDING)
    first.expect_accessible()
    first.log_out()
    return reference


def _accepts_and_signs(cast: Cast, visit, reference: str):
    """The second person is led from the home page to the signature, and closes one of both."""
    second = visit(cast.second, language=cast.language, dark=cast.dark, acting=cast.second_acts)
    second.page.locator(f"main a[href$='/mandates/{reference}/sign/']").or_(
        second.page.locator(".todo-entry a[href*='awaited=']")
    ).first.click()
    if "sign" not in second.page.url:
        row = second.page.locator("main tbody tr").filter(has_text=reference).first
        row.locator("a").first.click()
        second.follow("Look and sign")
    second.expect_heading("Sign the authorisation")
    second.expect_accessible()
    second.press("Accept and sign")
    second.expect_text("You have signed")
    roads.expect_states(second, State.ACTIVE, State.ACTIVE)
    second.expect_accessible()
