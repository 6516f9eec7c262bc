"""The history screen: what happened, by whom, on which ground, and whether it is true."""

import psycopg
import pytest
from django.urls import reverse

from mahis.domain.documents import RejectionReason
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Side
from mahis.queries import labels
from mahis.store import models
from mahis.usecases import approve, expire, reject
from tests.factories import mandates, register, roads
from tests.factories.mandates import TODAY, moment
from tests.integration.backoffice import scanning
from tests.integration.portal import people
from tests.integration.portal.people import as_, text_of

UNBROKEN, BROKEN = "The history is unbroken", "The history is broken"


def shown(actor, reference):
    answer = as_(actor).get(reverse("backoffice:history", args=[reference]))
    assert answer.status_code == 200
    return text_of(answer)


def test_tells_who_did_what_in_which_capacity_and_why(cast):
    register.labelled(labels.FUNCTION, register.MANAGER, {"en": "Managing director"})
    reference = roads.signed_by_both(cast.director, cast.accountant, "several", "single")
    roads.closed(reference, cast.officer, 2, end="4/2026", reason="By letter <b>today</b>")
    text = shown(cast.officer, reference)
    for said in (
        UNBROKEN,
        "Drawn up 23 November 2026 at 10:00",
        "Who Anna Peeters Company without staff, manages mandates",
        f"Bakkerij Peeters ({cast.client.screen})",
        f"{reference}/1 : begins as To be finalised",
        f"{reference}/2 : from To be finalised to Pending",
        "Signed by authentication",
        "Assurance level of the login",
        f"Managing director in Bakkerij Peeters ({cast.client.screen})",
        f"{reference}/2 : from Pending to Active",
        "NSSO officer, manages mandates",
        f"{reference}/2 : stays Active",
        "Reason By letter &lt;b&gt;today&lt;/b&gt;",
        "End quarter 4/2026 1 October to 31 December 2026",
    ):
        assert said in text
    assert text.count("Signed by authentication 23") == 2


def page(reference, cast):
    return {
        "actor": cast.officer,
        "reference": reference,
        "version": 2,
        "limits": roads.LIMITS,
        "at": moment(minute=40),
        "on": TODAY,
    }


def test_tells_which_signatures_on_which_document_an_approval_rests_on(cast):
    register.labelled(labels.FUNCTION, register.MANAGER, {"en": "Managing director"})
    reference = scanning.submitted(cast)
    chosen = {
        Side.MANDATOR: [scanning.office_of(cast.director)],
        Side.MANDATARY: [scanning.office_of(cast.accountant)],
    }
    approve.approve(signatories=chosen, **page(reference, cast))
    text = shown(cast.officer, reference)
    digest = models.AuthorisationDocument.objects.get().document_id
    for said in (
        UNBROKEN,
        f"Principal: signed by {cast.director.person.name}.",
        f"Mandatary: signed by {cast.accountant.person.name}.",
        f"Managing director in Bakkerij Peeters ({cast.client.screen})",
        f"It rests on document 1, whose SHA-256 is {digest}.",
    ):
        assert said in text
    assert "cannot be read" not in text


def test_tells_why_the_office_rejected(cast):
    reference = scanning.submitted(cast)
    reject.reject(
        reason_code=RejectionReason.SIGNATURE_MISSING,
        reason="That of the baker.",
        **page(reference, cast),
    )
    text = shown(cast.officer, reference)
    assert "From the list: A signature is missing." in text
    assert "Reason That of the baker." in text


def test_tells_what_happened_by_itself(cast):
    reference = roads.drawn_up(cast.director, cast.accountant, "several")
    late = models.Authorisation.objects.get().expires_on.replace(year=2028)
    expire.record_expired(at=moment(late), on=late)
    text = shown(cast.officer, reference)
    assert "By itself, by the passing of time" in text
    assert "from To be finalised to Expired" in text


def test_is_open_to_auditors(cast, auditor):
    reference = roads.drawn_up(cast.director, cast.accountant, "several")
    assert UNBROKEN in shown(auditor, reference)


def test_of_what_does_not_exist_is_not_found(cast):
    address = reverse("backoffice:history", args=[AuthorisationReference(2026, 999_999)])
    assert as_(cast.officer).get(address).status_code == 404


def test_that_was_removed_altogether_is_broken(cast):
    group = models.ApplicationGroup.objects.get(code="several")
    row = mandates.an_authorisation(cast.client, cast.provider, group, drawn_up_on=TODAY)
    text = shown(cast.officer, row.reference)
    assert BROKEN in text
    assert "No step is recorded" in text


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE store_historyentry SET reason = 'forged' WHERE number = 1",
        "UPDATE store_historyentry SET evidence = '[]' WHERE number = 2",
        """UPDATE store_historyentry SET evidence = '{"offices": 7, "seal": 1}' WHERE number = 2""",
        "UPDATE store_historyentry SET person_name = '' WHERE number = 3",
        "UPDATE store_historyentry SET number = 9 WHERE number = 1",
        "DELETE FROM store_historyentry WHERE number > 1",
        "DELETE FROM store_historyentry",
        "UPDATE store_mandate SET state = 'withdrawn'",
    ],
)
def test_that_was_tampered_with_is_shown_as_broken(committed_db, forgery):
    """Only the owner of the tables can do it, and only by switching the triggers off."""
    cast = people.gather()
    reference = roads.signed_by_both(cast.director, cast.accountant, "several")
    assert UNBROKEN in shown(cast.officer, reference)
    with psycopg.connect(committed_db, autocommit=True) as owner:
        owner.execute("SET ROLE NONE")
        owner.execute("ALTER TABLE store_historyentry DISABLE TRIGGER USER")
        owner.execute(forgery)
    text = shown(cast.officer, reference)
    assert BROKEN in text
    assert UNBROKEN not in text
