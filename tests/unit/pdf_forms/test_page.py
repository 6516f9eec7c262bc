"""A form says what was agreed, in four languages, on one page, and lets nobody write into it."""

import concurrent.futures
import dataclasses
import datetime

import pytest

from mahis.domain.parties import Language, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.gateways.pdf_forms import ShownValidation, describe, geometry, set_form, typesetting
from mahis.gateways.pdf_forms.geometry import field_box
from tests.factories import forms
from tests.unit.pdf_forms import reading

LANGUAGES = list(Language)
#: Title, the first quarter in words, who signs, and what is said where somebody has signed.
WORDS = {
    Language.FRENCH: ("Procuration", "à partir du 1er janvier 2027", "habilitée à représenter"),
    Language.DUTCH: ("Procuratie", "vanaf 1 januari 2027", "mag vertegenwoordigen"),
    Language.GERMAN: ("Bevollmächtigung", "ab dem 1. Januar 2027", "vertreten darf"),
    Language.ENGLISH: ("Authorisation", "from 1 January 2027", "who may represent"),
}
VALIDATED = {
    Language.FRENCH: ("le 26 novembre 2026 à 11:19, heure de Bruxelles", "élevé (niveau 500)"),
    Language.DUTCH: ("26 november 2026 om 11:19, Brusselse tijd", "hoog (niveau 500)"),
    Language.GERMAN: ("26. November 2026 um 11:19 Uhr, Brüsseler Zeit", "hoch (Stufe 500)"),
    Language.ENGLISH: ("26 November 2026 at 11:19, Brussels time", "high (level 500)"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_who_authorises_whom_for_what_and_when(language):
    content = forms.ordinary(language)
    said = reading.text(set_form(content))
    for party in content.parties.values():
        for word in (party.number, party.name, *party.address):
            assert word in said
    for word in (*content.groups, *WORDS[language], "2026-0001234", "1/2027"):
        assert word in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_validation_by_authentication_stands_in_place_of_the_signature(language):
    said = reading.text(set_form(forms.ordinary(language, validated=[Side.MANDATOR])))
    assert "Eva Peeters" in said
    for word in VALIDATED[language]:
        assert word in said
    assert said.count(WORDS[language][2]) == 1


def test_a_period_with_an_end_names_its_last_day():
    period = QuarterPeriod(Quarter.of(2027, 1), Quarter.of(2028, 4))
    said = reading.text(set_form(dataclasses.replace(forms.ordinary(), period=period)))
    assert "4/2028" in said
    assert "jusqu'au 31 décembre 2028 inclus" in said


def test_the_same_content_gives_the_same_bytes():
    assert set_form(forms.longest()) == set_form(forms.longest())


@pytest.mark.parametrize(
    "change",
    [
        {"number": 4},
        {"groups": ("Dimona",)},
        {"made_at": forms.MADE_AT + datetime.timedelta(seconds=1)},
        {"language": Language.DUTCH},
        {"period": QuarterPeriod(Quarter.of(2027, 2))},
    ],
)
def test_another_content_gives_other_bytes(change):
    usual = forms.ordinary()
    assert set_form(usual) != set_form(dataclasses.replace(usual, **change))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("validated", [(), (Side.MANDATOR,), tuple(Side)])
def test_the_longest_content_fits_on_one_page_and_nothing_overlaps(language, validated):
    pdf = set_form(forms.longest(language, validated=validated))
    assert reading.pages(pdf) == 1
    _assert_nothing_overlaps(pdf, signing=set(Side) - set(validated))
    said = reading.text(pdf)
    for group in forms.groups(language):
        assert group in said


def test_a_content_without_measure_takes_more_pages_and_still_nothing_overlaps():
    content = dataclasses.replace(
        forms.longest(), groups=tuple(f"Groupe d'applications {place}" for place in range(150))
    )
    pdf = set_form(content)
    assert reading.pages(pdf) > 1
    _assert_nothing_overlaps(pdf, signing=set(Side))
    for page in range(reading.pages(pdf)):
        said = " ".join(line.text for line in reading.lines(pdf, page))
        assert "2026-0001234" in said, "a page alone tells what it belongs to"


def test_a_planted_overlap_is_caught(monkeypatch):
    cramped = dataclasses.replace(geometry.GEOMETRY, field=45)
    monkeypatch.setattr(geometry, "GEOMETRY", cramped)
    monkeypatch.setattr(typesetting, "GEOMETRY", cramped)
    with pytest.raises(AssertionError):
        _assert_nothing_overlaps(set_form(forms.longest()), signing=set(Side))


@pytest.mark.parametrize("name", ["W" * 200, "M" * 400, "i" * 200, "Wort-" * 40, "ÄÖÜ & Co " * 22])
def test_no_name_leaves_its_box(name):
    pdf = set_form(forms.named(name))
    _assert_nothing_overlaps(pdf, signing=set(Side))


def test_a_validation_by_somebody_with_a_very_long_name_fits_too():
    shown = ShownValidation(person_name="W" * 200, at=forms.MADE_AT, assurance="x" * 200)
    content = dataclasses.replace(forms.longest(), validated={Side.MANDATARY: (shown,)})
    _assert_nothing_overlaps(set_form(content), signing={Side.MANDATOR})


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('#eval("1+1") #panic()', '#eval("1+1") #panic()'),
        ("*strong* _soft_ $x^2$ `raw` <label> @reference", None),
        ('#include "/etc/passwd"', None),
        ("] ) } \\ // /* ~ --- ...", None),
        ('"},{"title":"x', None),
        ("%(mandator)s %s {0} {name}", None),
        ("<script>alert(1)</script> &amp; O'Neill", None),
        ("= Title\n- item\n+ item", "= Title - item + item"),
        ("a\u202eb\u2066c\u200bd\u00ade", "abcde"),
        ("a\x00b\x1bc\td\x7f", "abc d"),
        ("שלום עולם", "□□□□ □□□□"),
        ("Café 🥐 中", "Café □ □"),
        ("e\u0301te\u0301", "été"),
        ("\ue000\uffff\U0010ffff", "□□□"),
        ("Αθήνα Москва Łódź Ąę", None),
        ("\ud800 x", "□ x"),
    ],
)
def test_whatever_a_name_holds_is_shown_as_text(name, shown):
    assert (shown or name) in reading.text(set_form(forms.named(name)))


def test_an_empty_name_and_no_address_make_a_form_too():
    content = forms.named("")
    assert reading.pages(set_form(content)) == 1


@pytest.mark.parametrize(
    ("assurance", "shown"),
    [
        ("urn:be:fedict:iam:fas:Level450", "high (level 450)"),
        ("urn:be:fedict:iam:fas:Level400", "substantial (level 400)"),
        ("urn:be:fedict:iam:fas:Level200", "low (level 200)"),
        ("http://eidas.europa.eu/LoA/high", "high"),
        ("urn:be:fedict:iam:fas:Levelx", "Levelx"),
        ("urn:be:fedict:iam:fas:Level²", "Level²"),
        ("", "Assurance level:"),
    ],
)
def test_assurance_levels_are_said_in_words(assurance, shown):
    validation = ShownValidation(person_name="Eva Peeters", at=forms.MADE_AT, assurance=assurance)
    content = dataclasses.replace(
        forms.ordinary(Language.ENGLISH), validated={Side.MANDATOR: (validation,)}
    )
    assert shown in reading.text(set_form(content))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_information_tells_what_it_is(language):
    content = forms.ordinary(language)
    reader = reading.opened(set_form(content))
    information = reader.trailer["/Info"]
    assert WORDS[language][0] in information["/Title"]
    assert information["/Subject"] == "2026-0001234"
    assert information["/Keywords"] == describe(content) == "Mahis 2026-0001234 form 3"
    assert reader.root["/Lang"] == f"{language.value}-BE"
    assert describe(content) in reader.root["/Metadata"].data.decode()


def test_it_claims_to_be_archivable_and_accessible():
    metadata = reading.opened(set_form(forms.ordinary())).root["/Metadata"].data.decode()
    for claim in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert claim in metadata


def test_all_fonts_are_embedded_and_our_own():
    found = list(reading.fonts(set_form(forms.longest(validated=[Side.MANDATOR]))))
    assert len(found) >= 2
    for name, embedded in found:
        assert "SourceSans3" in name
        assert embedded


def test_a_form_that_was_only_set_has_no_fields_and_no_scripts():
    reader = reading.opened(set_form(forms.ordinary()))
    assert not {"/AcroForm", "/OpenAction", "/AA", "/Names"} & set(reader.root)


def test_threads_set_their_forms_side_by_side():
    contents = [forms.named(f"Bakkerij {place}") for place in range(8)]
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        together = list(threads.map(set_form, contents))
    assert together == [set_form(content) for content in contents]


def _assert_nothing_overlaps(pdf: bytes, *, signing: set[Side]) -> None:
    for page in range(reading.pages(pdf)):
        lines = [line for line in reading.lines(pdf, page) if line.text.strip()]
        for place, line in enumerate(lines):
            assert line.left >= 50, line
            assert line.right <= 545.3, line
            assert line.bottom >= 20, line
            assert line.top <= 841, line
            for other in lines[place + 1 :]:
                assert not line.overlaps(other.box), (line.text, other.text)
    for side in signing:
        for line in reading.lines(pdf):
            assert not line.overlaps(field_box(side)), (side, line.text)
