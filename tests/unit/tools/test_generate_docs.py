"""Generated pages: they hold what the code says, and a difference is noticed."""

import pytest

from mahis.domain.conditions import Condition, StartTooEarly
from mahis.domain.lifecycle import TABLE, Act, Who, rows_for
from mahis.domain.mandate import State
from tools import generate_docs


@pytest.fixture
def folder(tmp_path):
    """Give a folder with pages that were just made."""
    generate_docs.main(["--folder", str(tmp_path)])
    return tmp_path


class TestAPage:
    def test_just_made_is_found_in_order(self, folder):
        generate_docs.main(["--check", "--folder", str(folder)])

    @pytest.mark.parametrize("name", generate_docs.PAGES)
    def test_that_was_changed_by_hand_is_named_and_left_as_it_is(self, folder, name):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + "By hand.\n", encoding="utf-8")
        with pytest.raises(SystemExit, match=name):
            generate_docs.main(["--check", "--folder", str(folder)])
        assert path.read_text(encoding="utf-8").endswith("By hand.\n")

    @pytest.mark.parametrize("name", generate_docs.PAGES)
    def test_that_is_missing_is_named_and_not_made(self, folder, name):
        (folder / name).unlink()
        with pytest.raises(SystemExit, match=name):
            generate_docs.main(["--check", "--folder", str(folder)])
        assert not (folder / name).exists()


class TestTheLifeOfAMandate:
    def test_has_a_line_for_every_line_of_the_table(self):
        steps = _tables(generate_docs.lifecycle_page())[0]
        assert len(steps) == len(TABLE)
        assert [line[2] for line in steps] == [row.who.value for row in TABLE]

    def test_names_every_condition_with_its_refusal(self):
        lines = _tables(generate_docs.lifecycle_page())[1]
        assert [line[1] for line in lines] == [condition.value for condition in Condition]
        assert all(line[2].startswith("`") for line in lines)

    def test_shows_for_every_state_and_act_who_may(self):
        _, _, matrix, letters = _tables(generate_docs.lifecycle_page())
        who = dict(letters)
        assert set(who.values()) == {each.value for each in Who}
        for act, (_, *cells) in zip(Act, matrix, strict=True):
            for state, cell in zip((None, *State), cells, strict=True):
                named = {who[letter] for letter in cell.split()}
                assert named == {row.who.value for row in rows_for(state=state, act=act)}

    def test_draws_every_step_and_every_end(self):
        page = generate_docs.lifecycle_page()
        for row in TABLE:
            for after in row.to:
                before = "[*]" if row.state is None else row.state.value
                assert f"    {before} --> {after.value}: " in page
        assert page.count("--> [*]") == 4


class TestTheRefusals:
    def test_have_a_line_each(self):
        page = generate_docs.refusals_page()
        codes = [line[0] for table in _tables(page)[1:] for line in table]
        assert len(codes) == len(set(codes))
        for kind in generate_docs._refusals():
            assert f"`{kind.code}`" in codes

    def test_tell_their_sentence_their_field_and_what_they_found(self):
        page = generate_docs.refusals_page()
        assert (
            "| `startTooLate` | `StartTooLate` | Refused | The start quarter is further ahead than"
            " the limit (`latest`). | `start` | `latest` |"
        ) in page

    @pytest.mark.parametrize(
        ("code", "fields"),
        [
            ("periodOutsideActivity", "`end`, `start`"),
            ("partyNotActive", "`begins`, `delegate`, `other_party`"),
        ],
    )
    def test_name_their_field_also_where_it_depends(self, code, fields):
        lines = [line for table in _tables(generate_docs.refusals_page()) for line in table]
        assert [line[4] for line in lines if line[0] == f"`{code}`"] == [fields]

    def test_with_one_code_for_two_are_not_written(self, monkeypatch):
        monkeypatch.setattr(StartTooEarly, "code", "startTooLate")
        with pytest.raises(SystemExit, match="startTooLate"):
            generate_docs.refusals_page()


def _tables(page):
    """Give the tables of a page, each as its lines without heading, each line as its cells."""
    tables, lines = [], []
    for line in [*page.splitlines(), ""]:
        if line.startswith("|"):
            lines.append([cell.strip() for cell in line.strip("|").split("|")])
        elif lines:
            tables.append(lines[2:])
            lines = []
    return tables
