"""A notice as a letter."""

import datetime

from mahis.gateways.letters.content import Detail, Letter, Sender
from mahis.gateways.notices.text import NoticeText


def letter_of(
    text: NoticeText,
    *,
    sender: Sender,
    recipient: tuple[str, ...],
    day: datetime.date,
    reference: str,
) -> Letter:
    """Give the letter that brings a notice to an address."""
    return Letter(
        language=text.language,
        sender=sender,
        recipient=recipient,
        day=day,
        reference=reference,
        subject=text.subject,
        greeting=text.greeting,
        paragraphs=text.paragraphs,
        details=tuple(Detail(label=each.label, values=each.values) for each in text.details),
        action_title=text.action_title,
        action=text.action,
        deadline=text.deadline or "",
        link_words=text.link_words,
        link=text.link,
        signature=text.sender,
        notes=(*text.notes, text.disclaimer),
    )
