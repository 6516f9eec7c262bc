"""Brings notices by post: writes the letter, which then waits for the batch of a day."""

import datetime

from django.utils import timezone

from mahis.domain.deliveries import Delivered, Outcome, TryAgain
from mahis.domain.letters import AddressMissing
from mahis.domain.notices import Channel
from mahis.gateways import notices
from mahis.gateways.files import Files
from mahis.gateways.post.refusals import SenderUnknown
from mahis.gateways.post.settings import PostSettings
from mahis.usecases.send_notices import Content, Leased
from mahis.usecases.write_letter import write_letter

#: A new address comes with the register; whoever brings it has the letter written at once.
_UNTIL_ANOTHER_LOOK = datetime.timedelta(hours=6)


def write(
    leased: Leased,
    content: Content,
    *,
    post: PostSettings,
    files: Files,
    at: datetime.datetime,
) -> Outcome:
    """Write the letter about a notice."""
    text = notices.render(content.facts, language=content.language, channel=Channel.POST)
    try:
        write_letter(
            notice=leased.notice,
            text=text,
            reference=content.reference,
            sender=post.sender(content.language),
            files=files,
            at=at,
            on=timezone.localtime(at).date(),
        )
    except (AddressMissing, SenderUnknown) as missing:
        return TryAgain(problem=missing.code, at_least=_UNTIL_ANOTHER_LOOK, counts=False)
    return Delivered()
