"""Runs the practice e-Box: as a process of its own, or in a thread for tests."""

import asyncio
import contextlib
import dataclasses
import logging
import os
import pathlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from mahis.standins import serving
from mahis.standins.ebox import certificates
from mahis.standins.ebox.certificates import Tls
from mahis.standins.ebox.control import Control
from mahis.standins.ebox.failures import Failures, Kind
from mahis.standins.ebox.folder import Folder, prepare
from mahis.standins.ebox.inbox import Inbox
from mahis.standins.ebox.message import Terms
from mahis.standins.ebox.oauth import SCOPES, AuthorisationServer, Client, TokenRefused, refused
from mahis.standins.ebox.preferences import Preferences
from mahis.standins.ebox.problems import Problem, answer
from mahis.standins.ebox.publication import Publication
from mahis.standins.ebox.storage import Storage

_LOG = logging.getLogger(__name__)
_TOKEN_PATH = "/oauth/token"  # noqa: S105 - an address
_LARGEST = 20 * 2**20
_SECONDS_TO_START = 30


@dataclasses.dataclass(frozen=True, kw_only=True)
class Setup:
    """Who may send what through a practice e-Box."""

    client_id: str
    jwks: pathlib.Path
    terms: Terms
    #: What assertions are addressed to; empty stands for the address of the token endpoint.
    audience: str = ""
    scopes: tuple[str, ...] = SCOPES
    token_seconds: int = 300
    largest: int = _LARGEST
    tls: Tls | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Running:
    """A practice e-Box that answers."""

    #: Where messages are sent, preferences are asked for and pages are read.
    address: str
    token_url: str
    #: What the control wants to see.
    control_token: str
    #: The authority behind the right certificate, where there is one.
    ca_file: pathlib.Path


def serve(
    *,
    host: str,
    port: int,
    folder: pathlib.Path,
    setup: Setup,
    ready: Callable[[Running], object] | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, or until the process that started this one is gone.

    Port 0 stands for that of the last start in this folder. `ready` is called once requests are
    answered. Raises NotForProductionError, and OSError where the port is taken.
    """
    # Asked before anybody is told that we are ready: a parent that dies just then must be missed.
    parent = os.getppid()
    with (
        running(host=host, port=port, folder=folder, setup=setup) as practice,
        serving.until_the_end(parent=parent),
    ):
        if ready:
            ready(practice)


@contextlib.contextmanager
def running(
    *, folder: pathlib.Path, setup: Setup, host: str = "127.0.0.1", port: int = 0
) -> Iterator[Running]:
    """Run a practice e-Box in a thread while the block lasts."""
    serving.require_practice()
    serving.set_up_texts()
    kept = prepare(folder)
    listening = kept.listen(host=host, port=port)
    scheme = "http" if setup.tls is None else "https"
    address = f"{scheme}://{host}:{listening.getsockname()[1]}"
    tls = None if setup.tls is None else certificates.context(kept.tls, setup.tls, host=host)
    practice = Running(
        address=address,
        token_url=address + _TOKEN_PATH,
        control_token=kept.control_token(),
        ca_file=kept.tls / "ca.pem",
    )
    loop = _Loop(lambda: _application(kept, setup, practice), listening, tls)
    loop.start()
    try:
        yield practice
    finally:
        loop.stop()


class _Loop(threading.Thread):
    """An event loop with the application in it, in a thread of its own."""

    def __init__(
        self,
        make: Callable[[], web.Application],
        listening: socket.socket,
        tls: ssl.SSLContext | None,
    ) -> None:
        super().__init__(daemon=True, name="practice e-Box")
        self._make = make
        self._socket = listening
        self._tls = tls
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end = asyncio.Event()

    def start(self) -> None:
        """Start, and wait until requests are answered."""
        super().start()
        if not self._ready.wait(_SECONDS_TO_START) or self._loop is None:
            message = "The practice e-Box did not start."
            raise OSError(message)

    def stop(self) -> None:
        """Stop, and wait for the end."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end.set)
        self.join()

    def run(self) -> None:
        """Answer requests until told to stop."""
        try:
            asyncio.run(self._serve())
        finally:
            # Whoever waits for a start that failed must not wait for long.
            self._ready.set()

    async def _serve(self) -> None:
        # Whoever hangs up is let go of at once; those who wait for ever are cut off at the end.
        runner = web.AppRunner(
            self._make(), access_log=None, handler_cancellation=True, shutdown_timeout=0.5
        )
        await runner.setup()
        try:
            await web.SockSite(runner, self._socket, ssl_context=self._tls).start()
            self._loop = asyncio.get_running_loop()
            self._ready.set()
            await self._end.wait()
        finally:
            await runner.cleanup()


def _application(folder: Folder, setup: Setup, practice: Running) -> web.Application:
    storage = Storage(folder.database)
    failures = Failures()
    client = Client(
        client_id=setup.client_id,
        jwks=setup.jwks,
        audience=setup.audience or practice.token_url,
        scopes=setup.scopes,
        token_seconds=setup.token_seconds,
    )
    tokens = AuthorisationServer(client, storage)
    publication = Publication(
        terms=setup.terms,
        tokens=tokens,
        storage=storage,
        failures=failures,
        largest=setup.largest,
    )
    inbox = Inbox(storage=storage)
    control = Control(
        token=practice.control_token, storage=storage, failures=failures, tokens=tokens
    )

    async def give_token(request: web.Request) -> web.Response:
        if failures.draw({Kind.TOKEN_REFUSED}):
            return refused(TokenRefused("invalid_client", "Refused on purpose."))
        return await tokens.answer(request)

    async def close(_: web.Application) -> None:
        storage.close()

    application = web.Application(middlewares=[_guard(inbox)], client_max_size=setup.largest)
    application.on_cleanup.append(close)
    application.add_routes(
        [
            web.post(_TOKEN_PATH, give_token),
            web.post("/ebox/messages", publication.answer),
            web.post("/eboxPreferences/search", Preferences(tokens=tokens, storage=storage).answer),
            *control.routes(),
            *inbox.routes(),
        ]
    )
    return application


def _guard(inbox: Inbox) -> Middleware:
    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turn every refusal into an answer, so that no input ends in a fault of ours."""
        try:
            response = await handler(request)
        except Problem as problem:
            _LOG.info("refused %s %s (%s)", request.method, request.path, problem.code)
            response = answer(problem)
        except web.HTTPNotFound:
            response = await inbox.missing(request)
        except web.HTTPException as refusal:
            response = web.Response(status=refusal.status, text=refusal.reason)
            if isinstance(refusal, web.HTTPMethodNotAllowed):
                response.headers["Allow"] = ", ".join(sorted(refusal.allowed_methods))
        if not response.prepared:
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return guard
