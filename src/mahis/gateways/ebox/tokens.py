"""Access tokens: asked for with a signed assertion, kept until shortly before they are over."""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable, Mapping

from joserfc import jwt
from joserfc.jwk import RSAKey

from mahis.gateways.ebox.exchanges import Answer, Unanswered
from mahis.gateways.ebox.keys import read_keys
from mahis.gateways.ebox.outcomes import Problem
from mahis.gateways.ebox.settings import EboxMisconfigured, EboxSettings

_LOG = logging.getLogger(__name__)
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ASSERTION_SECONDS = 60
#: A token is renewed when this share of its life is left.
_SPARE_SHARE = 0.1
_MOST_SPARE_SECONDS = 30.0
_LONGEST_LIFE_SECONDS = 86_400.0
_OK = 200
_REFUSED = frozenset({400, 401})

#: Sends a form to the address of the tokens.
Asking = Callable[[Mapping[str, str]], Awaitable[Answer]]


class Tokens:
    """The token of one process; whoever needs a new one waits for the same answer."""

    def __init__(self, settings: EboxSettings, *, ask: Asking, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._ask = ask
        self._clock = clock
        self._renewal: asyncio.Task[str] | None = None
        self._token = ""
        self._good_until = 0.0

    async def get(self, *, instead_of: str = "") -> str:
        """Give a token, another one than a token that was not taken; raises Unanswered."""
        if self._token not in {"", instead_of} and self._clock() < self._good_until:
            return self._token
        if self._renewal is None:
            self._token = ""
            self._renewal = asyncio.create_task(self._renew())
            self._renewal.add_done_callback(self._renewed)
        # Whoever gives up leaves the others waiting.
        return await asyncio.shield(self._renewal)

    def _renewed(self, renewal: asyncio.Task[str]) -> None:
        self._renewal = None
        if not renewal.cancelled():
            # Looked at here too, in case that everybody has given up.
            renewal.exception()

    async def _renew(self) -> str:
        try:
            # In a thread: checking a key takes long enough to hold up everybody else.
            keys = await asyncio.to_thread(read_keys, self._settings.keys)
        except EboxMisconfigured as wrong:
            _LOG.error("no token for the e-Box: %s", wrong)
            raise Unanswered(Problem.KEYS_UNUSABLE) from wrong
        answer = await self._ask(self._form(keys[0]))
        for key in keys[1:]:
            if answer.status not in _REFUSED:
                break
            # The other side may not know the new key yet, or may still know only an old one.
            _LOG.warning("the e-Box does not take our newest key; trying %s", key.kid)
            answer = await self._ask(self._form(key))
        return self._take(answer)

    def _take(self, answer: Answer) -> str:
        token, life = answer.text("access_token"), answer.properties.get("expires_in")
        is_bearer = answer.text("token_type").lower() == "bearer"
        if answer.status in _REFUSED:
            _LOG.error("the e-Box gives us no token: %s", answer.detail)
            raise Unanswered(Problem.NO_TOKEN, answer.detail)
        if answer.status != _OK or not is_bearer or not _is_sound(token):
            raise Unanswered(_fault(answer), answer.detail, retry_after=answer.retry_after)
        seconds = float(life) if isinstance(life, int | float) else 0.0
        seconds = min(max(seconds, 0.0), _LONGEST_LIFE_SECONDS)
        self._token = token
        self._good_until = (
            self._clock() + seconds - min(seconds * _SPARE_SHARE, _MOST_SPARE_SECONDS)
        )
        return token

    def _form(self, key: RSAKey) -> dict[str, str]:
        now = int(self._clock())
        claims = {
            "iss": self._settings.client_id,
            "sub": self._settings.client_id,
            "aud": self._settings.addressee,
            "jti": str(uuid.uuid4()),
            "iat": now,
            "exp": now + _ASSERTION_SECONDS,
        }
        header = {"alg": "RS256", "typ": "JWT", "kid": key.kid}
        return {
            "grant_type": "client_credentials",
            "client_assertion_type": _ASSERTION_TYPE,
            "client_assertion": jwt.encode(header, claims, key, ["RS256"]),
            "scope": self._settings.asked,
        }


def _is_sound(token: str) -> bool:
    """Say whether a token can stand in a header."""
    return bool(token) and token.isascii() and token.isprintable() and " " not in token


def _fault(answer: Answer) -> Problem:
    if answer.status == 429:  # noqa: PLR2004
        return Problem.TOO_MANY
    return Problem.SERVER_FAULT if answer.status >= 500 else Problem.ANSWER_UNKNOWN  # noqa: PLR2004
