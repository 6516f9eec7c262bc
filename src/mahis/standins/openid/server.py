"""Runs the practice provider: as a process of its own for the demo, in a thread for tests."""

import contextlib
import logging
import os
import pathlib
import secrets
import signal
import socketserver
import threading
from collections.abc import Callable, Iterator, Sequence
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
from django.apps import apps
from django.conf import settings

import mahis
from mahis.standins.openid.application import Application
from mahis.standins.openid.clients import Client
from mahis.standins.openid.people import People, read_people
from mahis.standins.openid.provider import Provider

_LOG = logging.getLogger(__name__)
_IDLE_SECONDS = 15
_PARENT_CHECK_SECONDS = 1.0


class NotForProductionError(RuntimeError):
    """The practice provider was started where real people could meet it."""


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def server_bind(self) -> None:
        # The base class looks the host's name up, which may hang where there is no name server.
        socketserver.TCPServer.server_bind(self)
        host, port = self.server_address[:2]
        self.server_name = str(host)
        self.server_port = int(port)
        self.setup_environ()


class _Handler(WSGIRequestHandler):
    timeout = _IDLE_SECONDS

    def log_message(self, format: str, *args: object) -> None:  # noqa: ARG002
        # The query of a request holds codes and tokens, so only the path is logged.
        path = self.path.partition("?")[0] if hasattr(self, "path") else "-"
        _LOG.debug("%s %s", self.command, path[:200])


def require_practice() -> None:
    """Require that this is a demo or a test; raises NotForProductionError."""
    if os.environ.get("MAHIS_ENV") not in {"demo", "test"}:
        message = "The practice login runs only with MAHIS_ENV=demo or MAHIS_ENV=test."
        raise NotForProductionError(message)


def serve(
    *,
    host: str,
    port: int,
    issuer: str,
    clients: Sequence[Client],
    people_file: pathlib.Path,
    ready: Callable[[str], object] | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, or until the process that started this one is gone.

    An empty `issuer` stands for the address served on; `ready` is called with the issuer once
    requests are answered. Raises NotForProductionError, PeopleFileError, and OSError where the
    port is taken.
    """
    # Asked before anybody is told that we are ready: a parent that dies just then must be missed.
    parent = os.getppid()
    require_practice()
    _set_up_texts()
    people = read_people(people_file, secret=secrets.token_bytes(32))
    with running(
        host=host, port=port, issuer=issuer, clients=clients, people=people
    ) as application:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if ready:
            ready(application.provider.issuer)
        while not stop.wait(_PARENT_CHECK_SECONDS) and os.getppid() == parent:
            continue


@contextlib.contextmanager
def running(
    *,
    clients: Sequence[Client],
    people: People,
    host: str = "127.0.0.1",
    port: int = 0,
    issuer: str = "",
    make_provider: Callable[..., Provider] = Provider,
) -> Iterator[Application]:
    """Run a provider in a thread while the block lasts; port 0 takes a free one."""
    require_practice()
    server = _Server((host, port), _Handler)
    address = issuer or f"http://{host}:{server.server_port}"
    provider = make_provider(
        issuer=address, clients={client.client_id: client for client in clients}, people=people
    )
    application = Application(provider)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield application
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _set_up_texts() -> None:
    """Give Django's translations what they need, without the settings of the whole house."""
    if not settings.configured:
        settings.configure(
            USE_I18N=True,
            LOCALE_PATHS=[pathlib.Path(mahis.__file__).parent / "locale"],
            LOGGING_CONFIG=None,
        )
    if not apps.ready:
        django.setup()
