"""What a running service needs: settings, database, static files, a free port, a web server."""

import contextlib
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator

import django
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from mahis.config import embedded_postgres, environment

#: Names the serving process to its workers.
_SERVER_PID = "MAHIS_SERVER_PID"
_SECONDS_TO_END = 10


class PortTaken(OSError):
    """Something else already listens where we were told to."""


def load_settings() -> None:
    """Load Django with the settings of this environment; raises ImproperlyConfigured."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mahis.config.settings")
    django.setup()


@contextlib.contextmanager
def database_available() -> Iterator[None]:
    """Run the embedded database for as long as the block lasts, unless another is named."""
    if not environment.uses_embedded_database():
        yield
        return
    with embedded_postgres.running(environment.data_dir()), _undisturbed_end():
        yield


@contextlib.contextmanager
def _undisturbed_end() -> Iterator[None]:
    """Let nobody's second Ctrl-C interrupt the tidying up."""
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)


def require_free(*, host: str, port: int) -> None:
    """Raise PortTaken where `port` is in use."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as failure:
            message = f"Port {port} on {host} cannot be used: {failure.strerror}. Choose another."
            raise PortTaken(message) from failure


def free_port(*, host: str) -> int:
    """Return a port that nobody listens at."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def require_sound_settings() -> None:
    """Raise ImproperlyConfigured where a check of the settings finds an error."""
    wrong = [str(message) for message in checks.run_checks() if message.is_serious()]
    if wrong:
        raise ImproperlyConfigured("; ".join(wrong))


def collect_static_files() -> None:
    """Copy, hash and compress the static files into the private folder."""
    if settings.STATIC_ROOT:
        call_command("collectstatic", interactive=False, verbosity=0)


def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serve the house over WSGI until SIGINT or SIGTERM; the workers read the environment."""
    os.environ.setdefault("MAHIS_DATABASE_POOL", str(threads))
    # All workers must read each other's sessions, and outside production each would invent a key.
    os.environ["MAHIS_SECRET_KEY"] = settings.SECRET_KEY
    os.environ[_SERVER_PID] = str(os.getpid())
    connections.close_all()
    # Workers start afresh and read the environment: forked ones would keep our settings and locks.
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "mahis.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_END,
    ).serve()


def end_with_parent() -> None:
    """End this worker when the server that started it is killed, so that its port gets free."""
    server = int(os.environ.get(_SERVER_PID, "0"))
    if server and os.getpid() != server:
        threading.Thread(target=_watch, args=(server,), daemon=True, name="parent watch").start()


def _watch(server: int) -> None:
    while os.getppid() == server:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_SECONDS_TO_END)
    os._exit(1)
