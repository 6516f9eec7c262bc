"""The pages of the practice e-Box: what arrived, in order, in four languages, run by nobody."""

import re

import pytest
import requests

from mahis.domain.parties import Language
from mahis.gateways.ebox import Attachment
from tests.integration.ebox.playing import (
    OTHER,
    PDF,
    RECIPIENT,
    authorisation,
    message,
    publish,
)

HOSTILE = (
    "<p>Bonjour <script>alert(1)</script><b>Marie</b></p>"
    '<p><a href="javascript:alert(2)">ici</a> <a href="https://mahis.example/?a=1&amp;b=2">là</a>'
    "<img src=x onerror=alert(3)></p><ul><li>un</li><li>deux</li></ul>"
)


def page(practice, path, language="en"):
    answer = requests.get(f"{practice.address}{path}", params={"lang": language}, timeout=10)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    return answer


@pytest.fixture
def full(practice, told):
    """An e-Box with three messages for one enterprise and one for another."""
    publish(
        told,
        message(subject="Premier & <unique>", body_html=HOSTILE),
        message(subject="Tweede", language=Language.DUTCH, attachments=(authorisation("é.pdf"),)),
        message(subject="Dritte", language=Language.GERMAN),
        message(recipient=OTHER, subject="Ailleurs"),
    )
    return practice


def test_enterprises_are_listed_with_their_counts(full):
    shown = page(full, "/").text
    assert re.findall(r"\d{4}\.\d{3}\.\d{3}", shown) == [OTHER.screen, RECIPIENT.screen]
    assert "3 messages" in shown
    assert "1 message" in shown
    found = requests.get(f"{full.address}/", params={"q": "0202.2", "lang": "en"}, timeout=10).text
    assert RECIPIENT.screen in found
    assert OTHER.screen not in found


def test_messages_stand_in_order_of_arrival(full):
    shown = page(full, f"/inbox/{RECIPIENT}").text
    places = [shown.index(word) for word in ("Premier &amp; &lt;unique&gt;", "Tweede", "Dritte")]
    assert places == sorted(places)
    assert "Ailleurs" not in shown
    assert re.findall(r'<h2 id="m\d" lang="(..)"', shown) == ["fr", "nl", "de"]


def test_a_body_is_shown_as_text_and_only_honest_links(full):
    shown = page(full, f"/inbox/{RECIPIENT}").text
    assert "alert(1)" not in shown
    assert "javascript:" not in shown
    assert "<img" not in shown
    assert "<strong>Marie</strong>" in shown
    assert shown.count("Premier &amp;") == 1
    assert 'href="https://mahis.example/?a=1&amp;b=2"' in shown
    assert re.findall(r'<li class="depth1">\s*(\w+)', shown) == ["un", "deux"]


def test_files_are_handed_over_as_they_came(full):
    shown = page(full, f"/inbox/{RECIPIENT}").text
    (path,) = re.findall(r'href="(/inbox/\d+/[^"]+/\d+)"', shown)
    answer = page(full, path)
    assert answer.content == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9.pdf"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "3 messages, par ordre d'arrivée"),
        ("nl", "3 berichten, in volgorde van aankomst"),
        ("de", "3 Nachrichten, in der Reihenfolge des Eingangs"),
        ("en", "3 messages, in order of arrival"),
    ],
)
def test_pages_speak_four_languages(full, language, words):
    shown = page(full, f"/inbox/{RECIPIENT}", language).text
    assert f'<html lang="{language}">' in shown
    assert words in shown


def test_an_e_box_that_nobody_reads_says_so(practice, control):
    control.box(RECIPIENT, state="never")
    assert "Nobody ever looked" in page(practice, f"/inbox/{RECIPIENT.screen}").text
    assert "Nothing has arrived yet" in page(practice, "/").text


def test_long_lists_are_shown_page_by_page_the_newest_first_page_last(practice, told):
    publish(told, *(message(subject=f"Sujet {number:02d}.") for number in range(1, 24)))
    last = page(practice, f"/inbox/{RECIPIENT}").text
    assert re.findall(r"Sujet (\d+)\.", last)[0] == "21"
    first = requests.get(f"{practice.address}/inbox/{RECIPIENT}?page=1", timeout=10).text
    assert len(re.findall(r"<h2 ", first)) == 20


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/inbox/1",
        "/inbox/0202239950",
        "/inbox/0202239951/unknown/0",
        "/inbox/0202239951/%00/x",
        "/?page=99999999999&q=%ff",
        "/inbox/0202239951?page=-1",
        "/control/unknown",
    ],
)
def test_an_address_of_nothing_is_answered_with_a_page(practice, path):
    answer = requests.get(f"{practice.address}{path}", timeout=10)
    assert answer.status_code in {200, 404}
    assert "<h1>" in answer.text


def test_another_method_is_told_which_ones_there_are(practice):
    answer = requests.get(f"{practice.address}/ebox/messages", timeout=10)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_plain_text_is_shown_paragraph_by_paragraph(practice, told):
    note = Attachment(name="note.txt", media_type="text/plain", content=b"one\n\ntwo <b>")
    publish(told, message(attachments=(note,)))
    assert "note.txt" in page(practice, f"/inbox/{RECIPIENT}").text
