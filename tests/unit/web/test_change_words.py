"""What changed is said in the words of screens, whatever was recorded."""

import pytest

from mahis.backoffice import change_words
from mahis.domain.changes import Subject


# Versions of the matrix have screens, and words, of their own.
@pytest.mark.parametrize("subject", [each for each in Subject if each is not Subject.MATRIX])
def test_every_subject_has_words_for_its_acts(subject):
    assert change_words.ACTS[subject]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ends", None, "no end"),
        ("ends", "2026-12-31", "31 December 2026"),
        ("employersOnly", True, "yes"),
        ("employersOnly", False, "no"),
        ("branch", "socialRisks", "Social risks"),
        ("branch", "unknown", "unknown"),
        ("position", 7, "7"),
        ("groups", ["one", "two"], "one, two"),
        (
            "applications",
            {"a": ["2014-01-01/2020-12-31", "2026-01-01/"]},
            "a: 1 January 2014 to 31 December 2020, from 1 January 2026 on",
        ),
        ("applications", {}, ""),
    ],
)
def test_a_value_is_written_as_on_screens(name, value, said):
    (line,) = change_words.lines({}, {name: value})
    assert (line.before, line.after) == ("", said)


def test_what_stayed_is_not_said_twice():
    same = {"application": "dimona", "ends": None}
    lines = change_words.lines(same, same | {"ends": "2026-12-31"})
    assert [(line.before, line.after) for line in lines] == [
        ("", "dimona"),
        ("no end", "31 December 2026"),
    ]


def test_what_is_gone_says_what_it_was():
    (line,) = change_words.lines({"application": "dimona"}, {})
    assert (line.before, line.after) == ("dimona", "")
