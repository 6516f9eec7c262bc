"""Genuine numbers of the Crossroads Bank, where they lie beside this checkout."""

from pathlib import Path

import pytest

from mahis.domain.identifiers import CheckDigitsWrong, EnterpriseNumber, NumberUnreadable

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "kbo"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the genuine KBO data is not beside this checkout"
)


def lines(name):
    return [line for line in (DATA / name).read_text(encoding="utf-8").split() if line]


def test_every_genuine_number_is_read():
    numbers = lines("enterprise-numbers.txt")
    assert len(numbers) > 1000
    for text in numbers:
        assert EnterpriseNumber.parse(text).screen.replace(".", "") == text.replace(".", "")


def test_every_wrong_number_is_refused():
    for text in lines("enterprise-badnumbers.txt"):
        with pytest.raises((CheckDigitsWrong, NumberUnreadable)):
            EnterpriseNumber.parse(text)
