"""From claims to a person, under the names that the operator gives."""

import pytest

from mahis.domain.identifiers import Insz
from mahis.gateways.identity_claims import read_assurance, read_language, read_person
from mahis.gateways.identity_refusals import LoginFailed, LoginNoNationalNumber
from mahis.gateways.identity_settings import ClaimNames

FEDERAL = ClaimNames()
CLAIMS = {
    "egovNRN": "81050103522",
    "givenName": "Lotte",
    "surname": "De Wilg",
    "prefLanguage": "nl",
    "acr": "urn:be:fedict:iam:fas:Level500",
}


def test_the_federal_names_are_the_usual_ones():
    person = read_person(CLAIMS, FEDERAL)
    assert person.insz == Insz("81050103522")
    assert (person.given_name, person.family_name) == ("Lotte", "De Wilg")
    assert read_language(CLAIMS, FEDERAL) == "nl"
    assert read_assurance(CLAIMS, FEDERAL) == "urn:be:fedict:iam:fas:Level500"


def test_other_names_can_be_given():
    names = ClaimNames(
        national_number="ssn",
        given_name="given_name",
        family_name="family_name",
        language="locale",
        assurance="loa",
    )
    claims = {
        "ssn": "81.05.01-035.22",
        "given_name": "Lotte",
        "family_name": "De Wilg",
        "locale": "fr-BE",
        "loa": 4,
    }
    assert read_person(claims, names).insz == Insz("81050103522")
    assert read_language(claims, names) == "fr"
    assert read_assurance(claims, names) == "4"


def test_a_person_may_have_no_given_name():
    assert read_person({**CLAIMS, "givenName": None}, FEDERAL).name == "De Wilg"


@pytest.mark.parametrize("family_name", [None, "", " \t", 7, ["De Wilg"]])
def test_a_family_name_is_needed(family_name):
    with pytest.raises(LoginFailed):
        read_person({**CLAIMS, "surname": family_name}, FEDERAL)


@pytest.mark.parametrize("number", [None, "", "abc", "81050103521", "8105010352", 0, {}, "\u0661"])
def test_a_number_that_can_exist_is_needed(number):
    with pytest.raises(LoginNoNationalNumber):
        read_person({**CLAIMS, "egovNRN": number}, FEDERAL)


def test_a_missing_number_is_refused():
    with pytest.raises(LoginNoNationalNumber):
        read_person({"surname": "De Wilg"}, FEDERAL)


@pytest.mark.parametrize("language", [None, "", "it", "x", 7, ["fr"]])
def test_a_language_that_is_not_ours_is_left_out(language):
    assert read_language({"prefLanguage": language}, FEDERAL) is None


@pytest.mark.parametrize("level", [None, [], {}, 4.5])
def test_a_level_that_is_no_name_is_no_level(level):
    assert read_assurance({"acr": level}, FEDERAL) == ""


def test_endless_names_are_cut():
    assert len(read_person({**CLAIMS, "surname": "a" * 9000}, FEDERAL).family_name) == 200
