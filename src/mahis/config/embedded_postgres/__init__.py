"""A PostgreSQL server of our own, for machines where nobody has set one up."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mahis.config.embedded_postgres import roles, sharing
from mahis.config.embedded_postgres.cluster import ADMIN, APPLICATION, OWNER, Cluster
from mahis.config.embedded_postgres.programs import ServerFailed

__all__ = ["Server", "ServerFailed", "addresses", "running"]


@dataclass(frozen=True, kw_only=True)
class Server:
    """The addresses of a server's database; they hold no secret."""

    #: As the role that reads and writes rows: DATABASE_URL.
    application_url: str
    #: As the role that owns and migrates the schema: DATABASE_OWNER_URL.
    owner_url: str
    #: As the role that makes databases.
    admin_url: str


@contextlib.contextmanager
def running(home: Path, *, durable: bool = True) -> Iterator[Server]:
    """Run the server of the data folder `home` for as long as the block lasts.

    Commands at the same time share it; the last to leave stops it. Raises ServerFailed.
    """
    cluster = Cluster(home=home.absolute(), durable=durable)

    def enter() -> None:
        cluster.ensure_running()
        roles.ensure(cluster)

    with sharing.shared(folder=cluster.home, enter=enter, leave=cluster.stop):
        yield addresses(home)


def addresses(home: Path) -> Server:
    """Return where the server of the data folder `home` answers, running or not."""
    cluster = Cluster(home=home.absolute())
    return Server(
        application_url=cluster.url(role=APPLICATION, database=roles.DATABASE),
        owner_url=cluster.url(role=OWNER, database=roles.DATABASE),
        admin_url=cluster.url(role=ADMIN, database="postgres"),
    )
