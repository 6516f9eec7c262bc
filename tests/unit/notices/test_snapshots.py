"""Notices say, word for word, what somebody has read and found good."""

import pytest

from tools import notice_snapshots
from tools.notice_snapshots import FOLDER

WANTED = notice_snapshots.snapshots()


@pytest.mark.parametrize("path", sorted(WANTED), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_notice_says_what_was_reviewed(path):
    assert path.read_text(encoding="utf-8") == WANTED[path], (
        "read the new text and keep it with: python -m tools.notice_snapshots"
    )


def test_no_snapshot_is_left_of_a_notice_that_is_no_more():
    assert set(FOLDER.rglob("*.txt")) == set(WANTED)
