"""What people's software really makes of a form is accepted, for the party that signed."""

import pytest

from mahis.domain.signed_forms import Outcome
from tests.hostile.harmless import FILES
from tests.hostile.judging import sitting


@pytest.fixture(scope="module")
def judges():
    """Judges who read one file after the other."""
    with sitting() as judges:
        yield judges


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_harmless_file_is_accepted_for_whom_it_signs(judges, file):
    requirement = file.requirement_in(judges.scene)
    verdict = judges.judge(file.make(judges.scene), fetch=file.fetch, **requirement)

    assert verdict.reason is None, file.why
    assert verdict.outcome is Outcome.VALID
    assert verdict.signing == file.signing
