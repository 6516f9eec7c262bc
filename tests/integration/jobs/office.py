"""The office that tells people things, as tests play it: acts, workers, an e-Box and a post."""

import contextlib
import dataclasses
import datetime
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

from mahis.domain.deliveries import Patience
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Language
from mahis.gateways.ebox import EboxSettings
from mahis.gateways.ebox import keys as ebox_keys
from mahis.gateways.files import Files
from mahis.gateways.post.settings import PostSettings
from mahis.jobs.worker import Equipment, Worker
from mahis.standins.ebox.message import Terms
from mahis.standins.ebox.server import Setup, running
from mahis.store import models
from mahis.web import clock
from tests.factories import letters
from tests.integration.ebox import playing
from tests.integration.ebox.playing import Control
from tests.integration.usecases import scene

SECOND = datetime.timedelta(seconds=1)
#: Tries soon again: tests have no hours.
SOON = Patience(tries=6, first=SECOND / 20, longest=SECOND / 5)


@dataclasses.dataclass
class Office:
    """One installation that tells people things."""

    keys: Path
    folder: Path
    files: Files
    database: str
    changes: dict[str, object] = dataclasses.field(default_factory=dict)
    address: str = ""
    token_url: str = ""
    control: Control = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.jwks = self.folder / "jwks.json"
        ebox_keys.write_public_keys(self.keys, self.jwks)
        self.stage = scene.set_up()

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        """Open the e-Box for as long as the block lasts; what lay in it before still does."""
        setup = Setup(
            client_id="mahis",
            jwks=self.jwks,
            terms=Terms(
                senders=(playing.SENDER.digits,),
                applications=("mahis",),
                message_types=("MahisNotice", "MahisAction"),
            ),
        )
        with running(folder=self.folder / "box", setup=setup) as practice:
            self.address, self.token_url = practice.address, practice.token_url
            self.control = Control(practice)
            yield

    def settings(self) -> EboxSettings:
        """Give how the e-Box is reached."""
        return playing.settings(
            self, self.keys, **{"preferences_url": "", "timeout_seconds": 1, **self.changes}
        )

    def worker(self, name: str = "", **changes) -> Worker:
        """Make a worker."""
        usual = {
            "name": name or f"worker {uuid.uuid4()}",
            "ebox": self.settings(),
            "post": PostSettings(senders=dict.fromkeys(Language, letters.SENDER), target=None),
            "files": self.files,
            "patience": SOON,
            "lease": 30 * SECOND,
            "now": clock.now,
            "poll_seconds": 0.05,
        }
        return Worker(Equipment(**{**usual, **changes}))

    def deliver(self, **changes) -> Worker:
        """Let a worker bring what is due, once."""
        worker = self.worker(**changes)
        worker.run(until_idle=True)
        return worker

    def arrived(self) -> dict[str, int]:
        """Give the notices that came to the e-Box, and how often each came."""
        return self.control.counts()["notices"]

    def order(self, recipient: EnterpriseNumber) -> list[str]:
        """Give the notices of a recipient in the order in which they came."""
        return self.control.counts()["recipients"].get(recipient.digits, [])

    def states(self) -> dict[str, int]:
        """Count the deliveries by their state."""
        counted: dict[str, int] = {}
        for state in models.Delivery.objects.values_list("state", flat=True):
            counted[state.value] = counted.get(state.value, 0) + 1
        return counted


def has_account(enterprise: EnterpriseNumber) -> None:
    """Give an enterprise an account in user management, so that it is told by e-Box."""
    models.UserAccount.objects.create(enterprise=enterprise, begins=datetime.date(2020, 1, 1))


def notices_of(recipient: EnterpriseNumber) -> list[str]:
    """Give the notices of a recipient in the order of their writing."""
    rows = models.Delivery.objects.filter(recipient=recipient).order_by("number")
    return [str(notice) for notice in rows.values_list("notice_id", flat=True)]


@contextlib.contextmanager
def at_work(*workers: Worker) -> Iterator[None]:
    """Let workers work while the block lasts, each in a thread; what one raises is raised."""
    failures: list[BaseException] = []

    def run(worker: Worker) -> None:
        try:
            worker.run()
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=run, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()
        for thread in threads:
            thread.join(60)
    assert not failures
    assert not any(thread.is_alive() for thread in threads)


def until(true, *, seconds: float = 30) -> None:
    """Wait until something is true."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.02)):
        if true():
            return
        pause.wait(0.02)
    raise AssertionError
