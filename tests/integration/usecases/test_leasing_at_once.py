"""Many workers take notices at the same moment, on real connections."""

import collections
import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from mahis.domain.deliveries import Delivered, DeliveryState, NotTried, Refused, TryAgain
from mahis.store import models
from mahis.usecases.send_notices import Ring
from tests.integration.usecases import outbox
from tests.integration.usecases.outbox import LASTING, NOW, SECOND, report, take

WORKERS = 6
RECIPIENTS = 8
NOTICES = 12


@pytest.fixture
def everybody(committed_db):
    """Some recipients with a dozen notices each."""
    recipients = outbox.recipients(RECIPIENTS)
    for recipient in recipients:
        authorisation = outbox.an_authorisation(recipient)
        for number in range(1, NOTICES + 1):
            outbox.tell(authorisation, number=number)
    return recipients


def at_once(work):
    """Run something for each worker from one starting shot; gives what each gave."""
    gate = threading.Barrier(WORKERS)

    def run(name):
        gate.wait()
        try:
            return work(name)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(run, (f"worker {place}" for place in range(WORKERS))))


def test_nobody_gets_what_another_got(everybody):
    taken = at_once(lambda name: take(name, most=20))
    numbers = [each.number for chains in taken for chain in chains for each in chain]
    owners = [chain[0].recipient for chains in taken for chain in chains]
    assert len(numbers) == len(set(numbers))
    assert sorted(owners) == sorted(everybody)


class OtherSide:
    """Takes each number once, and remembers in which order they came."""

    def __init__(self):
        self.arrived = collections.defaultdict(list)
        self.given_up = set()
        self._lock = threading.Lock()

    def bring(self, leased, dice):
        """Try to bring a notice; gives what came of it."""
        outcome = dice.choices(
            [Delivered(), TryAgain(problem="timeout"), Refused(problem="badRequest")],
            weights=[8, 2, 0.5],
        )[0]
        with self._lock:
            came = self.arrived[leased.recipient]
            if isinstance(outcome, Delivered) and leased.number not in came:
                came.append(leased.number)
            if isinstance(outcome, Refused):
                self.given_up.add(leased.number)
        return outcome


def bring_all(chain, name, *, to, dice, at):
    """Bring the notices of a recipient, one after the other, as workers do."""
    held_up = False
    for leased in chain:
        outcome = NotTried() if held_up else to.bring(leased, dice)
        held_up = held_up or isinstance(outcome, TryAgain)
        report(leased.number, outcome, worker=name, at=at)


@pytest.mark.parametrize("seed", range(4))
def test_each_recipient_gets_everything_once_and_in_order_whatever_comes_of_it(everybody, seed):
    """Each worker has a time of its own that leaps ahead, and forgets some of what it took."""
    other_side = OtherSide()

    def work(name):
        dice, ring, at = random.Random(f"{name} {seed}"), Ring(), NOW
        for _ in range(120):
            at += dice.choice([SECOND, 10 * SECOND, LASTING])
            for chain in take(name, most=dice.randint(1, 30), at=at, ring=ring):
                if dice.random() > 0.1:
                    bring_all(chain, name, to=other_side, dice=dice, at=at)

    at_once(work)
    rows = models.Delivery.objects.order_by("number")
    assert {row.state for row in rows} <= {DeliveryState.DELIVERED, DeliveryState.FAILED}
    for recipient in everybody:
        numbers = [row.number for row in rows if row.recipient_id == recipient]
        came, given_up = other_side.arrived[recipient], other_side.given_up
        assert set(numbers) - given_up <= set(came)
        in_order = [number for number in came if number not in given_up]
        assert in_order == sorted(in_order)
