"""A message for the e-Box is refused where it is made, if no e-Box could take it."""

import uuid

import pytest

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Language
from mahis.gateways.ebox import Attachment, EboxMessage, MessageUnfit
from mahis.gateways.ebox.messages import _file_name

FILE = Attachment(name="a.pdf", media_type="application/pdf", content=b"a")


def message(**changes):
    usual = {
        "idempotency_key": uuid.UUID(int=1),
        "recipient": EnterpriseNumber("0202239951"),
        "language": Language.DUTCH,
        "subject": "Uw mandaat is actief",
        "body_html": "<p>Dag</p>",
    }
    return EboxMessage(**{**usual, **changes})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"language": Language.ENGLISH}, "French, Dutch and German"),
        ({"subject": " "}, "subject"),
        ({"subject": "a" * 401}, "subject"),
        ({"attachments": (FILE,) * 6}, "5 attachments"),
    ],
)
def test_what_no_e_box_takes_is_refused(change, reason):
    with pytest.raises(MessageUnfit, match=reason):
        message(**change)


def test_the_largest_message_is_made():
    assert message(subject="a" * 400, attachments=(FILE,) * 5)


def test_what_a_message_says_stays_out_of_logs():
    shown = repr(message(attachments=(FILE,)))
    assert "mandaat" not in shown
    assert "Dag" not in shown
    assert "b'a'" not in shown


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Mahis 2026-0001234 (1).pdf", "Mahis 2026-0001234 (1).pdf"),
        ("signée.pdf", "sign%C3%A9e.pdf"),
        ('a"b\\c/d\r\n.pdf', "a%22b%5Cc%2Fd%0D%0A.pdf"),
        ("100%.pdf", "100%25.pdf"),
    ],
)
def test_a_file_name_is_written_in_letters_that_every_header_carries(name, written):
    assert _file_name(name) == written
