"""Who may do what: consulting only, managing without a function that may sign, no access."""

from playwright.sync_api import expect

from mahis.domain.mandate import State
from mahis.domain.parties import Quality
from mahis.domain.representation import NoPower
from tests.journeys import roads
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter, word

#: Posts a form with the token of the page, as a program would that knows our addresses.
_POST = """async ([path, fields]) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({csrfmiddlewaretoken: token, ...fields});
  const answer = await fetch(path, {method: "POST", body, redirect: "manual"});
  return [answer.status, await answer.text()];
}"""


def test_who_only_consults_sees_no_button_and_is_refused_what_changes_something(visit):
    director = visit("Brzozdal")
    reference = roads.draw_up(
        director,
        typed="tilleuls",
        name="Secrétariat social Les Trois Tilleuls",
        groups=("wide",),
        start=quarter(1),
    )

    reader = visit("Sourciel")
    changing = f"/mandates/{reference}/"
    for path in ("/", "/mandates/", changing, f"{changing}1/", f"{changing}summary/"):
        assert reader.go(path).status == 200
        expect(reader.page.locator("main form[method=post]")).to_have_count(0)
        links = reader.page.locator("main, nav.menu").locator(
            "a[href*='/new/'], a[href*='/sign/'], a[href*='/refuse/'],"
            "a[href*='/withdraw/'], a[href*='/close/']"
        )
        expect(links).to_have_count(0)
    refused = [f"{changing}{act}/" for act in ("sign", "refuse", "withdraw", "close")]
    for path in ("/mandates/new/", *refused, f"{changing}close/confirm/"):
        assert reader.go(path).status == 403, path
        reader.expect_heading("You may not open this")
        status, page = post(reader, path, {"version": "1", "reason": "Mine", "sign": ""})
        assert status == 403, path
        assert reader.say("You may not open this") in page
    reader.expect_accessible()
    director.go(changing)
    roads.expect_states(director, State.PENDING)


def test_who_holds_no_fitting_function_draws_up_but_does_not_sign(visit):
    clerk = visit("Mosterman", language="nl")
    roads.introduce(
        clerk,
        typed="rabenst",
        name="Lohnbüro Rabenstein",
        groups=("wide",),
        start=quarter(1),
    )
    clerk.press("Next: check and sign")
    clerk.expect_text("You may not sign for %(own_name)s", own_name="Bouwwerken Kraanvogel")
    expect(clerk.page.get_by_role("main")).to_contain_text(
        word("nl", NoPower.FUNCTION_NOT_IN_MATRIX)
    )
    expect(clerk.page.locator("button[name=sign]")).to_have_count(0)
    clerk.expect_accessible()
    clerk.press("Sign later")
    clerk.expect_heading("Summary")
    roads.expect_states(clerk, State.TO_BE_FINALISED)
    reference = roads.reference_of(clerk)

    clerk.go(f"/mandates/{reference}/sign/")
    expect(clerk.page.get_by_role("main")).to_contain_text(
        word("nl", NoPower.FUNCTION_NOT_IN_MATRIX)
    )
    expect(clerk.page.locator("main form[method=post]")).to_have_count(0)
    clerk.expect_accessible()
    status, page = post(clerk, f"/mandates/{reference}/sign/", {"version": "1"})
    assert status == 403
    assert word("nl", NoPower.FUNCTION_NOT_IN_MATRIX) in page
    clerk.go(f"/mandates/{reference}/")
    roads.expect_states(clerk, State.TO_BE_FINALISED)

    director = visit(
        "Kettelaar", language="nl", acting=("Bouwwerken Kraanvogel", Quality.NSSO_EMPLOYER)
    )
    roads.sign(director, reference)
    roads.expect_states(director, State.PENDING)


def test_who_has_access_to_nothing_is_told_how_to_get_it(visit):
    nobody = visit("Passerelle", language="fr")
    nobody.expect_heading("You have no access yet")
    nobody.expect_accessible()
    assert "/capacity/" in nobody.go("/mandates/").url


def test_the_mandates_of_others_are_not_found(visit):
    plumber = visit("Martinet", language="fr")
    reference = roads.draw_up(
        plumber,
        typed="tilleuls",
        name="Secrétariat social Les Trois Tilleuls",
        groups=("eboxPublication",),
        start=quarter(1),
        signing=False,
    )
    stranger = visit("Tannenfels", language="de")
    for path in ("", "1/", "summary/", "sign/", "refuse/", "withdraw/", "close/"):
        assert stranger.go(f"/mandates/{reference}/{path}").status == 404, path
        stranger.expect_heading("Page not found")
    stranger.choose("Search")
    expect(stranger.page.locator("main tbody tr").filter(has_text=reference)).to_have_count(0)


def post(visitor: Visitor, path: str, fields: dict[str, str]) -> tuple[int, str]:
    """Send a form that no page of ours offers; gives the status and the page."""
    status, page = visitor.page.evaluate(_POST, [path, fields])
    return status, page
