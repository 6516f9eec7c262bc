"""The invented register: the same each time, with right numbers that are nobody's."""

import datetime
import filecmp
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mahis.domain.groups import Validity
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.representation import Matrix, signing_power
from mahis.domain.representation import Office as Held
from mahis.gateways import register_files
from mahis.standins.register import Size, generate, numbers
from mahis.standins.register.invented import invent

ON = datetime.date(2026, 11, 23)


def made(tmp_path, name, *, size=Size.SMALL, seed=1, on=ON):
    folder = tmp_path / name
    folder.mkdir()
    people = folder / "people.json"
    return generate(folder=folder, people=people, size=size, seed=seed, on=on)


def files(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def test_the_same_seed_gives_the_same_bytes_within_a_quarter(tmp_path):
    made(tmp_path, "one")
    made(tmp_path, "other", on=datetime.date(2026, 10, 1))
    names = files(tmp_path / "one")
    assert names == files(tmp_path / "other")
    same, different, errors = filecmp.cmpfiles(
        tmp_path / "one", tmp_path / "other", [str(name) for name in names], shallow=False
    )
    assert (len(same), different, errors) == (len(names), [], [])


def test_another_seed_gives_another_register_with_the_same_personas(tmp_path):
    made(tmp_path, "one")
    made(tmp_path, "other", seed=2)
    one, other = tmp_path / "one", tmp_path / "other"
    name = "1-full/denomination.csv"
    assert (one / name).read_bytes() != (other / name).read_bytes()
    assert (one / "people.json").read_bytes() == (other / "people.json").read_bytes()


@pytest.mark.parametrize("size", Size)
def test_every_file_is_read_without_a_refusal(tmp_path, size):
    read = {}
    for bundle in made(tmp_path, "one", size=size).bundles:
        with register_files.opened(bundle) as opened:
            for part in opened.parts:
                rows = list(register_files.rows_of(part, lambda _: None))
                read[f"{bundle.name}/{part.entry.name}"] = len(rows)
    begun = sum(
        count for name, count in read.items() if "/enterprise" in name and "del" not in name
    )
    assert begun == size.enterprises
    assert read["4-own/providers.csv"] > size.providers
    assert all(
        read[f"{bundle}/enterprise_delete.csv"] for bundle in ("3-update",) if size is Size.FULL
    )


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**9), days=st.integers(0, 3000))
def test_every_number_is_right_and_nobodys(seed, days):
    register = invent(size=Size.SMALL, seed=seed, on=ON + datetime.timedelta(days=days))
    enterprises = [each.number.digits for each in register.enterprises]
    persons = {office.person.insz for office in register.offices if office.person}
    persons |= {access.person for access in register.access}
    assert len(set(enterprises)) == len(enterprises)
    assert all(number.startswith("01") for number in enterprises)
    for person in persons:
        assert Insz(person.digits) == person
        # Real counters of one day of birth do not come near to this.
        assert int(person.digits[6:9]) >= 900
    every = {*enterprises, *(person.digits for person in persons)}
    assert not every & numbers.PUBLISHED
    assert {each.enterprise.digits for each in register.employers} <= set(enterprises)
    assert len({each.number for each in register.employers}) == len(register.employers)


def test_nothing_happens_to_an_enterprise_before_it_begins():
    register = invent(size=Size.FULL, seed=1, on=ON)
    begins = {each.number: each.begins for each in register.enterprises}
    beginnings = [
        *((each.enterprise, each.begins) for each in register.employers),
        *((each.enterprise, each.begins) for each in register.providers),
        *((each.enterprise, each.begins) for each in register.secretariats),
    ]
    for number, day in beginnings:
        assert begins[number] <= day <= ON
    for each in register.enterprises:
        assert each.gone_on is None or each.begins < each.gone_on < ON


def test_names_of_companies_are_told_apart_and_languages_are_mixed():
    register = invent(size=Size.FULL, seed=1, on=ON)
    names = [each.names[0].text for each in register.enterprises if not each.is_natural_person]
    assert len(set(names)) == len(names)
    languages = {each.language.value for each in register.enterprises}
    assert languages == {"fr", "nl", "de"}


def test_the_permanent_representative_is_reached_over_two_companies():
    register = invent(size=Size.SMALL, seed=1, on=ON)
    named = {each.names[0].text: each.number for each in register.enterprises}
    pieter = next(each.person for each in register.personas if each.person.given_name == "Pieter")
    matrix = Matrix(
        version="x",
        validity=Validity(datetime.date(2000, 1, 1)),
        entries=frozenset({("014", "10003")}),
        permanent_representative=frozenset({"10007"}),
    )
    offices = tuple(
        Held(
            enterprise=each.enterprise,
            function=each.function,
            validity=Validity(each.begins, each.ends),
            person=each.person.insz if each.person else None,
            holder=each.holder,
            represents_in=each.represents_in,
        )
        for each in register.offices
    )
    power = signing_power(
        person=pieter.insz,
        enterprise=named["Brouwerij De Nachtegaal"],
        legal_form="014",
        offices=offices,
        matrix=matrix,
        on=ON,
    )
    assert power.granted
    assert len(power.chain) == 3


def test_personas_have_lines_in_four_languages_and_means(tmp_path):
    made(tmp_path, "one")
    people = json.loads((tmp_path / "one" / "people.json").read_text())["people"]
    assert len(people) >= 12
    for person in people:
        assert set(person["descriptions"]) == {"fr", "nl", "de", "en"}
        assert set(person["levels"]) <= {500, 450, 400}
        assert Insz.parse(person["insz"]).digits == person["insz"]


def test_personas_act_for_enterprises_of_the_register(tmp_path):
    cast = made(tmp_path, "one").cast
    assert len(cast) > 10
    assert all(isinstance(number, EnterpriseNumber) for number in cast)
