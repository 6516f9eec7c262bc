"""One exchange over HTTP: bounded in time and size, and every way to fail under its name."""

import dataclasses
import email.utils
import json
import re
import ssl
from collections.abc import Callable, Mapping
from typing import NoReturn

import aiohttp

from mahis.gateways.ebox.outcomes import Problem, TryAgain

_MOST_BYTES = 2**18
_LONGEST_WAIT = 86_400.0
#: What may be told of an answer: names of fields and codes, never a sentence.
_WORD = re.compile(r"[A-Za-z0-9_.\[\]-]{1,80}")


class Unanswered(Exception):
    """There is no answer that can be used."""

    def __init__(
        self, problem: Problem, detail: str = "", *, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{problem} {detail}".strip())
        self.outcome = TryAgain(problem=problem, detail=detail, retry_after=retry_after)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Answer:
    """A status, what came with it as JSON, and how long we should wait."""

    status: int
    #: What was read; None for anything but JSON.
    told: object
    retry_after: float | None

    @property
    def properties(self) -> Mapping[str, object]:
        """The properties of the object that was told; none for anything else."""
        return self.told if isinstance(self.told, dict) else {}

    def text(self, name: str) -> str:
        """Give a text by its name; empty where there is none."""
        value = self.properties.get(name)
        return value if isinstance(value, str) else ""

    @property
    def detail(self) -> str:
        """Status, code and field, as far as they are names and no sentences."""
        issues = self.properties.get("issues")
        first = issues[0] if isinstance(issues, list) and issues else None
        named = first.get("name") if isinstance(first, dict) else None
        words = (self.properties.get("code"), self.properties.get("error"), named)
        known = [word for word in words if isinstance(word, str) and _WORD.fullmatch(word)]
        return " ".join([f"status {self.status}", *known])


def open_session(
    *, timeout_seconds: float, at_once: int, context: ssl.SSLContext
) -> aiohttp.ClientSession:
    """Make the connections for one event loop; they are kept open and used again."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=at_once, ssl=context),
        timeout=aiohttp.ClientTimeout(total=timeout_seconds),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"Accept": "application/json, application/problem+json"},
    )


async def post(
    session: aiohttp.ClientSession,
    address: str,
    *,
    data: object,
    headers: Mapping[str, str],
    clock: Callable[[], float],
) -> Answer:
    """Send something, and read the answer; raises Unanswered."""
    try:
        async with session.post(
            address, data=data, headers=headers, allow_redirects=False
        ) as response:
            body = await _read(response)
    except aiohttp.ClientSSLError as error:
        raise Unanswered(Problem.CERTIFICATE, type(error).__name__) from error
    except TimeoutError as error:
        raise Unanswered(Problem.TIMEOUT) from error
    except aiohttp.ClientConnectorError as error:
        raise Unanswered(Problem.UNREACHABLE, type(error.os_error).__name__) from error
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise Unanswered(Problem.CONNECTION_LOST, type(error).__name__) from error
    except aiohttp.ClientPayloadError as error:
        raise Unanswered(Problem.CONNECTION_LOST, type(error).__name__) from error
    except (aiohttp.ClientError, ValueError) as error:
        raise Unanswered(Problem.ANSWER_UNKNOWN, type(error).__name__) from error
    return Answer(
        status=response.status,
        told=_json(body),
        retry_after=_wait(response.headers.get("Retry-After", ""), clock),
    )


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise Unanswered(Problem.ANSWER_UNKNOWN, f"status {response.status}, too long")
    return bytes(body)


def _json(body: bytes) -> object:
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _wait(text: str, clock: Callable[[], float]) -> float | None:
    """Read how long to wait: seconds, or a moment."""
    if text.isascii() and text.isdigit():
        return min(float(text), _LONGEST_WAIT)
    try:
        seconds = email.utils.parsedate_to_datetime(text).timestamp() - clock()
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), _LONGEST_WAIT)
