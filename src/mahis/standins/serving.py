"""What every stand-in needs to be a small server: a thread or a process, a guard, texts."""

import contextlib
import logging
import os
import pathlib
import signal
import socketserver
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
from django.apps import apps
from django.conf import settings

import mahis

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

_LOG = logging.getLogger(__name__)
_IDLE_SECONDS = 15
_PARENT_CHECK_SECONDS = 1.0


class NotForProductionError(RuntimeError):
    """A stand-in was started where real people could meet it."""


class Server(socketserver.ThreadingMixIn, WSGIServer):
    """A server of WSGI with a thread for each request."""

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
        message = "Stand-ins run only with MAHIS_ENV=demo or MAHIS_ENV=test."
        raise NotForProductionError(message)


def listen(*, host: str, port: int) -> Server:
    """Take a port to serve at, any free one for 0; raises OSError where it is taken."""
    return Server((host, port), _Handler)


@contextlib.contextmanager
def serving(server: Server, application: "WSGIApplication") -> Iterator[None]:
    """Answer requests in a thread while the block lasts."""
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def until_the_end(*, parent: int) -> Iterator[None]:
    """Wait behind the block for SIGTERM or SIGINT, or until the process `parent` is gone.

    The block is for telling that we are ready: whoever hears it may end us at once.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    yield
    while not stop.wait(_PARENT_CHECK_SECONDS) and os.getppid() == parent:
        continue


def set_up_texts() -> None:
    """Give Django's translations what they need, without the settings of the whole house."""
    if not settings.configured:
        settings.configure(
            USE_I18N=True,
            LOCALE_PATHS=[pathlib.Path(mahis.__file__).parent / "locale"],
            LOGGING_CONFIG=None,
        )
    if not apps.ready:
        django.setup()
