"""The file of persons who can log in at the practice provider."""

import json

import pytest

from mahis.standins.openid.means import Means, level_asked
from mahis.standins.openid.people import PeopleFileError, read_people

LOTTE = {
    "insz": "81050103522",
    "given_name": "Lotte",
    "family_name": "De Wilg",
    "language": "nl",
    "descriptions": {"nl": "Bestuurder", "en": "Director"},
    "levels": [400, 500],
}


def write(tmp_path, *entries):
    file = tmp_path / "people.json"
    file.write_text(json.dumps({"people": entries}), encoding="utf-8")
    return file


def test_persons_are_read_in_order_with_their_strongest_means_first(tmp_path):
    tom = {**LOTTE, "insz": "19282416134", "given_name": "Tom"}
    people = read_people(write(tmp_path, LOTTE, tom), secret=b"a")
    assert [person.person.given_name for person in people.find("")] == ["Lotte", "Tom"]
    assert people.find("")[0].means == (Means.EID, Means.OTHER)


def test_a_handle_says_nothing_and_changes_with_the_secret(tmp_path):
    file = write(tmp_path, LOTTE)
    handles = {read_people(file, secret=secret).find("")[0].handle for secret in (b"a", b"b")}
    assert len(handles) == 2
    assert not any("8105" in handle for handle in handles)


def test_a_line_in_a_missing_language_falls_back(tmp_path):
    [lotte] = read_people(write(tmp_path, LOTTE), secret=b"a").find("")
    assert lotte.description("en") == "Director"
    assert lotte.description("fr") == "Bestuurder"


@pytest.mark.parametrize(
    "wrong",
    [
        {"insz": "81050103521"},
        {"language": "it"},
        {"levels": [300]},
        {"levels": 500},
        {"descriptions": "Director"},
        {"insz": None},
    ],
)
def test_a_wrong_entry_is_named_by_its_place_and_not_by_its_number(tmp_path, wrong):
    with pytest.raises(PeopleFileError, match="person 2") as refused:
        read_people(write(tmp_path, LOTTE, {**LOTTE, **wrong}), secret=b"a")
    assert "810501" not in str(refused.value)


@pytest.mark.parametrize("content", ["", "[]", "{}", "7", '{"people": 7}', '{"people": [7]}'])
def test_a_file_that_is_no_list_of_persons_is_refused(tmp_path, content):
    file = tmp_path / "people.json"
    file.write_text(content)
    with pytest.raises(PeopleFileError):
        read_people(file, secret=b"a")


@pytest.mark.parametrize(
    ("asked", "least"),
    [
        ("", None),
        ("nonsense", None),
        (Means.ITSME.acr, Means.ITSME),
        (f"{Means.EID.acr} {Means.ITSME.acr}", Means.ITSME),
    ],
)
def test_the_weakest_of_the_levels_asked_is_enough(asked, least):
    assert level_asked(asked) is least
