"""Whatever the shipped matrix names is called by its name in every language."""

import csv
from importlib import resources

import pytest

from mahis.domain.parties import Language
from mahis.domain.representation import NATURAL_PERSON

REFERENCE = resources.files("mahis.standins.register") / "reference"


def rows(name):
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def labelled():
    return {
        (row["Category"], row["Code"], row["Language"])
        for name in ("code.csv", "codes.csv")
        for row in rows(name)
    }


@pytest.mark.parametrize("language", Language)
def test_every_form_and_function_of_the_matrix_has_a_label(language, labelled):
    wanted = set()
    for row in rows("matrix.csv"):
        form = row["JuridicalForm"]
        if form == NATURAL_PERSON:
            wanted.add(("TypeOfEnterprise", "1"))
        elif form:
            wanted.add(("JuridicalForm", form))
        wanted |= {("Function", code) for code in row["Function"].split("+")}
    assert len(wanted) > 20
    assert {each for each in wanted if (*each, language.value.upper()) not in labelled} == set()
