"""What the tables of documents hold for true, whoever writes to them."""

import pytest
from django.db import IntegrityError, connection, transaction

from mahis.domain.documents import DocumentKind
from mahis.domain.lifecycle import Act
from mahis.domain.parties import Language, Quality, Side
from mahis.store import models
from tests.factories import numbers, register
from tests.factories.mandates import an_authorisation, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def authorisation():
    """An authorisation between two enterprises."""
    group = register.a_group("dmfa")
    return an_authorisation(register.an_enterprise(), register.a_provider(), group, signed=())


def content(digit="a"):
    return models.Document.objects.get_or_create(
        sha256=digit * 64, defaults={"size": 1, "created_at": moment()}
    )[0]


def a_document(authorisation, **different):
    columns = {
        "document": content(),
        "number": 1,
        "kind": DocumentKind.FORM,
        "language": Language.FRENCH,
        "act": Act.DRAW_UP,
        "version": 1,
        "at": moment(),
    } | different
    return models.AuthorisationDocument.objects.create(authorisation=authorisation, **columns)


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize(
    ("different", "constraint"),
    [
        ({"number": 0}, "number_is_positive"),
        ({"version": 0}, "version_is_positive"),
        ({"language": None}, "language_is_that_of_its_form"),
        ({"kind": DocumentKind.SCAN}, "language_is_that_of_its_form"),
        ({"kind": DocumentKind.SIGNED, "report": {}}, "signed_names_its_form"),
        ({"kind": DocumentKind.SCAN, "language": None, "shows": [Side.MANDATOR]}, "only_forms"),
        ({"quality": Quality.NSSO_OFFICER}, "person_acts_in_a_capacity"),
        ({"person": numbers.insz()}, "person_acts_in_a_capacity"),
    ],
)
def test_a_document_that_makes_no_sense_is_refused(authorisation, different, constraint):
    with refused(constraint):
        a_document(authorisation, **different)


def test_a_signed_form_has_a_report(authorisation):
    form = a_document(authorisation)
    with refused("signed_has_a_report"):
        a_document(
            authorisation,
            number=2,
            kind=DocumentKind.SIGNED,
            form=form,
            document=content("b"),
        )


def test_a_number_and_a_content_are_there_once(authorisation):
    a_document(authorisation)
    with refused("number_once"), transaction.atomic():
        a_document(authorisation, document=content("b"))
    with refused("content_once"):
        a_document(authorisation, number=2)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"sha256": "A" * 64}, "sha256_is_hexadecimal"),
        ({"sha256": "a" * 63}, "sha256_is_hexadecimal"),
        ({"size": 0}, "size_is_positive"),
        ({"media_type": "text/html"}, "media_type_is_known"),
    ],
)
def test_a_content_is_a_pdf_known_by_its_digest(columns, constraint):
    with refused(constraint):
        models.Document.objects.create(
            **{"sha256": "c" * 64, "size": 1, "created_at": moment()} | columns
        )


def sign(authorisation, method):
    """Write a validation as the code of before documents writes it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO store_validation (authorisation_id, enterprise_id, side, method, person,"
            " given_name, family_name, at, assurance)"
            " SELECT id, mandator_id, 'mandator', %s, %s, 'Anna', 'Peeters', now(), ''"
            " FROM store_authorisation WHERE id = %s",
            [method, numbers.insz().digits, authorisation.pk],
        )


def test_code_of_before_documents_still_writes_validations(authorisation):
    sign(authorisation, "authentication")
    row = models.Validation.objects.get()
    assert (row.document, row.certificate, row.issuer) == (None, "", "")


def test_nobody_signs_with_an_eid_without_a_document(authorisation):
    with refused("validation_eid_rests_on_a_document"):
        sign(authorisation, "eid")
