"""A letter says what it has to in four languages, on as many pages as it takes, always the same."""

import concurrent.futures
import dataclasses
import datetime

import pytest

from mahis.domain.notices import Channel
from mahis.domain.parties import Language
from mahis.gateways.letters import letter_of, set_letter
from mahis.gateways.notices import examples, render
from tests.factories import letters
from tests.unit.pdf_forms import reading

LANGUAGES = list(Language)
WORDS = {
    Language.FRENCH: ("Notre référence", "1er décembre 2026", "nos salutations distinguées."),
    Language.DUTCH: ("Onze referentie", "1 december 2026", "Met vriendelijke groet,"),
    Language.GERMAN: ("Unser Zeichen", "1. Dezember 2026", "Mit freundlichen Grüßen"),
    Language.ENGLISH: ("Our reference", "1 December 2026", "Yours faithfully,"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_who_writes_what_is_to_be_done_and_until_when(language):
    letter = letters.ordinary(language)
    said = reading.text(set_letter(letter).pdf)
    for word in (
        *WORDS[language],
        *letter.recipient,
        letter.sender.name,
        *letter.sender.address,
        *letter.sender.contact,
        letter.reference,
        letter.subject,
        letter.greeting,
        *letter.paragraphs,
        *(word for each in letter.details for word in (each.label, *each.values)),
        letter.action_title,
        letter.action,
        letter.deadline,
        letter.link_words,
        letter.link,
        letter.signature,
        *letter.notes,
    ):
        assert word in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_says_words_of_another(language):
    said = reading.text(set_letter(letters.ordinary(language)).pdf)
    for other in set(LANGUAGES) - {language}:
        assert not any(word in said for word in WORDS[other])


def test_where_nothing_is_to_be_done_nothing_is_asked():
    letter = dataclasses.replace(letters.ordinary(), action="", link="")
    said = reading.text(set_letter(letter).pdf)
    for word in (letter.action_title, letter.deadline, letter.link_words):
        assert word not in said


def test_a_link_alone_is_shown_too():
    letter = dataclasses.replace(letters.ordinary(Language.ENGLISH), action="")
    said = reading.text(set_letter(letter).pdf)
    assert f"{letter.link_words}: {letter.link}" in said
    assert letter.action_title not in said


def test_without_a_reference_no_line_asks_for_one():
    letter = dataclasses.replace(letters.ordinary(Language.ENGLISH), reference="", link="")
    assert "Our reference" not in reading.text(set_letter(letter).pdf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_becomes_a_letter_with_every_word_of_it(language):
    text = letters.text(language)
    letter = letter_of(
        text,
        sender=letters.SENDER,
        recipient=("Naam", "9000 Gent"),
        day=letters.DAY,
        reference="2026-0000001",
    )
    said = reading.text(set_letter(letter).pdf)
    for word in (
        text.subject,
        text.greeting,
        *text.paragraphs,
        *(word for each in text.details for word in (each.label, *each.values)),
        text.action_title,
        text.action,
        text.deadline,
        text.link_words,
        text.link,
        text.sender,
        *text.notes,
        text.disclaimer,
    ):
        assert word
        assert word in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_by_post_fits_on_one_page(language):
    for example in examples.every():
        text = render(example.facts(language), language=language, channel=Channel.POST)
        made = set_letter(
            letter_of(
                text,
                sender=letters.SENDER,
                recipient=letters.SIX_LINES,
                day=letters.DAY,
                reference="2026-0001234",
            )
        )
        assert made.pages == 1, example.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_letter_counts_its_pages_and_each_tells_what_it_belongs_to(language):
    made = set_letter(letters.long(language))
    assert made.pages == reading.pages(made.pdf) == 2
    of = {"fr": "sur", "nl": "van", "de": "von", "en": "of"}[language.value]
    for page in range(2):
        said = " ".join(" ".join(line.text for line in reading.lines(made.pdf, page)).split())
        assert "2026-0001234" in said
        assert f"{page + 1} {of} 2" in said


def test_no_text_leaves_the_paper_or_lies_on_another():
    wild = dataclasses.replace(
        letters.long(),
        reference="R" * 90,
        subject="Sujet " * 60,
        paragraphs=("x" * 500, "mot " * 900),
        action="y" * 400,
        link="https://example.be/" + "z" * 400,
    )
    pdf = set_letter(wild).pdf
    for page in range(reading.pages(pdf)):
        lines = [line for line in reading.lines(pdf, page) if line.text.strip()]
        for place, line in enumerate(lines):
            assert 50 <= line.left < line.right <= 553, line
            assert 20 <= line.bottom < line.top <= 841, line
            for other in lines[place + 1 :]:
                assert not line.overlaps(other.box), (line.text, other.text)


def test_folds_are_marked_at_the_edge_of_the_first_page_and_are_no_text():
    reader = reading.opened(set_letter(letters.long()).pdf)
    first, second = (page.get_object() for page in reader.root["/Pages"]["/Kids"])
    assert b"/Artifact" in first["/Contents"].data
    assert first["/Contents"].data != second["/Contents"].data


def test_the_same_content_gives_the_same_bytes():
    assert set_letter(letters.long()) == set_letter(letters.long())


@pytest.mark.parametrize(
    "change",
    [
        {"day": letters.DAY + datetime.timedelta(days=1)},
        {"recipient": ("Another",)},
        {"paragraphs": ("Another.",)},
        {"language": Language.DUTCH},
        {"deadline": ""},
    ],
)
def test_another_content_gives_other_bytes(change):
    usual = letters.ordinary()
    assert set_letter(usual).pdf != set_letter(dataclasses.replace(usual, **change)).pdf


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_claims_to_be_archivable_and_accessible_and_tells_its_language(language):
    letter = letters.ordinary(language)
    reader = reading.opened(set_letter(letter).pdf)
    metadata = reader.root["/Metadata"].data.decode()
    for claim in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert claim in metadata
    assert reader.root["/Lang"] == f"{language.value}-BE"
    assert reader.trailer["/Info"]["/Title"] == letter.subject
    assert reader.root["/StructTreeRoot"]["/K"]


def test_the_address_is_read_aloud_before_the_subject_and_the_subject_as_a_heading():
    reader = reading.opened(set_letter(letters.ordinary()).pdf)
    kinds = [str(each.get_object()["/S"]) for each in reader.root["/StructTreeRoot"]["/K"][0]["/K"]]
    assert "/H1" in kinds
    assert kinds.index("/H1") > 0
    said = reading.text(set_letter(letters.ordinary()).pdf)
    assert said.index("9000 Gent") < said.index("Une procuration attend")


def test_all_fonts_are_embedded_and_our_own():
    for name, embedded in reading.fonts(set_letter(letters.long()).pdf):
        assert "SourceSans3" in name
        assert embedded


def test_a_letter_holds_nothing_that_acts():
    reader = reading.opened(set_letter(letters.ordinary()).pdf)
    assert not {"/AcroForm", "/OpenAction", "/AA", "/Names"} & set(reader.root)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('#eval("1+1") #panic()', None),
        ("= Title - item *x*", None),
        ("%(day)s %s {0}", None),
        ("a\u202eb\u200bc", "abc"),
        ("Café 中", "Café □"),
    ],
)
def test_whatever_a_text_holds_is_shown_as_text(text, shown):
    letter = dataclasses.replace(letters.ordinary(), paragraphs=(text,), subject=text)
    assert reading.text(set_letter(letter).pdf).count(shown or text) >= 2


def test_threads_set_their_letters_side_by_side():
    contents = [
        dataclasses.replace(letters.ordinary(), subject=f"Subject {place}") for place in range(8)
    ]
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        together = list(threads.map(set_letter, contents))
    assert together == [set_letter(content) for content in contents]
