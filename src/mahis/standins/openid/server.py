"""Runs the practice provider: as a process of its own for the demo, in a thread for tests."""

import contextlib
import os
import pathlib
import secrets
from collections.abc import Callable, Iterator, Sequence

from mahis.standins import serving
from mahis.standins.openid.application import Application
from mahis.standins.openid.clients import Client
from mahis.standins.openid.people import People, read_people
from mahis.standins.openid.provider import Provider


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
    serving.require_practice()
    serving.set_up_texts()
    people = read_people(people_file, secret=secrets.token_bytes(32))
    with (
        running(host=host, port=port, issuer=issuer, clients=clients, people=people) as application,
        serving.until_the_end(parent=parent),
    ):
        if ready:
            ready(application.provider.issuer)


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
    serving.require_practice()
    server = serving.listen(host=host, port=port)
    address = issuer or f"http://{host}:{server.server_port}"
    provider = make_provider(
        issuer=address, clients={client.client_id: client for client in clients}, people=people
    )
    application = Application(provider)
    with serving.serving(server, application):
        yield application
