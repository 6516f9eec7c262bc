"""Two persons who sign together for a foundation: the first waits, the second makes it whole."""

import pytest
from playwright.sync_api import expect

from mahis.domain.mandate import State
from tests.journeys import card, forms, roads
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter

FOUNDATION, PROVIDER = "Fondation Clairlieu", "Lohnbüro Rabenstein"
CHAIR, DIRECTOR, PROVIDERS_DIRECTOR = "Clairlieu", "Portevin", "Rabenstein"
OFFICER = "Ardoisier"


@pytest.mark.parametrize(
    ("language", "groups"),
    [("en", ("eboxPublication", "eboxDocumentConsumer")), ("nl", ("associationWork",))],
)
def test_a_mandate_is_signed_by_two_persons_for_one_party(language, groups, visit):
    chair = visit(CHAIR, language=language)
    reference = _begin(chair, groups)
    director = visit(DIRECTOR, language=language)
    _make_whole(director, reference, groups)
    provider = visit(PROVIDERS_DIRECTOR, language=language)
    roads.open_what_waits(provider, reference)
    provider.press("Accept and sign")
    roads.expect_states(provider, *[State.ACTIVE] * len(groups))
    provider.expect_accessible()
    _read_the_history(visit(OFFICER, language=language), reference)


def _begin(chair: Visitor, groups: tuple[str, ...]) -> str:
    """The first draws up, is told that another has to sign, signs, and finds it waiting."""
    roads.introduce(chair, typed="rabenst", name=PROVIDER, groups=groups, start=quarter(1))
    chair.press("Next: check and sign")
    chair.expect_heading("Check and sign")
    chair.expect_text("You sign together with another")
    chair.expect_accessible()
    chair.press("Accept and sign")
    reference = roads.reference_of(chair)
    _expect_half_signed(chair, groups)

    chair.go("/")
    chair.expect_text(
        "%(count)s mandate that you have signed awaits another signatory of your enterprise",
        plural="%(count)s mandates that you have signed await another signatory of your enterprise",
        count=len(groups),
    )
    chair.expect_accessible()
    chair.go(f"/mandates/{reference}/")
    chair.expect_text("Awaiting another signatory")
    chair.expect_text("A second signatory still has to sign")
    expect(chair.page.get_by_role("link", name=chair.say("Look and sign"))).to_have_count(0)
    chair.expect_accessible()
    chair.log_out()
    return reference


def _expect_half_signed(chair: Visitor, groups: tuple[str, ...]) -> None:
    """Expect to be told that one of the two has signed, and nothing is signed yet."""
    chair.expect_text(
        "%(person)s has signed for %(name)s. A second person has to sign for %(name)s too.",
        person="Odile Clairlieu",
        name=FOUNDATION,
    )
    roads.expect_states(chair, *[State.TO_BE_FINALISED] * len(groups))
    chair.expect_accessible()


def _make_whole(director: Visitor, reference: str, groups: tuple[str, ...]) -> None:
    """The second finds it on the home page, sees whose signature is there, and adds theirs."""
    entry = director.page.locator(
        f".todo-entry :is(a[href$='/{reference}/sign/'], a[href*='states=toBeFinalised'])"
    )
    director.look()
    entry.click()
    if len(groups) > 1:
        row = director.page.locator("main tbody tr").filter(has_text=reference).first
        row.get_by_role("link", name=director.say("Consult")).click()
        director.follow("Look and sign")
    director.expect_heading("Sign the authorisation")
    director.expect_text("Awaiting you")
    director.expect_text("Odile Clairlieu")
    director.expect_accessible()
    director.press("Accept and sign")
    director.expect_text("It is now up to %(name)s to sign or refuse it.", name=PROVIDER)
    roads.expect_states(director, *[State.PENDING] * len(groups))
    for name in ("Odile Clairlieu", "Ismaël Portevin"):
        expect(director.page.get_by_role("main")).to_contain_text(name)
    director.expect_accessible()


def _read_the_history(officer: Visitor, reference: str) -> None:
    officer.go(f"/office/mandates/{reference}/history/")
    officer.expect_text("The history is unbroken")
    officer.expect_text(
        "%(side)s: the first of two signatures; another person has to sign too.",
        side=officer.say("Principal"),
    )
    officer.expect_accessible()


@pytest.mark.timeout(180)
def test_two_persons_of_one_party_sign_one_form_with_their_cards(visit, service):
    chair = visit(CHAIR, language="fr")
    groups = ("asrIndemnities", "asrUnemployment")
    reference = forms.tick_the_electronic_version(
        chair, typed="rabenst", name=PROVIDER, groups=groups
    )
    form = forms.download(chair)
    first = card.sign(chair, service, form, name="Odile Clairlieu", field="mandator-2")
    chair.go(f"/mandates/{reference}/form/")
    forms.bring_back(chair, first)
    _expect_half_signed(chair, groups)
    # Once more by the same card, in the field that is left: one person is not two.
    twice = card.sign(chair, service, first, name="Odile Clairlieu", field="mandator")
    chair.go(f"/mandates/{reference}/form/")
    forms.bring_back(chair, twice)
    chair.expect_text(
        "Everybody who signed in this file has signed already. Let somebody sign who still has to."
    )
    chair.expect_accessible()
    chair.log_out()

    director = visit(DIRECTOR, language="nl")
    director.go(f"/mandates/{reference}/sign/")
    director.follow("Sign as a PDF")
    assert forms.download(director) == first
    director.expect_accessible()
    both = card.sign(director, service, first, name="Ismaël Portevin", field="mandator")
    director.go(f"/mandates/{reference}/form/")
    forms.bring_back(director, both)
    director.expect_text("The signed form is accepted")
    director.expect_text("It is now up to %(name)s to sign or refuse it.", name=PROVIDER)
    roads.expect_states(director, *[State.PENDING] * len(groups))
    director.log_out()

    provider = visit(PROVIDERS_DIRECTOR, language="de")
    provider.go(f"/mandates/{reference}/sign/")
    provider.follow("Sign as a PDF")
    assert forms.download(provider) == both
    whole = card.sign(provider, service, both, name="Rabenstein", field="mandatary")
    provider.go(f"/mandates/{reference}/form/")
    forms.bring_back(provider, whole)
    # The foundation has no staff yet, and these groups wait for that.
    roads.expect_states(provider, *[State.IDENTIFICATION] * len(groups))
    # Each of the three signatures leads to the report on its file; the last has them all.
    provider.page.locator("main a[href$='/report/']").nth(2).click()
    for name in ("Odile Clairlieu", "Ismaël Portevin"):
        expect(provider.page.get_by_role("main")).to_contain_text(name)
    provider.expect_accessible()
