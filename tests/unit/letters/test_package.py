"""The package for the printer: every letter in its order, two lists that agree, always the same."""

import csv
import datetime
import hashlib
import io
import json
import zipfile

import pytest

from mahis.gateways import print_package
from mahis.gateways.print_package import Package, PackedLetter

CONTENTS = {hashlib.sha256(text).hexdigest(): text for text in (b"one", b"two", b"three")}
PACKAGE = Package(
    number=12,
    day=datetime.date(2026, 12, 1),
    letters=tuple(
        PackedLetter(
            place=place,
            letter=f"letter-{place}",
            pages=place,
            abroad=place == 3,
            language="fr",
            sha256=sha256,
        )
        for place, sha256 in enumerate(CONTENTS, start=1)
    ),
)


def written(package=PACKAGE, read=CONTENTS.__getitem__):
    into = io.BytesIO()
    print_package.write(package, read=read, into=into)
    return into.getvalue()


@pytest.fixture
def opened():
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        assert archive.testzip() is None
        yield archive


def test_the_name_tells_day_and_number():
    assert PACKAGE.name == "mahis-letters-20261201-000012.zip"


def test_the_letters_lie_in_it_in_their_order(opened):
    names = opened.namelist()
    assert names == [
        "manifest.json",
        "manifest.csv",
        "letters/000001.pdf",
        "letters/000002.pdf",
        "letters/000003.pdf",
    ]
    assert [opened.read(name) for name in names[2:]] == list(CONTENTS.values())


def test_the_list_for_programs_counts_and_names_what_is_in_it(opened):
    told = json.loads(opened.read("manifest.json"))
    assert told["form"] == "mahis-letters/1"
    assert told["batch"] == 12
    assert told["day"] == "2026-12-01"
    assert told["package"] == PACKAGE.name
    assert told["counts"] == {"letters": 3, "pages": 6, "belgium": 2, "abroad": 1}
    assert told["envelope"]["kind"] == "C5/6 window right"
    assert told["envelope"]["windowMillimetres"] == {
        "fromLeft": 104,
        "fromTop": 44,
        "width": 110,
        "height": 40,
    }
    for line in told["letters"]:
        assert hashlib.sha256(opened.read(line["file"])).hexdigest() == line["sha256"]
    assert [line["pages"] for line in told["letters"]] == [1, 2, 3]
    assert [line["destination"] for line in told["letters"]] == ["belgium", "belgium", "abroad"]


def test_both_lists_say_the_same(opened):
    told = json.loads(opened.read("manifest.json"))["letters"]
    listed = list(csv.DictReader(io.StringIO(opened.read("manifest.csv").decode())))
    assert listed == [{name: str(value) for name, value in line.items()} for line in told]


def test_the_same_batch_gives_the_same_bytes():
    assert written() == written()


def test_a_letter_that_is_lost_stops_the_package():
    with pytest.raises(KeyError):
        written(read={}.__getitem__)


def test_many_letters_stay_in_order_by_their_names():
    names = [
        PackedLetter(place=place, letter="", pages=1, abroad=False, language="fr", sha256="").file
        for place in (1, 9, 10, 99_999, 100_000, 999_999)
    ]
    assert names == sorted(names)
