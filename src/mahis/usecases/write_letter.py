"""Write the letter that brings a notice by post (T1, T3)."""

import dataclasses
import datetime
import uuid

from mahis.domain.letters import AddressMissing, AddressProblem, PostalAddress
from mahis.gateways.files import Files
from mahis.gateways.letters import Sender, letter_of, set_letter
from mahis.gateways.notices import NoticeText
from mahis.store import addresses, loading
from mahis.store.models import Document, Enterprise, Letter, Notice, UnaddressedNotice
from mahis.usecases._transaction import in_one_transaction


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Recipient:
    name: str
    address: PostalAddress | AddressProblem


def write_letter(
    *,
    notice: uuid.UUID,
    text: NoticeText,
    reference: str,
    sender: Sender,
    files: Files,
    at: datetime.datetime,
    on: datetime.date,
) -> str:
    """Write the letter about a notice, once, however often this is called; gives its SHA-256.

    It waits for the batch of the day after that. Raises AddressMissing where the register has no
    address that the post would find; officers see that until there is one.
    """
    written = _written(notice)
    if written is not None:
        return written
    row = Notice.objects.get(pk=notice)
    recipient = _recipient(row)
    if isinstance(recipient.address, AddressProblem):
        _note(notice=row, problem=recipient.address, at=at)
        raise AddressMissing(problem=recipient.address)
    # Setting and keeping a letter take their time: nothing is locked meanwhile.
    made = set_letter(
        letter_of(
            text,
            sender=sender,
            recipient=(recipient.name, *recipient.address.lines),
            day=on,
            reference=reference,
        )
    )
    kept = Document(sha256=files.put(made.pdf), size=len(made.pdf), created_at=at)
    _record(
        document=kept,
        letter=Letter(
            notice=row,
            recipient_id=row.recipient_id,
            language=text.language,
            document=kept,
            pages=made.pages,
            abroad=recipient.address.abroad,
            made_at=at,
        ),
    )
    written = _written(notice)
    assert written is not None, "it was recorded just now, by us or by somebody else"
    return written


def _written(notice: uuid.UUID) -> str | None:
    return Letter.objects.filter(pk=notice).values_list("document", flat=True).first()


def _recipient(notice: Notice) -> _Recipient:
    number = loading.number_of(notice.recipient_id)
    found = addresses.postal(Enterprise.objects.filter(number=number), language=notice.language)
    return _Recipient(
        name=loading.names_of([number], language=notice.language)[number], address=found[number]
    )


@in_one_transaction
def _record(*, document: Document, letter: Letter) -> None:
    Document.objects.bulk_create([document], ignore_conflicts=True)
    # Somebody else may have written it at the same moment: the first letter counts.
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    UnaddressedNotice.objects.filter(pk=letter.pk).delete()


@in_one_transaction
def _note(*, notice: Notice, problem: AddressProblem, at: datetime.datetime) -> None:
    UnaddressedNotice.objects.update_or_create(
        notice=notice,
        defaults={"problem": problem, "tried_at": at},
        create_defaults={
            "recipient_id": notice.recipient_id,
            "problem": problem,
            "since": at,
            "tried_at": at,
        },
    )
