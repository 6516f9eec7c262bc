"""The e-Box as we use it: publish a message exactly once, and ask who reads theirs."""

import asyncio
import datetime
import http
import io
import json
import logging
import ssl
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

import aiohttp

from mahis.domain.identifiers import EnterpriseNumber
from mahis.gateways.ebox import exchanges
from mahis.gateways.ebox.exchanges import Answer, Unanswered
from mahis.gateways.ebox.messages import EboxMessage, as_multipart
from mahis.gateways.ebox.outcomes import (
    AlreadyPublished,
    Outcome,
    Preference,
    Problem,
    Published,
    Refused,
    TryAgain,
)
from mahis.gateways.ebox.settings import EboxMisconfigured, EboxSettings
from mahis.gateways.ebox.tokens import Tokens

_LOG = logging.getLogger(__name__)
#: Largest body that is handed over in one piece.
_IN_ONE_PIECE = 2**18
_NO_DIGITAL_USER = "NO_DIGITAL_USER"
#: The only answers after which a message need not be tried again.
_FOR_GOOD = {
    http.HTTPStatus.BAD_REQUEST: Problem.BAD_REQUEST,
    http.HTTPStatus.FORBIDDEN: Problem.FORBIDDEN,
    http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Problem.TOO_LARGE,
}
#: What somebody has to mend on our side or on theirs.
_LOUD = frozenset({Problem.CERTIFICATE, Problem.TOKEN_NOT_TAKEN, Problem.FORBIDDEN})


class Ebox:
    """The e-Box of all enterprises, for one event loop; close it when it is not needed any more."""

    def __init__(self, settings: EboxSettings, *, clock: Callable[[], float] = time.time) -> None:
        """Take the settings; raises EboxMisconfigured where the authorities cannot be read."""
        self._settings = settings
        self._clock = clock
        self._context = _trusting(settings)
        self._session: aiohttp.ClientSession | None = None
        self._closed = False
        self._turns = asyncio.Semaphore(settings.at_once)
        self._tokens = Tokens(settings, ask=self._ask_for_token, clock=clock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections for good; what is still under way ends without an answer."""
        self._closed = True
        if self._session is not None:
            await self._session.close()

    async def reach(self) -> TryAgain | None:
        """Try to get a token; tells what stands in the way, or nothing where nothing does."""
        try:
            await self._tokens.get()
        except Unanswered as no:
            return no.outcome
        return None

    async def publish(self, message: EboxMessage) -> Outcome:
        """Publish a message; nothing that happens on the way is raised.

        Whatever is not known to be accepted is to be tried again: the key keeps it from being
        published twice.
        """
        async with self._turns:
            try:
                outcome = _outcome(await self._publish(message))
            except Unanswered as no:
                outcome = no.outcome
        _tell(message, outcome)
        return outcome

    async def preferences(self, enterprise: EnterpriseNumber) -> Preference | TryAgain:
        """Tell what an enterprise does with its e-Box; needs the address of the preferences."""
        if not self._settings.preferences_url:
            raise EboxMisconfigured("no address is set at which preferences are asked for")
        asked = {
            "eboxType": "ENTERPRISE",
            "eboxIdType": "EnterpriseNumber",
            "eboxIdValueList": [enterprise.digits],
        }
        async with self._turns:
            try:
                answer = await self._send(
                    f"{self._settings.preferences_url.rstrip('/')}/eboxPreferences/search",
                    data=json.dumps(asked).encode(),
                    headers={"Content-Type": "application/json"},
                )
            except Unanswered as no:
                return no.outcome
        return _preference(answer, enterprise)

    async def _publish(self, message: EboxMessage) -> Answer:
        settings = self._settings
        written = as_multipart(
            message,
            sender=settings.sender,
            application=settings.application,
            message_type=settings.type_of(message.kind),
        )
        return await self._send(
            f"{settings.url.rstrip('/')}/ebox/messages",
            data=written.body,
            headers={
                "Idempotency-Key": f'"{message.idempotency_key}"',
                "Content-Type": written.content_type,
            },
        )

    async def _send(self, address: str, *, data: bytes, headers: Mapping[str, str]) -> Answer:
        """Send something under a token, and once more under a new one if that was not taken."""
        token = await self._tokens.get()
        answer = await self._post(address, data, {**headers, "Authorization": f"Bearer {token}"})
        if answer.status == http.HTTPStatus.UNAUTHORIZED:
            token = await self._tokens.get(instead_of=token)
            headers = {**headers, "Authorization": f"Bearer {token}"}
            answer = await self._post(address, data, headers)
        return answer

    async def _ask_for_token(self, form: Mapping[str, str]) -> Answer:
        return await self._post(self._settings.token_url, aiohttp.FormData(dict(form)), {})

    async def _post(self, address: str, data: object, headers: Mapping[str, str]) -> Answer:
        if self._closed:
            raise Unanswered(Problem.CONNECTION_LOST, "closed")
        if self._session is None:
            self._session = exchanges.open_session(
                timeout_seconds=self._settings.timeout_seconds,
                # One more, so that a token can be had while all turns are taken.
                at_once=self._settings.at_once + 1,
                context=self._context,
            )
        # What is large goes in pieces, so that others get their turn in between.
        body = io.BytesIO(data) if isinstance(data, bytes) and len(data) > _IN_ONE_PIECE else data
        return await exchanges.post(
            self._session, address, data=body, headers=headers, clock=self._clock
        )


def _trusting(settings: EboxSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except OSError as error:
        message = f"{settings.ca_file} holds no authorities to be read ({type(error).__name__})"
        raise EboxMisconfigured(message) from None


def _outcome(answer: Answer) -> Outcome:
    match answer.status:
        case http.HTTPStatus.CREATED if id_ := answer.text("messageId") or answer.text("id"):
            return Published(id=id_, digital=answer.text("code") != _NO_DIGITAL_USER)
        case http.HTTPStatus.CONFLICT:
            return AlreadyPublished()
        case status if status in _FOR_GOOD:
            return Refused(problem=_FOR_GOOD[http.HTTPStatus(status)], detail=answer.detail)
    return _try_again(answer)


def _try_again(answer: Answer) -> TryAgain:
    problem = Problem.ANSWER_UNKNOWN
    if answer.status == http.HTTPStatus.UNAUTHORIZED:
        problem = Problem.TOKEN_NOT_TAKEN
    elif answer.status == http.HTTPStatus.TOO_MANY_REQUESTS:
        problem = Problem.TOO_MANY
    elif answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        problem = Problem.SERVER_FAULT
    return TryAgain(problem=problem, detail=answer.detail, retry_after=answer.retry_after)


def _preference(answer: Answer, enterprise: EnterpriseNumber) -> Preference | TryAgain:
    # A wrong address answers 404 too: only the service itself tells a code with it.
    if answer.status == http.HTTPStatus.NOT_FOUND and answer.text("code"):
        return Preference(enterprise=enterprise, exists=False)
    if answer.status != http.HTTPStatus.OK or not isinstance(answer.told, list):
        return _try_again(answer)
    for told in answer.told:
        box = told.get("eboxId") if isinstance(told, dict) else None
        if isinstance(box, dict) and box.get("eboxIdValue") == enterprise.digits:
            return Preference(
                enterprise=enterprise,
                exists=True,
                exclusively=told.get("exclusivelyEbox") is True,
                last_connection=_moment(told.get("lastConnectionDate")),
            )
    return Preference(enterprise=enterprise, exists=False)


def _moment(text: object) -> datetime.datetime | None:
    try:
        found = datetime.datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=datetime.UTC)


def _tell(message: EboxMessage, outcome: Outcome) -> None:
    """Log what came of a message: its number and the problem, nothing of what it says."""
    key = message.idempotency_key
    match outcome:
        case Published(digital=digital):
            _LOG.debug("message %s published%s", key, "" if digital else ", to nobody who reads")
        case AlreadyPublished():
            _LOG.info("message %s was published before", key)
        case TryAgain(problem=problem, detail=detail) | Refused(problem=problem, detail=detail):
            level = logging.ERROR if problem in _LOUD else logging.WARNING
            _LOG.log(level, "message %s not published: %s (%s)", key, problem.value, detail)
