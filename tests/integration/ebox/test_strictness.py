"""Each breach of the publication contract is refused by the practice e-Box, naming the field."""

import json
import uuid

import pytest

from mahis.gateways.ebox.keys import write_public_keys
from mahis.gateways.ebox.settings import PREFERENCE_SCOPE, SEND_SCOPE
from mahis.standins.ebox.server import running
from tests.integration.ebox.conftest import agreed
from tests.integration.ebox.playing import (
    OTHER,
    RECIPIENT,
    Control,
    body,
    described,
    description,
    file,
    part,
    send,
    token,
)


@pytest.fixture(scope="module")
def practice(first_key, tmp_path_factory):
    """One practice e-Box for all breaches: none of them leaves anything there."""
    jwks = tmp_path_factory.mktemp("jwks") / "jwks.json"
    write_public_keys(first_key.parent, jwks)
    folder = tmp_path_factory.mktemp("box")
    with running(folder=folder, setup=agreed(jwks, token_seconds=3600)) as started:
        yield started


@pytest.fixture(scope="module")
def secret(practice, first_key):
    return token(practice, first_key.parent)


@pytest.fixture
def refused(practice, secret, control):
    """Send something that must be refused; gives status and the name of the field."""

    def attempt(data, headers=None, *, as_token=secret):
        before = control.counts()["accepted"]
        status, told, _ = send(practice, as_token, data, headers)
        assert control.counts()["accepted"] == before
        assert told["status"] == status
        issues = told.get("issues", [{}])
        return status, issues[0].get("name", "")

    return attempt


def test_what_keeps_to_the_contract_is_accepted(practice, secret, control):
    before = control.counts()["accepted"]
    status, told, headers = send(practice, secret, body(described(description()), part("upfile1")))
    assert status == 201
    assert set(told) == {"messageId", "expirationDate"}
    assert headers["Content-Type"].startswith("application/json")
    assert control.counts()["accepted"] == before + 1


def test_parts_come_in_any_order(practice, secret):
    told = description(attachments=[file("one", main=True), file("two")])
    mixed = body(part("two", b"2"), described(told), part("one", b"1"))
    assert send(practice, secret, mixed)[0] == 201


def test_a_date_of_expiry_is_taken_and_ignored(practice, secret):
    told = description(expirationDate="2027-01-01T00:00:00Z")
    assert send(practice, secret, body(described(told), part("upfile1")))[0] == 201


def without(name):
    return {key: value for key, value in description().items() if key != name}


BREACHES = {
    **{f"{name} is missing": (without(name), name) for name in description()},
    **{f"{name} is null": (description(**{name: None}), name) for name in description()},
    "an unknown property": (description(priority="high"), "priority"),
    "a body beside the files": (description(bodyContent={"fr": "a"}), "bodyContent"),
    "a person": (description(forTheAttentionOf={"label": "A"}), "forTheAttentionOf"),
    "a citizen": (
        description(recipient={"eboxType": "citizen", "enterpriseNumber": RECIPIENT.digits}),
        "recipient.eboxType",
    ),
    "wrong check digits": (
        description(recipient={"eboxType": "enterprise", "enterpriseNumber": "0202239950"}),
        "recipient.enterpriseNumber",
    ),
    "a number with dots": (
        description(recipient={"eboxType": "enterprise", "enterpriseNumber": "0202.239.951"}),
        "recipient.enterpriseNumber",
    ),
    "a number that is no text": (
        description(recipient={"eboxType": "enterprise", "enterpriseNumber": 202239951}),
        "recipient.enterpriseNumber",
    ),
    "an older name": (
        description(recipient={"eboxType": "enterprise", "eboxIdValue": RECIPIENT.digits}),
        "recipient.enterpriseNumber",
    ),
    "more about the recipient": (
        description(
            recipient={
                "eboxType": "enterprise", "enterpriseNumber": RECIPIENT.digits, "name": "A"
            }
        ),
        "recipient.name",
    ),
    "a recipient that is no object": (description(recipient=RECIPIENT.digits), "recipient"),
    "another sender": (
        description(sender={"eboxType": "enterprise", "enterpriseNumber": OTHER.digits}),
        "sender.enterpriseNumber",
    ),
    "English": (description(subject={"en": "A message"}), "subject.en"),
    "two languages": (description(subject={"fr": "Un", "nl": "Een"}), "subject.nl"),
    "no language": (description(subject={}), "subject.fr"),
    "an empty subject": (description(subject={"nl": " "}), "subject.nl"),
    "a subject of two lines": (description(subject={"nl": "a\nb"}), "subject.nl"),
    "half a letter": (description(subject={"nl": "a\ud800"}), "subject.nl"),
    "a long subject": (description(subject={"de": "a" * 401}), "subject.de"),
    "an unknown application": (description(senderApplicationId="other"), "senderApplicationId"),
    "an unknown type": (description(messageTypeId="Other"), "messageTypeId"),
    "no attachments": (description(attachments=[]), "attachments"),
    "attachments that are no list": (description(attachments={}), "attachments"),
    "an attachment that is none": (description(attachments=["a"]), "attachments[0]"),
    "seven attachments": (
        description(attachments=[file(f"f{n}", main=n == 0) for n in range(7)]),
        "attachments",
    ),
    "no main content": (description(attachments=[file()]), "attachments"),
    "two main contents": (
        description(attachments=[file("a", main=True), file("b", main=True)]),
        "attachments[1].isMainContent",
    ),
    "one part twice": (
        description(attachments=[file(main=True), file()]), "attachments[1].httpPartName"
    ),
    "the description as a file": (
        description(attachments=[file("messageToPublish", main=True)]),
        "attachments[0].httpPartName",
    ),
    "main content in words": (
        description(attachments=[file(main="yes")]), "attachments[0].isMainContent"
    ),
    "an older name of a file": (
        description(attachments=[{"httpPartName": "upfile1", "mainContent": True}]),
        "attachments[0].isMainContent",
    ),
    "a title of a file": (
        description(attachments=[file(main=True, attachmentTitle={"fr": "a"})]),
        "attachments[0].attachmentTitle",
    ),
    "an answer in words": (description(isReplyAuthorized="no"), "isReplyAuthorized"),
    "no JSON": (b"{", "messageToPublish"),
    "no object": (b"[]", "messageToPublish"),
    "a property twice": (b'{"a": 1, "a": 2}', "messageToPublish"),
    "a number that is none": (b'{"a": NaN}', "messageToPublish"),
    "a text that is no UTF-8": (b'{"a": "\xff"}', "messageToPublish"),
    "a very deep text": (b"[" * 100_000, "messageToPublish"),
    "a very long number": (b'{"a": ' + b"1" * 5000 + b"}", "messageToPublish"),
}  # fmt: skip


@pytest.mark.parametrize(("told", "field"), BREACHES.values(), ids=BREACHES.keys())
def test_a_description_that_breaks_the_contract_names_its_field(refused, told, field):
    names = {"upfile1"}
    if isinstance(told, dict) and isinstance(told.get("attachments"), list):
        names |= {
            each["httpPartName"] for each in told["attachments"] if isinstance(each, dict)
        } - {"messageToPublish"}
    sent = body(described(told), *(part(name) for name in sorted(names)))
    assert refused(sent) == (400, field)


PARTS = {
    "no description": (body(part("upfile1")), "messageToPublish"),
    "no file": (body(described(description())), "attachments[0].httpPartName"),
    "a file of another name": (body(described(description()), part("other")), "other"),
    "a file too many": (body(described(description()), part("upfile1"), part("more")), "more"),
    "the same part twice": (
        body(described(description()), part("upfile1"), part("upfile1")), "upfile1"
    ),
    "a file without a name": (
        body(described(description()), part("upfile1", file_name=None)), "upfile1"
    ),
    "a file with an empty name": (
        body(described(description()), part("upfile1", file_name=b"")), "upfile1"
    ),
    "a file without a kind": (
        body(described(description()), part("upfile1", media_type=None)), "upfile1"
    ),
    "a file of another kind": (
        body(described(description()), part("upfile1", media_type=b"image/png")), "upfile1"
    ),
    "a name as UTF-8": (
        body(described(description()), part("upfile1", file_name="Łódź.pdf".encode())), "upfile1"
    ),
    "an accent as UTF-8": (
        body(described(description()), part("upfile1", file_name="é.pdf".encode())), "upfile1"
    ),
    "a name encoded as nothing": (
        body(described(description()), part("upfile1", file_name=b"%FF.pdf")), "upfile1"
    ),
    "a name with a path": (
        body(described(description()), part("upfile1", file_name=b"..%2Fa.pdf")), "upfile1"
    ),
    "a name without end": (
        body(described(description()), part("upfile1", file_name=b"a" * 256)), "upfile1"
    ),
    "a name of RFC 5987": (
        body(
            described(description()),
            b"Content-Disposition: form-data; name=\"upfile1\"; filename*=UTF-8''a.pdf\r\n\r\na",
        ),
        "Content-Disposition",
    ),
    "a part without a name": (
        body(described(description()), b"Content-Type: text/html\r\n\r\na"), "Content-Disposition"
    ),
    "a part without a header": (body(described(description()), b"a"), "body"),
    "a description as text": (
        body(
            part("messageToPublish", json.dumps(description()).encode(), media_type=b"text/html"),
            part("upfile1"),
        ),
        "messageToPublish",
    ),
    "something before the parts": (
        b"hello\r\n" + body(described(description()), part("upfile1")), "body"
    ),
    "no end": (body(described(description()), part("upfile1"))[:-4], "body"),
    "nothing": (b"", "body"),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "field"), PARTS.values(), ids=PARTS.keys())
def test_parts_that_break_the_contract_name_their_field(refused, sent, field):
    assert refused(sent) == (400, field)


def test_an_accent_in_latin_letters_and_an_encoded_name_are_taken(practice, secret):
    for name in ("é.pdf".encode("latin-1"), b"%C5%81%C3%B3d%C5%BA%20(1).pdf"):
        sent = body(described(description()), part("upfile1", file_name=name))
        assert send(practice, secret, sent)[0] == 201


@pytest.mark.parametrize(
    "key", ["", "abc", '"abc"', "8e03978e-40d5-43e8-bc93-6894a57f9324", '"8e03978e"', '""', "?1"]
)
def test_a_key_that_is_no_string_with_a_uuid_is_refused(refused, key):
    sent = body(described(description()), part("upfile1"))
    assert refused(sent, {"Idempotency-Key": key}) == (400, "Idempotency-Key")


@pytest.mark.parametrize(
    "kind", ["application/json", "multipart/form-data", "multipart/mixed; boundary=limit"]
)
def test_another_kind_of_body_is_refused(refused, kind):
    sent = body(described(description()), part("upfile1"))
    assert refused(sent, {"Content-Type": kind}) == (415, "Content-Type")


def test_a_key_that_was_used_is_refused_whatever_comes_with_it(practice, secret, control):
    before = control.counts()
    used = str(uuid.uuid4())
    key = {"Idempotency-Key": f'"{used}"'}
    other = description(
        recipient={"eboxType": "enterprise", "enterpriseNumber": OTHER.digits},
        subject={"nl": "Iets anders"},
    )
    first = send(practice, secret, body(described(description()), part("upfile1")), key)
    for told in (description(), other):
        status, answer, _ = send(practice, secret, body(described(told), part("upfile1")), key)
        assert (status, answer["issues"][0]["name"]) == (409, "Idempotency-Key")
    assert first[0] == 201
    counts = control.counts()
    assert counts["accepted"] == before["accepted"] + 1
    assert counts["repeats"] == before["repeats"] + 2
    assert counts["notices"][used] == 3
    assert counts["recipients"][RECIPIENT.digits][-1] == used


def test_nothing_is_accepted_without_a_token(refused):
    sent = body(described(description()), part("upfile1"))
    for wrong in ("", "unknown", "é"):
        assert refused(sent, as_token=wrong) == (401, "")


def test_a_token_for_something_else_is_not_enough(practice, first_key):
    sent = body(described(description()), part("upfile1"))
    other = token(practice, first_key.parent, PREFERENCE_SCOPE)
    status, _, headers = send(practice, other, sent)
    assert status == 403
    assert SEND_SCOPE in headers["WWW-Authenticate"]


def test_a_message_that_is_too_large_is_refused(refused):
    content = b"a" * (20 * 2**20)
    assert refused(body(described(description()), part("upfile1", content))) == (413, "")


def test_an_enterprise_without_an_e_box_gets_word_of_it(practice, secret, control: Control):
    control.box(RECIPIENT, state="never")
    control.box(OTHER, state="none")
    for number in (RECIPIENT, OTHER):
        told = description(recipient={"eboxType": "enterprise", "enterpriseNumber": number.digits})
        status, answer, _ = send(practice, secret, body(described(told), part("upfile1")))
        assert (status, answer["code"]) == (201, "NO_DIGITAL_USER")
        control.box(number, state="visited")


SEARCHES = {
    "another type": ({"eboxType": "CITIZEN"}, "eboxType"),
    "another number": ({"eboxIdType": "INSZ"}, "eboxIdType"),
    "no numbers": ({"eboxIdValueList": []}, "eboxIdValueList"),
    "a wrong number": ({"eboxIdValueList": ["0202239950"]}, "eboxIdValueList[0]"),
    "no text": ({"eboxIdValueList": [RECIPIENT.digits, 1]}, "eboxIdValueList[1]"),
    "more": ({"page": 1}, "page"),
}


@pytest.mark.parametrize(("change", "field"), SEARCHES.values(), ids=SEARCHES.keys())
def test_a_search_that_breaks_the_contract_names_its_field(practice, secret, change, field):
    usual = {
        "eboxType": "ENTERPRISE",
        "eboxIdType": "EnterpriseNumber",
        "eboxIdValueList": [RECIPIENT.digits],
    }
    status, told, _ = send(
        practice,
        secret,
        json.dumps({**usual, **change}).encode(),
        {"Content-Type": "application/json"},
        "/eboxPreferences/search",
    )
    assert (status, told["issues"][0]["name"]) == (400, field)


def test_the_control_is_closed_without_its_token(practice):
    for secret in ("", "unknown", "é"):
        for path in ("/control/failures", "/control/counts"):
            status, _, _ = send(practice, secret, b"{}", path=path)
            assert status in {401, 405}
        assert send(practice, secret, b"{}", path="/control/failures")[0] == 401
