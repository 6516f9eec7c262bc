"""What the history says a step rests on."""

import pytest

from mahis.domain.documents import RejectionReason
from mahis.domain.parties import Side
from mahis.domain.quarters import Quarter
from mahis.domain.signing import Method
from mahis.queries import evidence, labels
from mahis.queries.evidence import Evidence
from tests.factories import register


def read(record):
    (found,) = evidence.read_all([record], language="fr")
    return found


def test_a_signature_is_read_with_names_and_labels(house):
    register.labelled(labels.FUNCTION, register.MANAGER, {"fr": "Gérant"})
    found = read(
        {
            "method": "authentication",
            "assurance": "Level500",
            "offices": [{"enterprise": str(house.bakery), "function": register.MANAGER}],
            "end": "2027Q2",
        }
    )
    assert (found.method, found.assurance) == (Method.AUTHENTICATION, "Level500")
    assert found.end == Quarter.parse("2/2027")
    (office,) = found.offices
    assert (office.enterprise_name, office.function_name) == ("Bakkerij Peeters", "Gérant")
    assert not found.unreadable


def test_signatures_on_a_document_are_read_with_their_functions(house):
    register.labelled(labels.FUNCTION, register.MANAGER, {"fr": "Gérant"})
    found = read(
        {
            "method": "eid",
            "document": 2,
            "sha256": "ab" * 32,
            "signatures": [
                {
                    "side": "mandatary",
                    "person": "Anna Peeters",
                    "certificate": "cd" * 32,
                    "offices": [{"enterprise": str(house.practice), "function": register.MANAGER}],
                }
            ],
        }
    )
    assert (found.document, found.sha256, found.unreadable) == (2, "ab" * 32, False)
    (signature,) = found.signatures
    assert (signature.side, signature.person_name, signature.certificate) == (
        Side.MANDATARY,
        "Anna Peeters",
        "cd" * 32,
    )
    assert signature.offices[0].function_name == "Gérant"


def test_the_reason_for_a_rejection_is_read(house):
    found = read({"rejection": "signatureMissing"})
    assert found == Evidence(rejection=RejectionReason.SIGNATURE_MISSING)


def test_nothing_recorded_is_nothing_to_read(house):
    assert read({}) == Evidence()


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "forged",
        {"method": "magic"},
        {"method": {}},
        {"end": "soon"},
        {"end": 7},
        {"assurance": ["high"]},
        {"offices": "all"},
        {"offices": [{"enterprise": "1", "function": "2"}]},
        {"offices": [{"enterprise": 1}]},
        {"offices": ["director"]},
        {"seal": "of approval"},
        {"document": "first"},
        {"document": True},
        {"sha256": 7},
        {"rejection": "mood"},
        {"signatures": {}},
        {"signatures": ["somebody"]},
        {"signatures": [{"side": "both", "person": "Anna"}]},
        {"signatures": [{"side": "mandator"}]},
        {"signatures": [{"side": "mandator", "person": "Anna", "offices": "all"}]},
    ],
)
def test_what_cannot_be_read_is_said_to_be_so(house, record):
    assert read(record) == Evidence(unreadable=True)
