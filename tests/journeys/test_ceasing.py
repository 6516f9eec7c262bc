"""A company becomes an employer by the office, then no more; a party ceases: everybody sees it."""

import datetime
import subprocess
import sys
from pathlib import Path

import psycopg
from playwright.sync_api import expect

from mahis.domain.mandate import State
from mahis.web import clock
from tests.factories import numbers
from tests.journeys import roads
from tests.journeys.stack import Service
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter, word

_GROUP = "federalLearningAccount"
_REASON = "Asked for by letter."
#: An active enterprise in which nobody of the invented persons has anything to do.
_SOMEBODY_ELSE = """
SELECT number FROM store_enterprise e WHERE ceased_on IS NULL AND begins < %s
AND NOT EXISTS (SELECT FROM store_accessright a WHERE a.enterprise = e.number)
AND NOT EXISTS (SELECT FROM store_provider p WHERE p.enterprise = e.number)
AND NOT EXISTS (SELECT FROM store_secretariat s WHERE s.enterprise = e.number)
ORDER BY number LIMIT 1
"""


def test_the_office_registers_an_employer_and_ends_it_and_both_parties_see_it(visit):
    plumber = visit("Martinet", language="fr")
    reference = roads.draw_up(
        plumber, typed="rabenst", name="Lohnbüro Rabenstein", groups=(_GROUP,), start=quarter(0)
    )
    provider = visit("Rabenstein", language="de")
    roads.sign(provider, reference)
    roads.expect_states(provider, State.IDENTIFICATION)

    officer = visit("Ardoisier", language="nl")
    officer.choose("Employers")
    officer.expect_heading("Employers")
    officer.expect_accessible()
    officer.field("Number or name").fill("Martinet")
    officer.press("Search")
    officer.page.wait_for_url("**/office/employers/*/")
    officer.expect_text("This enterprise was never registered as an NSSO employer.")
    officer.expect_accessible()

    officer.follow("Register as an employer")
    officer.press("Next")
    expect(officer.page.locator(".error-summary")).to_be_visible()
    officer.expect_accessible()
    officer.field("NSSO number").fill(numbers.nsso_number().screen)
    officer.field("First day as an employer").fill("1/1/2020")
    officer.field("Reason").fill(_REASON)
    officer.press("Next")
    officer.expect_text("That happens at once, and both parties of each are told.")
    officer.expect_accessible()
    officer.press("Register the employer")
    officer.expect_text("The employer is registered")
    officer.expect_text(_REASON)
    officer.expect_accessible()
    provider.go(f"/mandates/{reference}/")
    roads.expect_states(provider, State.ACTIVE)

    officer.page.locator("main a[href$='/end/']").click()
    yesterday = clock.today() - datetime.timedelta(days=1)
    officer.field("Last day as an employer").fill(f"{yesterday:%d/%m/%Y}")
    officer.field("Reason").fill(_REASON)
    officer.expect_accessible()
    officer.press("Next")
    officer.press("End the registration")
    officer.expect_text("The last day is written down")
    for party in (plumber, provider):
        party.go(f"/mandates/{reference}/1/")
        title = party.say("%(name)s is no longer an employer", name="")
        expect(party.page.locator(".panel-title")).to_contain_text(title.strip())
        expect(party.page.locator("h1")).to_contain_text(word(party.language, State.ACTIVE))
        party.expect_accessible()
    officer.choose("Ceased parties")
    officer.expect_text("Stays as it is; its principal is no longer an employer.")


def test_a_party_that_ceases_ends_what_it_had_and_the_other_is_shown_why(visit, service, tmp_path):
    with psycopg.connect(service.database_url) as connection:
        found = connection.execute(_SOMEBODY_ELSE, [clock.today()]).fetchone()
    assert found is not None
    number = f"{found[0]:010d}"
    screen = f"{number[:4]}.{number[4:7]}.{number[7:]}"
    secretariat = visit("Verdardois", language="fr")
    reference = roads.draw_up(
        secretariat, typed=screen, name=screen, groups=(_GROUP,), start=quarter(0), signing=False
    )
    roads.expect_states(secretariat, State.TO_BE_FINALISED)
    _cease(service, found[0], tmp_path)

    secretariat.go(f"/mandates/{reference}/1/")
    secretariat.expect_text("Expired: it could no longer be signed.")
    secretariat.expect_text("Both parties were told. Nobody has to do anything here.")
    _expect_expired(secretariat)
    officer = visit("Ardoisier", language="en")
    officer.choose("Ceased parties")
    officer.expect_heading("Ceased parties")
    row = officer.page.locator("main tbody tr").filter(has_text=f"{reference}/1")
    expect(row).to_contain_text(screen)
    officer.expect_accessible()
    row.get_by_role("link").click()
    _expect_expired(officer)
    officer.follow("History")
    officer.expect_text("By itself, by the register")
    officer.expect_accessible()

    # The register thinks better of it: nothing is undone, and the office is told.
    _write(service, found[0], None)
    officer.choose("Ceased parties")
    officer.expect_text("The register says otherwise by now")
    officer.expect_accessible()
    officer.follow("Show only these")
    expect(officer.page.locator("main tbody tr")).to_have_count(1)


def _expect_expired(visitor: Visitor) -> None:
    expect(visitor.page.locator("h1")).to_contain_text(word(visitor.language, State.EXPIRED))
    visitor.expect_accessible()


def _cease(service: Service, number: int, folder: Path) -> None:
    """Let the register know that an enterprise has ceased, and an import end."""
    _write(service, number, clock.today())
    bundle = folder / "register"
    bundle.mkdir()
    (bundle / "languages_insert.csv").write_text('"EnterpriseNumber","Language"\n', "utf-8")
    subprocess.run(
        [sys.executable, "-m", "mahis.config.cli", "register", "import", str(bundle)],
        env=dict(service.surroundings),
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=60,
    )


def _write(service: Service, number: int, day: datetime.date | None) -> None:
    with psycopg.connect(service.database_url) as connection:
        connection.execute(
            "UPDATE store_enterprise SET ceased_on = %s WHERE number = %s", [day, number]
        )
