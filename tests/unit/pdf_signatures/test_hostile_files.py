"""Every file of the table is refused with its own reason, cheaply, and the next is read as ever."""

from collections import Counter

import pytest

from mahis.domain.signed_forms import Doubt, Outcome
from tests.hostile import FILES, scene
from tests.hostile.judging import sitting

_MOST_SECONDS, _MOST_BYTES = 2, 512 * 2**20
#: The kernel looks at the clock from time to time only, and ending a process takes some.
_SLACK_SECONDS = 0.2
_LARGEST_UPLOAD = 10 * 2**20


@pytest.fixture(scope="module")
def judges():
    """Judges whose worker has read a good file."""
    with sitting() as judges:
        assert judges.judge(judges.scene.by_both).outcome is Outcome.VALID
        yield judges


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_hostile_file_is_refused_with_its_own_reason_and_does_no_harm(judges, file):
    verdict, cost = judges.judge_hostile(file)
    next_verdict = judges.judge(judges.scene.by_mandator)

    assert verdict.reason is file.doubt, file.attack
    assert verdict.outcome is not Outcome.VALID
    assert verdict.signing == frozenset()
    assert cost.cpu_seconds <= _MOST_SECONDS + _SLACK_SECONDS
    assert cost.most_bytes <= _MOST_BYTES
    assert next_verdict.outcome is Outcome.VALID


def test_the_table_is_long_and_tells_each_file_apart():
    names = Counter(map(str, FILES))
    attacks = Counter(file.attack for file in FILES)
    assert len(FILES) >= 60
    assert [name for name, times in names.items() if times > 1] == []
    assert [attack for attack, times in attacks.items() if times > 1] == []


def test_no_file_is_refused_for_its_size_alone():
    largest = max(FILES, key=lambda file: len(file.make(scene())))
    assert len(largest.make(scene())) <= _LARGEST_UPLOAD


def test_the_table_shows_every_reason_that_a_reader_can_find():
    # A file that is too large is never read; that its reason is given is for the door to show.
    assert {file.doubt for file in FILES} == set(Doubt) - {Doubt.TOO_LARGE}
