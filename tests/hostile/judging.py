"""The whole way of a file: read in a worker apart, and judged; and what that costs."""

import contextlib
import dataclasses
import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from mahis.domain.signature_evidence import FileEvidence
from mahis.domain.signed_forms import FormVerdict, judge_form
from mahis.gateways.pdf_signatures import Examiner, FetchSettings
from tests.hostile.registry import HostileFile
from tests.hostile.scene import DAY, Scene, scene
from tests.pki import pki

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass(frozen=True)
class Cost:
    """What one file cost the worker that read it."""

    cpu_seconds: float
    most_bytes: int


class Judges:
    """One worker that reads files, and everything that is required of them."""

    def __init__(self, examiner: Examiner, on: Scene) -> None:
        self.scene = on
        self._examiner = examiner

    def evidence(self, data: bytes, *, at=DAY, fetch: bool = True) -> FileEvidence:
        """What is known of a file."""
        return self._examiner.examine(data, trust=pki().trust(), at=at, fetch=fetch)

    def judge(self, data: bytes, *, at=DAY, fetch: bool = True, **requirement) -> FormVerdict:
        """The verdict on a file."""
        wanted = dataclasses.replace(self.scene.requirement, **requirement)
        return judge_form(self.evidence(data, at=at, fetch=fetch), wanted)

    def judge_hostile(self, file: HostileFile) -> tuple[FormVerdict, Cost]:
        """The verdict on a file of the table, and what it cost."""
        data = file.make(self.scene)
        before = self._meter()
        requirement = file.required(self.scene)
        verdict = self.judge(data, at=file.at, fetch=file.fetch, **requirement)
        return verdict, before.until_now()

    def _meter(self) -> "_Meter":
        workers = list(self._examiner._pool._idle.queue)
        assert len(workers) == 1, "costs are those of one worker"
        assert workers[0] is not None, "a worker must be warm before costs are counted"
        return _Meter(workers[0]._process.pid)


class _Meter:
    """Counts what a worker uses, also where it dies of it."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._own = _used_by(pid)
        self._of_dead = _used_by_dead()
        self._most_bytes = _allowed(pid)
        with contextlib.suppress(OSError):
            # Lets the peak of memory begin anew.
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def until_now(self) -> Cost:
        """What was used since this meter was made."""
        try:
            return Cost(_used_by(self._pid) - self._own, _peak_of(self._pid))
        except FileNotFoundError:
            # The system tells the highest peak of all the dead, also of what other tests started;
            # this one had no more than it was allowed.
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
            most = min(peak, self._most_bytes)
            return Cost(_used_by_dead() - self._of_dead - self._own, most)


def _used_by(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _used_by_dead() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _allowed(pid: int) -> int:
    """Give the address space beyond which the kernel lets a process have no memory."""
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    (hard,) = [line.split()[-2] for line in lines if line.startswith("Max address space")]
    return sys.maxsize if hard == "unlimited" else int(hard)


def _peak_of(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


@contextlib.contextmanager
def sitting(*, workers: int = 1) -> Iterator[Judges]:
    """Let judges sit while the services of the practice infrastructure answer."""
    on = scene()
    fetching = FetchSettings(private_addresses=True)
    with pki().serve(at=DAY), Examiner(workers=workers, fetching=fetching) as examiner:
        yield Judges(examiner, on)
