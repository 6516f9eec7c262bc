"""What the database itself refuses of providers and of requests to become one."""

import pytest
from django.db import IntegrityError, connection

from mahis.domain.identification import RequestState
from mahis.store import models
from tests.factories import register
from tests.integration.usecases import providing
from tests.integration.usecases.scene import moment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ("held = true", "provider_is_held_blocked_or_lapsed"),
        ("source = 'hearsay'", "provider_source_is_known"),
        ("contact_email = 'desk@provider.example'", "provider_contact_is_whole"),
        ("contact_language = 'en'", "provider_contact_is_whole"),
    ],
)
def test_a_provider_is_never_what_it_cannot_be(changes, constraint):
    register.a_provider()
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match=constraint):
        cursor.execute(f"UPDATE store_provider SET {changes}")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ("state = 'lost'", "identification_request_"),
        ("state = 'accepted'", "identification_request_decided_unless_it_waits"),
        ("decided_at = now()", "identification_request_decided_unless_it_waits"),
        ("officer = '75010100137'", "identification_request_decided_unless_it_waits"),
        ("terms_accepted = false", "identification_request_terms_are_accepted"),
        ("contact_language = 'en'", "identification_request_language_is_written"),
        ("claimed_until = now()", "identification_request_is_claimed_while_it_waits"),
        (
            "state = 'refused', decided_at = now(), officer = '75010100137'",
            "identification_request_refused_with_a_reason",
        ),
    ],
)
def test_a_request_is_never_what_it_cannot_be(changes, constraint):
    providing.ask(providing.representative(providing.fitting()))
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match=constraint):
        cursor.execute(f"UPDATE store_identificationrequest SET {changes}")


def test_one_request_of_an_enterprise_waits_at_a_time():
    providing.ask(providing.representative(providing.fitting()))
    row = models.IdentificationRequest.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="identification_request_one_waits"):
        row.save()


def test_decided_ones_may_be_many():
    officer = register.an_officer()
    actor = providing.representative(providing.fitting())
    for _ in range(3):
        providing.refuse(officer, providing.ask(actor))
    rows = models.IdentificationRequest.objects.all()
    assert {(row.state, row.decided_at) for row in rows} == {
        (RequestState.REFUSED, moment(providing.DAY))
    }
    assert len(rows) == 3
