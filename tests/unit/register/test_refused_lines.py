"""Every kind of wrong line is refused with its file, its line and its reason."""

import pytest

from mahis.gateways import register_files
from mahis.gateways.register_files import FileRefused
from mahis.store.models import AccessKind
from tests.factories.register_files import (
    BRANCH,
    NSSO,
    ONE,
    PERSON,
    PLACE,
    TWO,
    enterprise,
    full,
    meta,
    name,
    seat,
    write,
)

#: 01-02-2020 in digits that are not those of Latin script.
ARABIC = "01-02-2020".translate({ord("0") + digit: 0x660 + digit for digit in range(10)})


def read(folder):
    """Read a bundle to its last line; gives the rows of each file."""
    with register_files.opened(folder) as bundle:
        return {
            part.entry.name: list(register_files.rows_of(part, lambda _: None))
            for part in bundle.parts
        }


def refusal(tmp_path, files):
    with pytest.raises(FileRefused) as refused:
        read(write(tmp_path / "bundle", files))
    return refused.value


def office(*, person=PERSON, holder="", begins="01-01-2020", ends="", family="Zilverhof"):
    holder_cell = f'"{holder}"' if holder else ""
    person_cell = f'"{person}"' if person else ""
    return f'"{ONE}","10002",{person_cell},"Ilse","{family}",{holder_cell},,{begins},{ends}'


def test_a_whole_extract_is_read_with_line_numbers_and_values(tmp_path):
    rows = read(write(tmp_path / "bundle", full()))
    assert rows["enterprise.csv"] == [
        (2, 150013765, "AC", "000", "2", "610", "", "2010-02-01"),
        (3, 150027425, "AC", "000", "2", "014", "", "2010-02-01"),
    ]
    assert rows["address.csv"][0][-1] is None


@pytest.mark.parametrize(
    ("stem", "line", "reason"),
    [
        ("enterprise", enterprise("0150.013.766"), "check digits"),
        ("enterprise", enterprise("2150.013.766"), "no enterprise number"),
        ("enterprise", enterprise(""), "no enterprise number"),
        ("enterprise", enterprise(ONE, begins="31-02-2020"), "does not exist"),
        ("enterprise", enterprise(ONE, begins="2020-02-01"), "no date"),
        ("enterprise", enterprise(ONE, begins=ARABIC), "no date"),
        ("enterprise", enterprise(ONE, begins=""), "no date"),
        ("enterprise", enterprise(ONE, form="61"), "no code of 3 digits"),
        ("enterprise", enterprise(ONE).replace('"AC"', '"ST"'), "none of: AC"),
        ("enterprise", enterprise(ONE).replace('"2"', '"9"'), "none of: 0, 1, 2"),
        ("establishment", f'"{ONE}",01-03-2011,"{ONE}"', "no establishment number"),
        ("establishment", f'"8.000.000.072",01-03-2011,"{ONE}"', "check digits"),
        ("branch", f'"{PLACE}",01-03-2011,"{ONE}"', "no branch number"),
        ("branch", f'"9.000.006.627",01-03-2011,"{ONE}"', "check digits"),
        ("denomination", name(ONE, " "), "may not be empty"),
        ("denomination", name(ONE, "x", language=7), "none of: 0, 1, 2, 3, 4"),
        ("denomination", name("7.000", "x"), "no establishment number"),
        ("address", seat(ONE, kind="HOME"), "none of: REGO"),
        ("address", seat(ONE) + "1-1-2020", "no date"),
        ("contact", f'"{ONE}","ENT","FAX?","1"', "none of: TEL"),
        ("activity", f'"{ONE}","6","2025","10712","MAIN"', "no code of 3 digits"),
        ("activity", f'"{ONE}","006","2025","10.712","MAIN"', "no code (letters"),
        ("employers", f'"{ONE}","1800007-66",01-01-2020,', "check digits"),
        ("employers", f'"{ONE}","12",01-01-2020,', "no NSSO number"),
        ("employers", f'"{ONE}","{NSSO}",01-01-2020,31-12-2019', "before the start date"),
        ("providers", f'"{ONE}","none",01-01-2020,', "none of: active"),
        ("secretariats", f'"{ONE}","12",01-01-2020,', "no SSA number"),
        ("accounts", f'"{ONE}",01-01-2020,,yes', "no date"),
        ("languages", f'"{ONE}","en"', "none of: fr, nl, de"),
        ("access", f'"{PERSON}","{ONE}","boss","manage",01-01-2020,', "none of: enterprise"),
        ("access", f'"{PERSON}","{ONE}","provider","all",01-01-2020,', "none of: manage"),
        ("offices", office(person=""), "either by a person or by an enterprise"),
        ("offices", office(holder=TWO), "either by a person or by an enterprise"),
        ("offices", office(family=""), "needs a family name"),
        ("offices", office(ends="31-12-2019"), "before the start date"),
        ("groups", '"a b","other","0","0","1","a","b","c","d",01-01-2020,', "no code"),
        ("groups", '"a","none","0","0","1","a","b","c","d",01-01-2020,', "none of: social"),
        ("groups", '"a","other","2","0","1","a","b","c","d",01-01-2020,', "neither 0 nor 1"),
        ("groups", '"a","other","0","0","-1","a","b","c","d",01-01-2020,', "no whole number"),
        ("groups", '"a","other","0","0","1","a","b","","d",01-01-2020,', "NameDE: this cell"),
        ("matrix", '"v","","10002","sign"', "a legal form goes with"),
        ("matrix", '"v","610","10002","permanentRepresentative"', "a legal form goes with"),
        ("matrix", '"v","610","1000","sign"', "no code of 5 digits"),
        ("codes", '"Function","10002","IT","Amministratore"', "none of: FR, NL, DE, EN"),
        ("denomination", name(ONE, "a\0b"), "NUL"),
        ("denomination", f'"{ONE}","2","001"', "3 cells where 4 columns stand"),
        ("denomination", name(ONE, "a") + ',"b"', "5 cells where 4 columns stand"),
        ("denomination", f'"{ONE}","2","001","open', "no proper CSV"),
        ("denomination", f'"{ONE}","2","001","a"b"', "no proper CSV"),
        ("denomination", name(ONE, "a" * 70_000), "too long"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place_and_reason(tmp_path, stem, line, reason):
    files = full(**{stem: [line]})
    value = refusal(tmp_path, files)
    assert (value.file, value.line) == (f"{stem}.csv", 2)
    assert reason in value.reason
    assert str(value).startswith(f"{stem}.csv, line 2: ")


@pytest.mark.parametrize("stem", ["access", "offices"])
@pytest.mark.parametrize("person", ["45010190023", "99020299964", "4501019002", "forty-five"])
def test_a_wrong_national_number_is_refused_without_being_told(tmp_path, stem, person):
    right = f'"{person}","{ONE}","provider","manage",01-01-2020,'
    value = refusal(tmp_path, {stem: [right if stem == "access" else office(person=person)]})
    assert "not shown" in value.reason
    assert person not in str(value)


def test_the_line_told_is_the_one_in_the_file_even_behind_a_line_break_in_a_cell(tmp_path):
    lines = [name(ONE, "two\nlines"), enterprise(ONE)]
    value = refusal(tmp_path, full(denomination=lines))
    assert value.line == 4


def test_wrong_columns_are_refused_in_line_one(tmp_path):
    folder = write(tmp_path / "bundle", full())
    text = (folder / "contact.csv").read_text().replace("ContactType", "Kind")
    (folder / "contact.csv").write_text(text)
    with pytest.raises(FileRefused) as refused:
        read(folder)
    assert (refused.value.file, refused.value.line) == ("contact.csv", 1)
    assert "ContactType" in refused.value.reason


def test_an_empty_file_is_refused(tmp_path):
    folder = write(tmp_path / "bundle", full())
    (folder / "contact.csv").write_bytes(b"")
    with pytest.raises(FileRefused, match=r"contact\.csv, line 1"):
        read(folder)


def test_a_line_that_is_not_utf_8_is_refused_with_its_number(tmp_path):
    folder = write(tmp_path / "bundle", full())
    latin = name(ONE, "Één").encode("latin-1")
    with (folder / "denomination.csv").open("ab") as file:
        file.write(latin)
    with pytest.raises(FileRefused, match="line 4: the line is not written in UTF-8"):
        read(folder)


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path):
    folder = write(tmp_path / "bundle", full())
    file = folder / "denomination.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read(folder)["denomination.csv"][0] == (2, 150013765, "2", "001", "Bakkerij Één")


def test_control_characters_in_texts_become_spaces(tmp_path):
    rows = read(write(tmp_path / "bundle", full(denomination=[name(ONE, "a\tb\x1bc")])))
    assert rows["denomination.csv"][0][-1] == "a b c"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (['"ExtractType","full"'], "SnapshotDate"),
        (meta(day="32-01-2026"), "does not exist"),
        (meta(kind="partial"), "neither full nor update"),
        (['"SnapshotDate","01-07-2026"'], "neither full nor update"),
        ([*meta()[:2], '"ExtractNumber","one"'], "no number"),
    ],
)
def test_a_wrong_meta_is_refused(tmp_path, lines, reason):
    value = refusal(tmp_path, full(meta=lines))
    assert value.file == "meta.csv"
    assert reason in value.reason


def test_files_that_do_not_belong_together_are_refused(tmp_path):
    update = full(meta=meta(kind="update"))
    assert "type update" in refusal(tmp_path, update).reason
    (tmp_path / "other").mkdir()
    mixed = full(denomination_insert=[name(ONE, "a")])
    assert "type full" in refusal(tmp_path / "other", mixed).reason


def test_a_full_extract_without_a_day_is_refused(tmp_path):
    assert "needs a meta.csv" in refusal(tmp_path, full(meta=None)).reason


@pytest.mark.parametrize("wrong", ["office.csv", "Enterprise.csv", "code_delete.csv"])
def test_an_unknown_file_name_is_refused(tmp_path, wrong):
    folder = write(tmp_path / "bundle", full())
    (folder / wrong).write_text("")
    with pytest.raises(FileRefused, match=wrong):
        read(folder)


def test_other_files_are_left_aside_and_named(tmp_path):
    folder = write(tmp_path / "bundle", full())
    (folder / "README.txt").write_text("hello")
    with register_files.opened(folder) as bundle:
        assert bundle.ignored == ("README.txt",)


def test_a_folder_without_register_files_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="no register files"):
        read(tmp_path)


def test_the_words_for_access_are_those_of_the_table():
    column = register_files.bundle.LAYOUTS["access"].column("kind")
    for kind in AccessKind:
        assert column.form.read(kind.value) == kind.value
    with pytest.raises(ValueError, match="none of"):
        column.form.read(BRANCH)
