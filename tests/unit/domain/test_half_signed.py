"""Every step of a mandate that one person of two has signed: the whole product, cell by cell."""

import itertools

import pytest

from mahis.domain.conditions import SignedElectronically
from mahis.domain.lifecycle import Act, Doer, Kind, Standing, may, take
from mahis.domain.mandate import State
from mahis.domain.notices import Telling
from mahis.domain.parties import Side
from mahis.domain.refusals import Refused
from mahis.domain.signing import Level, LevelTooLow
from tests.unit.domain import reading, situations

MANDATOR, MANDATARY = Side.MANDATOR, Side.MANDATARY
NOBODY: frozenset[Side] = frozenset()
BOTH = frozenset(Side)
SOME = [NOBODY, frozenset({MANDATOR}), frozenset({MANDATARY}), BOTH]
#: State, who has signed before, of whom half was signed before, whom the step brings whole, and
#: of whom it brings the first of two.
PRODUCT = [
    (state, signed, half, whole, first)
    for state, signed in (
        (State.TO_BE_FINALISED, NOBODY),
        (State.PENDING, frozenset({MANDATOR})),
        (State.PENDING, frozenset({MANDATARY})),
    )
    for half, whole, first in itertools.product(SOME, repeat=3)
    # Nobody signs twice, and the first of two comes once.
    if not (half & signed or whole & signed or first & (signed | half | whole))
]


def expected(state, signed, whole):
    """Say in plain words where a signature leads, whoever gives it."""
    after = signed | whole
    if after == BOTH:
        return State.ACTIVE, Telling.ACTIVE
    if len(after) == 1 and after != signed:
        return State.PENDING, Telling.SIGNED_BY_ONE
    return state, Telling.AWAITS_COSIGNATORY


def case(state, signed, half, **more):
    return situations.case(
        mandate=situations.mandate(
            state=state,
            signed=signed,
            half_signed=half,
            first_level=Level.AUTHENTICATION if signed | half else None,
        ),
        **more,
    )


@pytest.mark.parametrize(("state", "signed", "half", "whole", "first"), PRODUCT)
def test_a_file_leads_where_the_signatures_in_it_say(state, signed, half, whole, first):
    doer = Doer(kind=Kind.PARTY, side=MANDATARY, standing=Standing.MANAGES)
    step = lambda: take(  # noqa: E731 - asked twice
        act=Act.UPLOAD_SIGNED,
        doer=doer,
        case=case(state, signed, half, signing=whole, half_signing=first, level=Level.EID),
    )
    if not whole | first:
        with pytest.raises(Refused):
            step()
        return
    found = step()
    assert (found.after, found.telling) == expected(state, signed, whole)


@pytest.mark.parametrize(
    ("state", "signed", "half", "whole", "first"),
    # One person signs for one party.
    [cell for cell in PRODUCT if len(cell[3] | cell[4]) == 1],
)
def test_a_login_leads_there_too_for_the_party_that_is_awaited(state, signed, half, whole, first):
    (side,) = whole | first
    doer = Doer(kind=Kind.PARTY, side=side, standing=Standing.REPRESENTS)
    found = take(
        act=Act.VALIDATE,
        doer=doer,
        case=case(state, signed, half, signing=whole, half_signing=first),
    )
    assert (found.after, found.telling) == expected(state, signed, whole)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("act", Act)
def test_who_may_do_what_is_the_same_as_before_the_first_of_two(act, side):
    for state, signed in ((State.TO_BE_FINALISED, NOBODY), (State.PENDING, {side.other})):
        usual, half = (
            case(state, frozenset(signed), sides) for sides in (NOBODY, frozenset({side}))
        )
        for doer in reading.DOERS:
            assert may(act=act, doer=doer, case=usual) is may(act=act, doer=doer, case=half)


def test_paper_is_never_mixed_with_it():
    doer = Doer(kind=Kind.PARTY, side=MANDATARY, standing=Standing.MANAGES)
    with pytest.raises(SignedElectronically):
        take(
            act=Act.UPLOAD_SCAN,
            doer=doer,
            case=case(State.TO_BE_FINALISED, NOBODY, frozenset({MANDATOR})),
        )


@pytest.mark.parametrize("side", Side)
def test_the_second_of_the_first_party_is_not_measured_by_its_first(side):
    mandate = situations.mandate(
        half_signed=frozenset({side}), first_side=side, first_level=Level.EID
    )
    for signing in Side:
        doer = Doer(kind=Kind.PARTY, side=signing, standing=Standing.REPRESENTS)
        step = lambda: take(  # noqa: E731 - asked twice
            act=Act.VALIDATE,
            doer=doer,  # noqa: B023 - called at once
            case=situations.case(mandate=mandate, signing=frozenset({signing})),  # noqa: B023
        )
        if signing is side:
            assert step().after is State.PENDING
        else:
            with pytest.raises(LevelTooLow):
                step()
