"""The officers' screens about the matrix: load, look, compare, download, withdraw."""

import datetime
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mahis.domain.changes import Subject
from mahis.gateways import matrix_files
from mahis.store.models import Change, MatrixVersion
from mahis.web import dates
from tests.factories import register
from tests.integration.portal.people import TODAY, as_, hidden, text_of

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + datetime.timedelta(days=1)
FILE = '"JuridicalForm","Function","Meaning"\n"610","10003","sign"\n"014","10002+10003","sign"\n'
LOAD = "backoffice:matrix_load"


def to(name, *args):
    return reverse(f"backoffice:{name}", args=args)


def sent(data=FILE, name="matrix.csv"):
    """Give a file as a browser sends it."""
    content = data if isinstance(data, bytes) else data.encode()
    return SimpleUploadedFile(name, content, content_type="text/csv")


@pytest.fixture
def officer(cast):
    """Give an officer's browser, and a register that knows the codes of the file."""
    for code, label in (("610", "Private company"), ("014", "Public company")):
        register.labelled("JuridicalForm", code, {"en": label})
    for code, label in (("10002", "Director"), ("10003", "Managing director")):
        register.labelled("Function", code, {"en": label})
    return as_(cast.officer)


def typed(**changed):
    """Give what an officer types."""
    return {
        "file": sent(),
        "name": "2027",
        "begins": dates.write(TOMORROW),
        "reason": "Decree of 2026.",
        **changed,
    }


def confirmed(page):
    """Give what the page with the differences sends when it is confirmed."""
    names = ("lines", "name", "begins", "reason")
    return {name: html.unescape(hidden(page, name)) for name in names}


@pytest.fixture
def loaded(officer):
    """Load a version for tomorrow; gives its row."""
    page = officer.post(reverse(LOAD), typed())
    officer.post(to("matrix_load_confirm"), confirmed(page))
    return MatrixVersion.objects.get(name="2027")


class TestLoading:
    def test_shows_first_what_differs_and_changes_nothing(self, officer):
        text = text_of(officer.post(reverse(LOAD), typed()))
        assert "Load this version?" in text
        assert "What differs from “first”" in text
        assert "Private company 610 Managing director 10003 Director 10002" in text
        assert "Public company 014 Director together with Managing director 10002 + 10003" in text
        assert not MatrixVersion.objects.filter(name="2027").exists()

    def test_confirmed_makes_the_version_and_leads_to_it(self, officer, cast):
        page = officer.post(reverse(LOAD), typed())
        answer = officer.post(to("matrix_load_confirm"), confirmed(page), follow=True)
        row = MatrixVersion.objects.get(name="2027")
        assert answer.redirect_chain == [(f"{to('matrix_version', row.pk)}?loaded", 302)]
        text = text_of(answer)
        assert "It decides from 24 November 2026 on" in text
        assert cast.officer.person.name in text
        assert "Decree of 2026." in text
        assert row.entries == ["610:10003"]
        assert not row.illustrative

    def test_can_be_changed_without_choosing_the_file_again(self, officer):
        page = officer.post(reverse(LOAD), typed())
        again = officer.post(reverse(LOAD), {**confirmed(page), "change": "1"})
        assert again.status_code == 200
        assert "The file that you chose is kept." in text_of(again)
        kept = html.unescape(hidden(again, "lines"))
        more = typed(name="2027 b", lines=kept, illustrative="1")
        del more["file"]
        page = officer.post(reverse(LOAD), more)
        assert "Load this version?" in text_of(page)
        officer.post(to("matrix_load_confirm"), {**confirmed(page), "illustrative": "1"})
        assert MatrixVersion.objects.get(name="2027 b").illustrative

    def test_of_unknown_codes_asks_whether_they_are_meant(self, officer):
        page = officer.post(reverse(LOAD), typed(file=sent(FILE + '"999","10099","sign"\n')))
        text = text_of(page)
        assert "The register does not know these codes Legal form 999 Function 10099" in text
        refused = officer.post(to("matrix_load_confirm"), confirmed(page))
        assert refused.status_code == 422
        assert "The register does not know: 999, 10099." in text_of(refused)
        officer.post(to("matrix_load_confirm"), {**confirmed(page), "with_unknown_codes": "1"})
        assert "999:10099" in MatrixVersion.objects.get(name="2027").entries

    @pytest.mark.parametrize(
        ("changed", "text"),
        [
            ({"file": ""}, "Choose a file."),
            ({"name": ""}, "Give the version a name."),
            ({"name": "x" * 90}, "The name can have at most 80 characters."),
            ({"name": "First"}, "Another version has this name."),
            ({"reason": ""}, "Enter a reason."),
            ({"begins": dates.write(TODAY - datetime.timedelta(days=1))}, "days that are over"),
            ({"begins": "31/02/2027"}, "Valid from"),
            ({"file": sent("a,b\n")}, "JuridicalForm, Function, Meaning"),
            ({"file": sent(b"\xff\xfe")}, "no CSV in UTF-8"),
            ({"file": sent(b"x" * (matrix_files.LARGEST + 1))}, "far larger than a matrix"),
            ({"file": sent(FILE.splitlines()[0] + "\n")}, "nobody could sign for anybody"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, officer, changed, text):
        page = officer.post(reverse(LOAD), typed(**changed))
        assert page.status_code in {409, 422}
        assert text in text_of(page)
        assert "error-summary" in page.content.decode()
        assert MatrixVersion.objects.count() == 1

    def test_names_every_wrong_line(self, officer):
        wrong = FILE + "14,10002,sign\n610,10003,sign\n<b>,10002,sign\n"
        page = officer.post(reverse(LOAD), typed(file=sent(wrong)))
        text = text_of(page)
        assert "Line 4: “14” is no legal form: three digits or naturalPerson." in text
        assert "Line 5: Line 2 says the same." in text
        assert "Line 6: “&lt;b&gt;” is no legal form" in text

    def test_says_that_a_version_of_today_decides_at_once(self, officer):
        page = officer.post(reverse(LOAD), typed(begins=dates.write(TODAY)))
        assert "It decides at once" in text_of(page)

    @pytest.mark.parametrize("lines", ["", "x", "\ud800", '"610","10002"', "a" * 300_000])
    def test_survives_forged_lines(self, officer, lines):
        data = {**typed(), "lines": lines.encode("utf-8", "replace").decode()}
        del data["file"]
        for name in ("matrix_load", "matrix_load_confirm"):
            assert officer.post(to(name), data).status_code == 422


class TestTheList:
    def test_shows_each_version_with_who_loaded_it(self, officer, loaded, cast):
        text = text_of(officer.get(to("matrix")))
        who = cast.officer.person.name
        assert f"2027 To come from 24 November 2026 23 November 2026 at 11:00 {who}" in text
        assert (
            "first In force from 1 January 2000 to 23 November 2026 Files of the register" in text
        )

    def test_warns_where_what_decides_is_made_up_or_nothing_does(self, officer):
        MatrixVersion.objects.update(illustrative=True)
        assert "The matrix in force is illustrative" in text_of(officer.get(to("matrix")))
        MatrixVersion.objects.all().delete()
        text = text_of(officer.get(to("matrix")))
        assert "No matrix is in force" in text
        assert "There is no version yet" in text

    def test_offers_nothing_to_change_to_who_only_consults(self, cast, auditor, loaded):
        browser = as_(auditor)
        for address in (to("matrix"), to("matrix_version", loaded.pk)):
            page = browser.get(address).content.decode()
            assert to("matrix_load") not in page
            assert to("matrix_withdraw", loaded.pk) not in page
        for address in (to("matrix_load"), to("matrix_withdraw", loaded.pk)):
            assert browser.get(address).status_code == 403

    def test_is_closed_to_companies(self, companies, loaded):
        for actor in companies:
            browser = as_(actor)
            for address in (to("matrix"), to("matrix_export", loaded.pk), to("matrix_compare")):
                assert browser.get(address).status_code == 403


class TestComparing:
    def test_shows_what_differs_between_any_two(self, officer, loaded):
        first = MatrixVersion.objects.get(name="first")
        address = f"{to('matrix_compare')}?before={loaded.pk}&after={first.pk}"
        text = text_of(officer.get(address))
        assert "What changes from “2027” to “first”" in text
        assert "Private company 610 Director 10002 Managing director 10003" in text

    def test_takes_the_two_newest_where_none_are_named(self, officer, loaded):
        text = text_of(officer.get(to("matrix_compare")))
        assert "What changes from “first” to “2027”" in text

    @pytest.mark.parametrize("query", ["before=x", "after=0", "before=-1", "after=9999999999999"])
    def test_of_what_is_not_there_is_not_found(self, officer, loaded, query):
        assert officer.get(f"{to('matrix_compare')}?{query}").status_code == 404


def test_a_version_is_downloaded_as_the_file_that_would_load_it(officer, loaded):
    answer = officer.get(to("matrix_export", loaded.pk))
    assert re.search('filename="2027.csv"', answer["Content-Disposition"])
    assert answer["X-Content-Type-Options"] == "nosniff"
    page = officer.post(
        reverse(LOAD),
        typed(file=sent(answer.content), name="again", begins="01/01/2027"),
    )
    assert "Both say the same." in text_of(page)


class TestWithdrawing:
    def test_asks_why_and_lets_the_version_before_go_on(self, officer, loaded):
        page = officer.get(to("matrix_withdraw", loaded.pk))
        assert "Without it, “first” goes on." in text_of(page)
        answer = officer.post(
            to("matrix_withdraw", loaded.pk), {"reason": "A digit was wrong."}, follow=True
        )
        text = text_of(answer)
        assert "The version is withdrawn" in text
        assert "2027 23 November 2026 at 11:00" in text
        assert "A digit was wrong." in text
        change = Change.objects.get(act="withdrawn")
        file = officer.get(to("matrix_export_withdrawn", change.pk))
        assert file.content.decode() == change.before["lines"]
        assert '"014","10002+10003","sign"' in file.content.decode()
        first = Change.objects.get(act="loaded")
        assert officer.get(to("matrix_export_withdrawn", first.pk)).status_code == 404
        acts = Change.objects.filter(subject=Subject.MATRIX).values_list("act", flat=True)
        assert set(acts) == {"loaded", "withdrawn"}

    def test_needs_a_reason(self, officer, loaded):
        page = officer.post(to("matrix_withdraw", loaded.pk), {"reason": " "})
        assert page.status_code == 422
        assert "Enter a reason." in text_of(page)

    def test_of_one_that_has_begun_is_refused_with_a_way_out(self, officer):
        first = MatrixVersion.objects.get(name="first")
        page = officer.post(to("matrix_withdraw", first.pk), {"reason": "Wrong."})
        assert page.status_code == 409
        assert "Load another one that takes over." in text_of(page)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Matrice des représentants"),
        ("nl", "Matrix van vertegenwoordigers"),
        ("de", "Vertretermatrix"),
    ],
)
def test_the_screen_speaks_the_language_of_the_officer(officer, loaded, language, words):
    officer.cookies["mahis_language"] = language
    assert words in officer.get(to("matrix")).content.decode()
