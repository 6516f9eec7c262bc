"""Taking messages: `POST /ebox/messages`, with every check, and with failures where planned."""

import asyncio
import dataclasses
import datetime
import re
import time

from aiohttp import web

from mahis.standins.ebox import message, parts
from mahis.standins.ebox.failures import AFTER, BEFORE, Failures, Kind, Plan
from mahis.standins.ebox.message import PART, Terms
from mahis.standins.ebox.oauth import SEND, AuthorisationServer
from mahis.standins.ebox.problems import Problem, answer
from mahis.standins.ebox.storage import NO_DIGITAL_USER, Accepted, KeyUsed, Storage

#: How long messages are kept, by the message type; here all have the same.
_VALIDITY = datetime.timedelta(days=365)
#: A string of RFC 8941 that holds a UUID.
_KEY = re.compile(r'"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"')
_JSON = {"", "application/json"}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Publication:
    """Takes messages for all e-Boxes."""

    terms: Terms
    tokens: AuthorisationServer
    storage: Storage
    failures: Failures
    #: How many bytes a message may have with its files.
    largest: int

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one publication."""
        slow = self.failures.draw({Kind.SLOW})
        if slow:
            await asyncio.sleep(slow.milliseconds / 1000)
        before = self.failures.draw(BEFORE)
        if before:
            return await _fail(request, before)
        accepted = await self._accept(request)
        after = self.failures.draw(AFTER)
        return await _fail(request, after) if after else _created(accepted)

    async def _accept(self, request: web.Request) -> Accepted:
        self.tokens.require(request, SEND)
        key = _key(request.headers.getall("Idempotency-Key", []))
        body = await self._body(request)
        found = parts.read(body, content_type=request.headers.get("Content-Type", ""))
        described = found.get(PART)
        if described is None:
            raise Problem(400, f"The part {PART} is missing.", name=PART)
        if described.media_type.partition(";")[0].strip().lower() not in _JSON:
            raise Problem(400, f"The part {PART} is application/json.", name=PART)
        told = message.read(described.content, self.terms)
        files = parts.files_of(found, told.files)
        at = datetime.datetime.fromtimestamp(time.time(), tz=datetime.UTC)
        try:
            # Nothing is awaited from here on: a message is kept whole, whoever hangs up.
            return self.storage.accept(told, files, key=key, at=at)
        except KeyUsed as used:
            raise Problem(
                409,
                "A message with this Idempotency-Key was published before.",
                name="Idempotency-Key",
                place="header",
                code="CONFLICT",
            ) from used

    async def _body(self, request: web.Request) -> bytes:
        too_large = Problem(
            413, f"A message has at most {self.largest} bytes.", code="PAYLOAD_TOO_LARGE"
        )
        if request.content_length is not None and request.content_length > self.largest:
            raise too_large
        try:
            return await request.read()
        except web.HTTPRequestEntityTooLarge as error:
            raise too_large from error


def _key(given: list[str]) -> str:
    key = _KEY.fullmatch(given[0].strip()) if len(given) == 1 else None
    if key is None:
        raise Problem(
            400,
            "The header Idempotency-Key is a string as in RFC 8941 that holds a UUID.",
            name="Idempotency-Key",
            place="header",
        )
    return key.group(1).lower()


def _created(accepted: Accepted) -> web.Response:
    told = {
        "messageId": accepted.id,
        "expirationDate": (accepted.received + _VALIDITY).isoformat(timespec="seconds"),
    }
    if accepted.code == NO_DIGITAL_USER:
        told["code"] = accepted.code
        told["message"] = "Nobody ever looked into this e-Box."
    return web.json_response(told, status=201)


async def _fail(request: web.Request, plan: Plan) -> web.Response:
    match plan.kind:
        case Kind.TIMEOUT | Kind.HANG:
            # Until whoever waits gives up, which ends us here.
            await asyncio.Event().wait()
        case Kind.DROP | Kind.DROP_AFTER:
            if request.transport is not None:
                request.transport.abort()
        case Kind.CONFLICT:
            return answer(Problem(409, "This Idempotency-Key was used before.", code="CONFLICT"))
        case Kind.TOO_MANY:
            wait = {"Retry-After": str(plan.retry_after)}
            return answer(Problem(429, "Too many messages.", code="TOO_MANY", headers=wait))
    return answer(Problem(500, "This went wrong on purpose.", code="INTERNAL_ERROR"))
