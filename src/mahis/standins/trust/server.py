"""Runs the practice services and the practice card as a process of its own."""

import contextlib
import os
import pathlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from mahis.standins import serving
from mahis.standins.openid.people import People, read_people
from mahis.standins.trust.application import CardApplication
from mahis.standins.trust.folder import HOST, PracticeFolder, prepare
from mahis.standins.trust.services import Services

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class _Both:
    """The services under the addresses of the certificates, and the card beside them."""

    def __init__(self, services: Services, card: CardApplication) -> None:
        self._services = services
        self._card = card

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        if self._services.answers(environ["PATH_INFO"]):
            return self._services(environ, start_response)
        return self._card(environ, start_response)


def serve(
    *,
    folder: pathlib.Path,
    people_file: pathlib.Path,
    port: int = 0,
    ready: Callable[[str], object] | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, or until the process that started this one is gone.

    Port 0 stands for that of the last start in this folder. `ready` is called with the address of
    the card once requests are answered. Raises NotForProductionError, PeopleFileError, and
    OSError where the port is taken.
    """
    # Asked before anybody is told that we are ready: a parent that dies just then must be missed.
    parent = os.getppid()
    serving.set_up_texts()
    people = read_people(people_file, secret=secrets.token_bytes(32))
    with (
        running(folder=folder, people=people, port=port) as practice,
        serving.until_the_end(parent=parent),
    ):
        if ready:
            ready(practice.card_url)


@contextlib.contextmanager
def running(*, folder: pathlib.Path, people: People, port: int = 0) -> Iterator[PracticeFolder]:
    """Run services and card in a thread while the block lasts; gives what lies in the folder."""
    practice = prepare(folder, port=port)
    authority = practice.authority()
    both = _Both(Services(authority), CardApplication(authority, people))
    with serving.serving(serving.listen(host=HOST, port=practice.port), both):
        yield practice
