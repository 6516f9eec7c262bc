"""What a form that came back adds for a party for which two persons have to sign."""

import dataclasses

import pytest

from mahis.domain import form_refusals
from mahis.domain.cosigning import FirstOfTwo
from mahis.domain.groups import Validity
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.parties import Side
from mahis.domain.representation import JointPower, Office, SigningPower
from mahis.domain.signature_evidence import Signature, field_of, side_of
from mahis.domain.signed_forms import Accepted, Doubt, judge_form
from tests.unit.domain.test_representation import ALWAYS
from tests.unit.domain.test_signed_forms import (
    BERNARD,
    LIEVE,
    MANDATARY,
    MANDATOR,
    MAY,
    certificate,
    file,
    requirement,
    signature,
)

CHAIR, DIRECTOR = "10008", "10002"
CARLA = Insz("70010100188")
NOBODY: frozenset[Side] = frozenset()


def joint(function: str, *partners: str) -> SigningPower:
    """Give the power to sign by a function together with others."""
    office = Office(
        enterprise=EnterpriseNumber("0206731645"),
        function=function,
        validity=Validity(ALWAYS.begins),
        person=LIEVE,
    )
    way = JointPower(chain=(office,), partners=frozenset(partners))
    return SigningPower(chain=(office,), joint=(way,))


AS_CHAIR, AS_DIRECTOR = joint(CHAIR, DIRECTOR), joint(DIRECTOR, CHAIR)
POWERS = {
    (MANDATOR, LIEVE): AS_CHAIR,
    (MANDATOR, CARLA): AS_DIRECTOR,
    (MANDATARY, BERNARD): MAY,
}
CHAIR_SIGNED = {MANDATOR: FirstOfTwo(person=LIEVE, functions=frozenset({CHAIR}))}


def by(number: Insz, side: Side = MANDATOR, place: int = 1, **changed) -> Signature:
    """Give a signature in one of the fields of a party."""
    return signature(field_of(side, place=place), certificate=certificate(number), **changed)


def judged(*signatures: Signature, **changed):
    return judge_form(file(*signatures), requirement(**{"powers": POWERS, **changed}))


# Signatures, what was signed before, sides that have signed then, sides that are half signed.
ADDED = {
    "the first": ((by(LIEVE),), {}, NOBODY, {MANDATOR}),
    "the first, in the second field": ((by(LIEVE, place=2),), {}, NOBODY, {MANDATOR}),
    "both at once": ((by(LIEVE), by(CARLA, place=2)), {}, {MANDATOR}, NOBODY),
    "both at once, in the other order": ((by(CARLA, place=2), by(LIEVE)), {}, {MANDATOR}, NOBODY),
    "the second, beside the first": (
        (by(LIEVE), by(CARLA, place=2)),
        {"first_of_two": CHAIR_SIGNED},
        {MANDATOR},
        NOBODY,
    ),
    "the second, in a file of its own": (
        (by(CARLA),),
        {"first_of_two": CHAIR_SIGNED},
        {MANDATOR},
        NOBODY,
    ),
    "the first again": ((by(LIEVE),), {"first_of_two": CHAIR_SIGNED}, NOBODY, NOBODY),
    "the other party only": (
        (by(BERNARD, MANDATARY),),
        {"first_of_two": CHAIR_SIGNED},
        {MANDATARY},
        NOBODY,
    ),
    "the other party, and the first": (
        (by(LIEVE), by(BERNARD, MANDATARY)),
        {},
        {MANDATARY},
        {MANDATOR},
    ),
    "all": (
        (by(LIEVE), by(BERNARD, MANDATARY), by(CARLA, place=2)),
        {},
        {MANDATOR, MANDATARY},
        NOBODY,
    ),
    "more than the party needed": (
        (by(LIEVE), by(CARLA, place=2)),
        {"signed": {MANDATOR}},
        NOBODY,
        NOBODY,
    ),
    "one who may alone, after the first": (
        (by(CARLA),),
        {"first_of_two": CHAIR_SIGNED, "powers": POWERS | {(MANDATOR, CARLA): MAY}},
        {MANDATOR},
        NOBODY,
    ),
}


@pytest.mark.parametrize(("signatures", "before", "whole", "half"), ADDED.values(), ids=ADDED)
def test_a_file_adds(signatures, before, whole, half):
    verdict = judged(*signatures, **before)
    assert verdict.reason is None
    assert (verdict.completed, verdict.half_signed) == (whole, half)


REFUSED = {
    "one person twice": ((by(LIEVE), by(LIEVE, place=2)), {}, Doubt.SAME_SIGNATORY),
    "two chairs": (
        (by(LIEVE), by(CARLA, place=2)),
        {"powers": POWERS | {(MANDATOR, CARLA): AS_CHAIR}},
        Doubt.SIGNATORIES_DO_NOT_FIT,
    ),
    "another chair after the first": (
        (by(CARLA),),
        {"first_of_two": CHAIR_SIGNED, "powers": POWERS | {(MANDATOR, CARLA): AS_CHAIR}},
        Doubt.SIGNATORIES_DO_NOT_FIT,
    ),
    "a stranger beside the first": (
        (by(LIEVE), by(BERNARD, place=2)),
        {},
        Doubt.WRONG_PARTYS_FIELD,
    ),
}


@pytest.mark.parametrize(("signatures", "before", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_and_adds_nothing_for(signatures, before, reason):
    verdict = judged(*signatures, **before)
    assert (verdict.reason, verdict.side) == (reason, MANDATOR)
    assert not verdict.completed | verdict.half_signed
    with pytest.raises(form_refusals.OF_DOUBTS[reason]):
        form_refusals.require_valid(verdict)


def test_what_was_accepted_of_the_first_stays_so_when_their_function_has_ended():
    old = by(LIEVE, end=500)
    powers = {key: power for key, power in POWERS.items() if key[1] != LIEVE}
    accepted = {MANDATOR: Accepted(size=600, at=old.judged_at)}
    verdict = judged(
        old,
        by(CARLA, place=2, end=900),
        powers=powers,
        accepted=accepted,
        first_of_two=CHAIR_SIGNED,
    )
    assert (verdict.reason, verdict.completed) == (None, {MANDATOR})


def test_fields_name_their_party_whatever_their_place():
    for side in Side:
        assert {side_of(field_of(side, place=place)) for place in (1, 2)} == {side}
    assert side_of("mandator-3") is None
    assert dataclasses.replace(by(LIEVE), field="mandator-").field != field_of(MANDATOR)
