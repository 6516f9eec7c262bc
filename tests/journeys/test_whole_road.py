"""The whole road by two persons of two enterprises, once in each language."""

import dataclasses

import pytest
from playwright.sync_api import expect

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import State
from mahis.domain.parties import Quality, Side
from tests.journeys import roads
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter, word

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
    #: The side of the first person.
    side: Side = Side.MANDATOR
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
        groups=("asrIndemnities", "eboxDocumentConsumer"), side=Side.MANDATARY,
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
    reference = _draw_up_and_sign(cast, visit)
    second = visit(cast.second, language=cast.language, dark=cast.dark, acting=cast.second_acts)
    _accept_and_sign(second, reference)
    _find(cast, second, reference)
    _close_the_first(second, reference)
    second.log_out()
    officer = visit(OFFICER, language=cast.language, dark=cast.dark)
    _see_the_history(officer, reference)


def _draw_up_and_sign(cast: Cast, visit) -> str:
    """The first person draws up, goes away, comes back, signs and logs out."""
    first = visit(cast.first, language=cast.language, dark=cast.dark, acting=cast.first_acts)
    first.expect_heading("Mandates at a glance")
    first.follow("Draw up a mandate")
    roads.find_other_party(first, typed=cast.typed, name=cast.other)
    first.tick("groups", cast.groups)
    first.field("Start quarter").fill(quarter(1))
    first.expect_accessible()
    first.press("Save and go on later")

    first.expect_text("Unfinished mandate with “%(party)s”", party=cast.typed)
    first.page.locator(".todo-entry").filter(has_text=cast.typed).get_by_role(
        "link", name=first.say("Continue"), exact=True
    ).click()
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
    reference = _read_the_summary(cast, first)
    first.log_out()
    return reference


def _read_the_summary(cast: Cast, first: Visitor) -> str:
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
    return reference


def _accept_and_sign(second: Visitor, reference: str) -> None:
    """The home page leads to what waits, and that to the signature."""
    roads.open_what_waits(second, reference)
    second.expect_heading("Sign the authorisation")
    second.expect_accessible()
    second.press("Accept and sign")
    second.expect_text("You have signed")
    roads.expect_states(second, State.ACTIVE, State.ACTIVE)


def _find(cast: Cast, second: Visitor, reference: str) -> None:
    """The search finds both mandates by a part of the name and the status, and shows one."""
    second.choose("Search")
    second.page.locator(f"main input[name={cast.side.value}]").fill(cast.own[-8:].lower())
    second.page.locator("main summary").click()
    second.tick("states", [State.ACTIVE.value])
    second.press("Search")
    rows = second.page.locator("main tbody tr").filter(has_text=reference)
    expect(rows).to_have_count(2)
    second.expect_accessible()
    second.look()
    rows.first.get_by_role("link", name=second.say("Consult")).click()
    second.expect_heading("Mandate %(reference)s", reference="")
    expect(second.page.locator("h1 .status")).to_have_text(word(cast.language, State.ACTIVE))
    second.expect_accessible()


def _close_the_first(second: Visitor, reference: str) -> None:
    """One of the two gets an end quarter, after a confirmation; the other goes on."""
    second.go(f"/mandates/{reference}/")
    second.follow("Close", context="give an end quarter")
    second.tick("places", ["1"])
    second.field("End quarter").fill(quarter(2))
    second.expect_accessible()
    second.press("Next")
    second.expect_heading("Close these mandates?")
    second.expect_accessible()
    second.press("Close the mandates")
    second.expect_text("The end quarter is registered")
    rows = second.page.locator("main tbody tr")
    expect(rows.filter(has_text=quarter(2))).to_have_count(1)
    expect(rows.filter(has_text=f"{reference}/1")).to_contain_text(quarter(2))
    roads.expect_states(second, State.ACTIVE, State.ACTIVE)
    second.expect_accessible()


def _see_the_history(officer: Visitor, reference: str) -> None:
    """The officer finds the authorisation by its reference and reads every step of it."""
    officer.expect_heading("All mandates")
    officer.page.locator("main input[name=q]").fill(reference)
    officer.press("Find")
    officer.follow("History")
    officer.expect_text("The history is unbroken")
    steps = officer.page.locator(".timeline-what")
    acts = (Act.DRAW_UP, Act.VALIDATE, Act.VALIDATE, Act.CLOSE)
    expect(steps).to_have_text([word(officer.language, act) for act in acts], ignore_case=True)
    officer.expect_accessible()
