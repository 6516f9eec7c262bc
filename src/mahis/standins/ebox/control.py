"""What demonstrations and tests steer: failures, e-Boxes, and the count of what was accepted."""

import dataclasses
import hmac

from aiohttp import web

from mahis.standins import serving
from mahis.standins.ebox import fields
from mahis.standins.ebox.failures import Failures, Kind, Plan
from mahis.standins.ebox.oauth import AuthorisationServer
from mahis.standins.ebox.problems import Problem
from mahis.standins.ebox.storage import Box, BoxState, Storage

_MOST_REQUESTS = 1_000_000
_LONGEST_MILLISECONDS = 600_000
_LARGEST_SEED = 2**31


@dataclasses.dataclass(frozen=True, kw_only=True)
class Control:
    """Steers the practice e-Box, for whoever knows the token that was said at its start."""

    token: str
    storage: Storage
    failures: Failures
    tokens: AuthorisationServer

    def routes(self) -> list[web.RouteDef]:
        """Give the addresses."""
        return [
            web.get("/control/counts", self._counts),
            web.get("/control/failures", self._show_failures),
            web.post("/control/failures", self._add_failure),
            web.delete("/control/failures", self._clear_failures),
            web.put("/control/enterprises/{number}", self._put_box),
            web.delete("/control/tokens", self._forget_tokens),
        ]

    def _require(self, request: web.Request) -> None:
        serving.require_practice()
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self.token.encode()):
            raise Problem(401, "The control token is wrong.", code="UNAUTHORIZED")

    async def _counts(self, request: web.Request) -> web.Response:
        """Tell what was accepted, in the order in which it was."""
        self._require(request)
        messages = self.storage.messages()
        recipients: dict[str, list[str]] = {}
        for each in messages:
            recipients.setdefault(each.recipient, []).append(each.key)
        return web.json_response(
            {
                "accepted": len(messages),
                "repeats": sum(each.repeats for each in messages),
                "notices": {each.key: 1 + each.repeats for each in messages},
                "recipients": recipients,
                "tokens": self.tokens.given,
            }
        )

    async def _show_failures(self, request: web.Request) -> web.Response:
        self._require(request)
        return web.json_response([dataclasses.asdict(each) for each in self.failures.plans])

    async def _add_failure(self, request: web.Request) -> web.Response:
        """Plan a failure: the next requests by `count`, or for good a part of them by `share`."""
        self._require(request)
        told = fields.load(await request.read())
        kind = Kind(told.one_of("kind", set(Kind)))
        left = share = None
        if told.has("count"):
            left = int(told.number("count", lowest=1, highest=_MOST_REQUESTS))
        if told.has("share"):
            share = told.number("share", lowest=0, highest=1)
        if left is None and share is None:
            told.refuse("count", "Either count or share is needed.")
        plan = Plan(kind=kind, left=left, share=1.0 if share is None else share)
        if told.has("milliseconds") or kind is Kind.SLOW:
            plan.milliseconds = int(
                told.number("milliseconds", lowest=1, highest=_LONGEST_MILLISECONDS)
            )
        if told.has("retryAfter"):
            plan.retry_after = int(told.number("retryAfter", lowest=0, highest=_MOST_REQUESTS))
        seed = None
        if told.has("seed"):
            seed = int(told.number("seed", lowest=0, highest=_LARGEST_SEED))
        told.finish()
        self.failures.add(plan, seed=seed)
        return web.Response(status=204)

    async def _clear_failures(self, request: web.Request) -> web.Response:
        self._require(request)
        self.failures.clear()
        return web.Response(status=204)

    async def _put_box(self, request: web.Request) -> web.Response:
        """Say of an enterprise that its e-Box was visited, was never, or is not there."""
        self._require(request)
        number = fields.enterprise_number(request.match_info["number"], name="number", place="path")
        told = fields.load(await request.read())
        state = BoxState(told.one_of("state", set(BoxState)))
        exclusively = told.flag("exclusively") if told.has("exclusively") else False
        told.finish()
        self.storage.put_box(Box(number=number, state=state, exclusively=exclusively))
        return web.Response(status=204)

    async def _forget_tokens(self, request: web.Request) -> web.Response:
        """Know no access token any more, as if all of them were over."""
        self._require(request)
        self.tokens.forget()
        return web.Response(status=204)
