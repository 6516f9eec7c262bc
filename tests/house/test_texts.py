"""Every text that people read stands in the catalogues, complete in four languages."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import messages

ROOT = Path(__file__).resolve().parents[2]
#: The gallery of components is for those who build screens, and production does not have it.
TEMPLATES = sorted(
    path
    for path in (ROOT / "src" / "mahis").rglob("templates/**/*.*")
    if path.suffix in {".html", ".txt"} and path.parent.name != "gallery"
)

#: What may stand in a template outside the catalogues: proper names and signs.
ALLOWED = re.compile(r"\bMahis\b|&[a-z]+;|&#\d+;")

#: Words for which the glossary has another one in that language: *Vollmacht*, *unterzeichnen*.
OTHER_WORDS = {"de": re.compile(r"(?<!\()\bMandat|unterschr[ie]+b", re.IGNORECASE)}

_SPOKEN = re.compile(
    r"{%\s*(?:blocktranslate|blocktrans)\b.*?{%\s*end(?:blocktranslate|blocktrans)\s*%}", re.DOTALL
)
_COMMENTS = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_TAGS = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)
_READ_ALOUD = re.compile(r"\b(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")
_WORD = re.compile(r"[^\W\d_]{2,}")


def unspoken(text: str) -> list[str]:
    """Give the words of a template that are in no catalogue."""
    bare = _CODE.sub(" ", _SPOKEN.sub(" ", _COMMENTS.sub(" ", text)))
    attributes = " ".join(_READ_ALOUD.findall(bare))
    return _WORD.findall(ALLOWED.sub(" ", attributes + " " + _TAGS.sub(" ", bare)))


def test_catalogues_are_complete_and_true():
    assert list(messages.problems()) == []


@pytest.mark.parametrize("language", OTHER_WORDS)
def test_catalogues_use_the_words_of_the_glossary(language):
    said = [
        text
        for message in messages.read(language)
        if message.id
        for text in ([message.string] if isinstance(message.string, str) else message.string or ())
    ]
    assert "Unterzeichnen" in said  # by which it shows that they are read
    assert [text for text in said if OTHER_WORDS[language].search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_speak_only_through_the_catalogues(path):
    assert unspoken(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("planted", "caught"),
    [
        ("<p>Hello there</p>", ["Hello", "there"]),
        ('<a aria-label="Close it">x</a>', ["Close", "it"]),
        ('<p>{% translate "Hello" %} {{ name }} · {# note #}</p>', []),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", []),
        ("<svg><title>mark</title></svg>", []),
    ],
)
def test_a_planted_text_is_caught(planted, caught):
    assert unspoken(planted) == caught


def test_a_missing_a_fuzzy_and_a_broken_translation_are_caught():
    catalogue = Catalog(locale="fr")
    missing = catalogue.add("one")
    fuzzy = catalogue.add("two", "deux", flags={"fuzzy"})
    broken = catalogue.add("%(n)s three", "%(m)s trois", flags={"python-format"})
    assert [
        line.split(":")[0]
        for message in (missing, fuzzy, broken)
        for line in messages._faults(message, catalogue)
    ] == ["missing", "fuzzy", "broken"]
