"""Measuring ours against a reference: in turns, so that the noise of the machine meets both.

Importing it first also gives a script the house with its settings, and the factories of the tests.
"""

import dataclasses
import os
import pathlib
import statistics
import sys
import time
from collections.abc import Callable, Sequence

import django

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

#: Runs that are not counted: caches fill, modules load, processors wake up.
_WARM_UP = 3


@dataclasses.dataclass(frozen=True, kw_only=True)
class Pair:
    """Something of ours, beside the same done by the bare libraries."""

    name: str
    reference: Callable[[], object]
    ours: Callable[[], object]
    #: The most that ours may take of the reference's time.
    goal: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class Measured:
    """What came of a pair: medians in seconds, and the median of the ratios of each round."""

    pair: Pair
    reference: float
    ours: float
    ratio: float

    @property
    def holds(self) -> bool:
        """Say whether the goal is reached."""
        return self.ratio <= self.pair.goal


def measure(pair: Pair, *, rounds: int = 15, runs: int = 5) -> Measured:
    """Time both sides of a pair in rounds, each side the same number of runs in each round."""
    for _ in range(_WARM_UP):
        pair.reference()
        pair.ours()
    reference: list[float] = []
    ours: list[float] = []
    for place in range(rounds):
        sides = [(pair.reference, reference), (pair.ours, ours)]
        for work, times in sides if place % 2 else reversed(sides):
            times.append(_seconds(work, runs))
    return Measured(
        pair=pair,
        reference=statistics.median(reference),
        ours=statistics.median(ours),
        ratio=statistics.median(one / other for one, other in zip(ours, reference, strict=True)),
    )


def report(found: Sequence[Measured]) -> int:
    """Print a table, and as the last line the ratios with their goals; gives the exit status."""
    width = max(len(each.pair.name) for each in found)
    print(f"{'':{width}}  reference ms  ours ms  reference /s  ours /s")
    for each in found:
        print(
            f"{each.pair.name:{width}}  {each.reference * 1000:12.2f}  {each.ours * 1000:7.2f}"
            f"  {1 / each.reference:12.1f}  {1 / each.ours:7.1f}"
        )
    print("; ".join(_line(each) for each in found))
    return 0 if all(each.holds for each in found) else 1


def _line(each: Measured) -> str:
    verdict = "holds" if each.holds else "MISSED"
    return f"{each.pair.name}: {each.ratio:.2f} (goal at most {each.pair.goal:.2f}, {verdict})"


def _seconds(work: Callable[[], object], runs: int) -> float:
    began = time.perf_counter()
    for _ in range(runs):
        work()
    return (time.perf_counter() - began) / runs
