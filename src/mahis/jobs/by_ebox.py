"""Brings notices by e-Box, or says that the post should."""

import asyncio
import datetime
from collections.abc import Callable

from mahis.domain.deliveries import ByPost, Delivered, Outcome, Refused, TryAgain
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.notices import Channel
from mahis.domain.parties import Side
from mahis.gateways import ebox, notices
from mahis.gateways.ebox import Attachment, Ebox, EboxMessage, EboxSettings, MessageKind, Problem
from mahis.gateways.files import FileLost, Files
from mahis.jobs.weather import Weather
from mahis.usecases.send_notices import Attached, Content, Leased

_PDF = "application/pdf"
#: What would have met any other notice as well.
_MEETS_ALL = frozenset(
    {
        Problem.UNREACHABLE,
        Problem.CERTIFICATE,
        Problem.KEYS_UNUSABLE,
        Problem.NO_TOKEN,
        Problem.TOKEN_NOT_TAKEN,
        Problem.TOO_MANY,
    }
)
_PREFERENCE_SECONDS = 3600.0
_MOST_PREFERENCES = 20_000


class ByEbox:
    """Publishes notices; what comes of one says also how the e-Box is."""

    def __init__(
        self,
        client: Ebox,
        settings: EboxSettings,
        *,
        files: Files,
        weather: Weather,
        clock: Callable[[], float],
    ) -> None:
        self._client = client
        self._settings = settings
        self._files = files
        self._weather = weather
        self._clock = clock
        self._preferences: dict[EnterpriseNumber, tuple[ebox.Preference, float]] = {}

    async def bring(self, leased: Leased, content: Content) -> Outcome:
        """Publish a notice."""
        why_post = await self._why_post(leased.recipient, content.facts.side)
        if why_post:
            return ByPost(why=why_post)
        attachments: tuple[Attachment, ...] = ()
        if content.attached is not None:
            attachments = await asyncio.to_thread(self._attachments, content.attached)
        message = _message(leased, content, attachments)
        try:
            async with asyncio.timeout(self._settings.longest_call_seconds):
                told = await self._client.publish(message)
        except TimeoutError:
            told = ebox.TryAgain(problem=Problem.TIMEOUT)
        return self._outcome(leased, content, told)

    async def _why_post(self, recipient: EnterpriseNumber, side: Side) -> str:
        """Say why the post should bring it instead; empty where the e-Box should."""
        if not self._settings.preferences_url:
            return ""
        preference = await self._preference(recipient)
        if preference is None:
            # Nothing is held up for that: publishing tells as well whether somebody reads.
            return ""
        if not preference.exists:
            return "noEbox"
        unread = preference.last_connection is None and not preference.exclusively
        return "eboxNeverOpened" if unread and side is Side.MANDATOR else ""

    async def _preference(self, recipient: EnterpriseNumber) -> ebox.Preference | None:
        known = self._preferences.get(recipient)
        if known is not None and self._clock() < known[1]:
            return known[0]
        try:
            async with asyncio.timeout(self._settings.longest_call_seconds):
                found = await self._client.preferences(recipient)
        except TimeoutError:
            return None
        if isinstance(found, ebox.TryAgain):
            return None
        if len(self._preferences) >= _MOST_PREFERENCES:
            self._preferences.clear()
        self._preferences[recipient] = found, self._clock() + _PREFERENCE_SECONDS
        return found

    def _attachments(self, attached: Attached) -> tuple[Attachment, ...]:
        try:
            data = self._files.read(attached.sha256)
        except FileLost:
            # The log names the file. The notice goes without: its link leads to the documents.
            return ()
        return (
            Attachment(
                name=attached.name, media_type=_PDF, content=data, is_signed=attached.is_signed
            ),
        )

    def _outcome(self, leased: Leased, content: Content, told: ebox.Outcome) -> Outcome:
        match told:
            case ebox.Published(id=receipt, digital=digital):
                self._weather.got_through()
                if not digital and content.facts.side is Side.MANDATOR:
                    return ByPost(why="noDigitalUser", receipt=receipt)
                return Delivered(receipt=receipt)
            case ebox.AlreadyPublished():
                self._weather.got_through()
                return Delivered()
            case ebox.Refused(problem=problem, detail=detail):
                self._weather.failed(leased.notice, for_certain=False)
                if self._weather.is_out:
                    # Whatever is refused to everybody is not the fault of one notice.
                    return TryAgain(problem=problem.value, detail=detail, counts=False)
                return Refused(problem=problem.value, detail=detail)
        self._weather.failed(leased.notice, for_certain=told.problem in _MEETS_ALL)
        return TryAgain(
            problem=told.problem.value,
            detail=told.detail,
            at_least=datetime.timedelta(seconds=told.retry_after or 0),
            counts=not self._weather.is_out,
        )


def _message(leased: Leased, content: Content, attachments: tuple[Attachment, ...]) -> EboxMessage:
    text = notices.render(content.facts, language=content.language, channel=Channel.EBOX)
    return EboxMessage(
        idempotency_key=leased.notice,
        recipient=leased.recipient,
        language=content.language,
        subject=text.subject,
        body_html=notices.as_html(text),
        attachments=attachments,
        kind=MessageKind.ACTION if content.facts.must_act else MessageKind.NOTICE,
    )
