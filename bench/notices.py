"""Notices that workers bring through the practice e-Box, beside the same calls by a bare client.

The reference sends as many messages, with the same bodies, by aiohttp alone: no database, no words
to set, no order to keep. Both take turns at the same e-Box, a process of its own as workers are.
"""

import asyncio
import dataclasses
import pathlib
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence

import aiohttp
import measuring  # noqa: F401 - gives this script the house and the factories of its tests
import psycopg
from django.db import connection

from mahis.domain.notices import Channel
from mahis.gateways import notices
from mahis.gateways.ebox import Ebox as Client
from mahis.gateways.ebox import EboxMessage
from mahis.gateways.ebox import keys as ebox_keys
from mahis.gateways.ebox.messages import as_multipart
from mahis.jobs import addresses
from mahis.store import models
from mahis.usecases import send_notices
from mahis.usecases.send_notices import Leased
from tests import databases
from tests.integration.jobs import processes
from tests.integration.jobs.office import has_account
from tests.integration.usecases import scene

GOAL = 0.5
_ROUNDS = 7
#: Of each kind; each client draws up an authorisation with each provider: enough for some seconds a
#: round, so that its first and last tenth of a second weigh little.
_PARTIES = 32
#: What else each party is told of each authorisation, so that many are on their way at once.
_COPY = """
INSERT INTO store_notice (
    id, authorisation_id, recipient_id, side, telling, history_number, places, channel, language,
    must_act, created_at
)
SELECT
    gen_random_uuid(), authorisation_id, recipient_id, side, other, history_number, places, channel,
    language, must_act, created_at
FROM store_notice, unnest(ARRAY['signedByOne', 'submittedToOffice', 'active']) AS other
"""
_LOOK_SECONDS = 0.03
#: Everything on its way again, as if it had just been written.
_AGAIN = """
DELETE FROM store_delivery;
UPDATE store_notice SET id = gen_random_uuid();
INSERT INTO store_delivery (
    notice_id, recipient_id, state, channel, attempts, next_at, leased_by, problem, detail,
    why_post, receipt
)
SELECT id, recipient_id, 'waiting', channel, 0, created_at, '', '', '', '', ''
FROM store_notice
ORDER BY created_at, authorisation_id, telling, side;
"""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Measured:
    """Messages a second, and the median of the ratios of each round."""

    name: str
    reference: float
    ours: float
    ratio: float

    @property
    def holds(self) -> bool:
        """Say whether the goal is reached."""
        return self.ratio >= GOAL


def main() -> int:
    """Measure and report."""
    with tempfile.TemporaryDirectory(prefix="mahis-bench-") as folder:
        home = pathlib.Path(folder)
        home.chmod(0o711)
        return report(measured(home))


def measured(home: pathlib.Path) -> list[Measured]:
    """Measure one worker and two, each in a process of its own."""
    keys = home / "keys"
    ebox_keys.make_key(keys, name="2026-01-01")
    log = home / "log"
    database = processes.Database(home / "data")
    database.prepare(home / "data")
    ebox = processes.Ebox(home / "box", keys, log)
    ebox.start()
    database.start()
    try:
        with databases.pointed_at(database.url):
            messages = _set_up()
            bench = _Bench(database, ebox, messages, home=home)
            return [
                bench.compare("one worker", workers=1),
                bench.compare("two workers", workers=2),
            ]
    finally:
        ebox.kill()
        database.stop()


class _Bench:
    """Sends the same messages by workers and by a bare client, in turns."""

    def __init__(
        self,
        database: processes.Database,
        ebox: processes.Ebox,
        messages: Sequence[EboxMessage],
        *,
        home: pathlib.Path,
    ) -> None:
        self._database, self._ebox, self._home = database, ebox, home
        self._messages = messages

    def compare(self, name: str, *, workers: int) -> Measured:
        """Measure some workers beside the bare client."""
        started = [
            processes.worker(
                self._database, self._ebox, home=self._home / "data", log=self._home / "log"
            )
            for _ in range(workers)
        ]
        with processes.killed_at_the_end(*started):
            self._by_workers()
            reference, ours = [], []
            for place in range(_ROUNDS):
                sides: list[tuple[Callable[[], float], list[float]]]
                sides = [(self._by_bare_client, reference), (self._by_workers, ours)]
                for send, rates in sides if place % 2 else reversed(sides):
                    rates.append(send())
        return Measured(
            name=name,
            reference=statistics.median(reference),
            ours=statistics.median(ours),
            ratio=statistics.median(
                one / other for one, other in zip(ours, reference, strict=True)
            ),
        )

    def _by_workers(self) -> float:
        """Write all notices anew, and wait until the last one is known to have come."""
        with psycopg.connect(self._database.url, autocommit=True) as direct:
            direct.execute(_AGAIN)
            began = time.perf_counter()
            waiting = "SELECT EXISTS (SELECT FROM store_delivery WHERE state = 'waiting')"
            while direct.execute(waiting).fetchone() == (True,):
                time.sleep(_LOOK_SECONDS)
            seconds = time.perf_counter() - began
            delivered = "SELECT count(*) FROM store_delivery WHERE state = 'delivered'"
            assert direct.execute(delivered).fetchone() == (len(self._messages),)
        return len(self._messages) / seconds

    def _by_bare_client(self) -> float:
        return asyncio.run(self._send_all())

    async def _send_all(self) -> float:
        settings = self._ebox.settings()
        async with Client(settings) as ours:
            token = await ours._tokens.get()  # noqa: SLF001 - a token, to be used by somebody else
        waiting = list(self._messages)
        head = {"Authorization": f"Bearer {token}"}

        async def send(session: aiohttp.ClientSession) -> None:
            while waiting:
                message = waiting.pop()
                body = as_multipart(
                    message,
                    sender=settings.sender,
                    application=settings.application,
                    message_type=settings.message_type,
                )
                told = {
                    "Idempotency-Key": f'"{uuid.uuid4()}"',
                    "Content-Type": body.content_type,
                }
                address = f"{settings.url}/ebox/messages"
                async with session.post(address, data=body.body, headers=head | told) as answer:
                    await answer.read()
                    assert answer.status == 201

        connector = aiohttp.TCPConnector(limit=settings.at_once)
        async with aiohttp.ClientSession(connector=connector) as session:
            began = time.perf_counter()
            async with asyncio.TaskGroup() as tasks:
                for _ in range(settings.at_once):
                    tasks.create_task(send(session))
            return len(self._messages) / (time.perf_counter() - began)


def _set_up() -> list[EboxMessage]:
    """Have authorisations drawn up between many parties; gives the messages about them."""
    stage = scene.set_up()
    clients = [scene.an_enterprise(1_000 + seed, name=f"Client {seed}") for seed in range(_PARTIES)]
    providers = [scene.another_provider(2_000 + seed)[0] for seed in range(_PARTIES)]
    for place, client in enumerate(clients):
        has_account(client)
        quality = stage.director.capacity.quality
        director = scene.somebody(1_000 + place, enterprise=client, quality=quality)
        for provider in providers:
            stage.draw("several", actor=director, other=provider)
    with connection.cursor() as cursor:
        cursor.execute(_COPY)
        cursor.execute(_AGAIN)
    leased = [
        Leased(
            number=row.number,
            notice=row.notice_id,
            recipient=row.recipient.number,
            channel=Channel.EBOX,
            attempts=0,
        )
        for row in models.Delivery.objects.select_related("recipient")
    ]
    found = send_notices.contents(
        leased=leased, speaks=lambda _, language: language, address=addresses.of
    )
    return [_message(each, found[each.notice]) for each in leased]


def _message(leased: Leased, content: send_notices.Content) -> EboxMessage:
    text = notices.render(content.facts, language=content.language, channel=Channel.EBOX)
    return EboxMessage(
        idempotency_key=leased.notice,
        recipient=leased.recipient,
        language=content.language,
        subject=text.subject,
        body_html=notices.as_html(text),
    )


def report(found: Sequence[Measured]) -> int:
    """Print a table, and as the last line the ratios with their goals; gives the exit status."""
    width = max(len(each.name) for each in found)
    print(f"{'':{width}}  bare client /s  ours /s")
    for each in found:
        print(f"{each.name:{width}}  {each.reference:14.0f}  {each.ours:7.0f}")
    print("; ".join(_line(each) for each in found))
    return 0 if all(each.holds for each in found) else 1


def _line(each: Measured) -> str:
    verdict = "holds" if each.holds else "MISSED"
    return f"{each.name}: {each.ratio:.2f} (goal at least {GOAL:.2f}, {verdict})"


if __name__ == "__main__":
    sys.exit(main())
