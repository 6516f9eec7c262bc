"""Signing: which level a method reaches, and which levels may be mixed."""

import datetime

import pytest

from mahis.domain.identifiers import Insz
from mahis.domain.parties import Person, Side
from mahis.domain.refusals import Conflict
from mahis.domain.signing import Level, LevelTooLow, Method, Validation, mixes, require_mixable
from tests.unit.domain import situations

PERSON = Person(insz=Insz("81050103522"), given_name="An", family_name="Peeters")

#: By the first party's level, the levels that the second party may use.
MAY_FOLLOW = {
    Level.HANDWRITTEN: {Level.HANDWRITTEN},
    Level.AUTHENTICATION: {Level.AUTHENTICATION, Level.EID},
    Level.EID: {Level.EID},
}


class TestMixing:
    @pytest.mark.parametrize("first", Level)
    @pytest.mark.parametrize("second", Level)
    def test_follows_the_whole_table(self, first, second):
        assert mixes(first=first, second=second) is (second in MAY_FOLLOW[first])

    @pytest.mark.parametrize("first", Level)
    @pytest.mark.parametrize("second", Level)
    def test_is_refused_with_both_levels_named(self, first, second):
        if second in MAY_FOLLOW[first]:
            require_mixable(first=first, second=second)
            return
        with pytest.raises(LevelTooLow) as refusal:
            require_mixable(first=first, second=second)
        assert refusal.value.found == {"given": second, "needed": first}
        assert isinstance(refusal.value, Conflict)

    def test_never_sets_paper_beside_an_electronic_validation(self):
        electronic = set(Level) - {Level.HANDWRITTEN}
        for level in electronic:
            assert not mixes(first=level, second=Level.HANDWRITTEN)
            assert not mixes(first=Level.HANDWRITTEN, second=level)


class TestALevel:
    def test_of_eid_is_above_authentication_and_that_above_handwriting(self):
        assert Level.EID > Level.AUTHENTICATION > Level.HANDWRITTEN

    def test_is_reached_by_the_method_of_the_same_name(self):
        assert {method: method.level for method in Method} == {
            Method.HANDWRITTEN: Level.HANDWRITTEN,
            Method.AUTHENTICATION: Level.AUTHENTICATION,
            Method.EID: Level.EID,
        }


class TestAValidation:
    def test_has_the_level_of_its_method(self):
        assert (
            _validation(at=datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)).level is Level.EID
        )

    def test_needs_to_know_its_moment_in_the_world(self):
        moment = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC).replace(tzinfo=None)
        with pytest.raises(ValueError, match="aware"):
            _validation(at=moment)


def _validation(at):
    return Validation(
        side=Side.MANDATOR, enterprise=situations.BAKERY, method=Method.EID, person=PERSON, at=at
    )
