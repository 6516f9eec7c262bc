"""One worker process, as its parent sees it: started, asked, and killed when it oversteps."""

import contextlib
import dataclasses
import enum
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from mahis.gateways.contained import messages
from mahis.gateways.contained.limits import Limits
from mahis.gateways.contained.messages import Header

#: Answers what a job asks its parent while it runs.
Answering = Callable[[Header, bytes], tuple[Header, bytes]]

_LARGEST_QUESTION = 2**22
#: Signals by which the kernel ends a worker that takes too much.
_OF_THE_KERNEL = {
    -signal.SIGPROF: "cpu",
    -signal.SIGXCPU: "cpu",
    -signal.SIGALRM: "time",
    -signal.SIGKILL: "killed",
}


class Ending(enum.Enum):
    """How a job ended."""

    DONE = "done"
    #: It raised something, its process died, or its answer made no sense.
    BROKEN = "broken"
    #: It took more time or memory than allowed.
    TOO_COSTLY = "tooCostly"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Result:
    """What came of one job."""

    ending: Ending
    header: Header = dataclasses.field(default_factory=dict)
    body: bytes = b""
    #: One technical word on what went wrong.
    word: str = ""


class Worker:
    """One process that has loaded one job."""

    def __init__(self, *, job: str, limits: Limits) -> None:
        """Start the process; it loads the job while others go on."""
        self._job = job
        self._limits = limits
        self._jobs_left = limits.jobs_a_worker
        self._is_ready = False
        self._channel, theirs = socket.socketpair()
        with theirs:
            # A session of its own, so that Ctrl-C in a terminal reaches the parent first; nothing
            # of the environment, which may hold secrets.
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-m", "mahis.gateways.contained.worker"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
                start_new_session=True,
            )

    @property
    def is_usable(self) -> bool:
        """Say whether another job may be given to it."""
        return self._jobs_left > 0 and self._process.poll() is None

    def run(self, header: Header, body: bytes, *, answering: Answering | None) -> Result:
        """Do one job; whatever happens, it gives a result in bounded time."""
        try:
            if not self._is_ready:
                self._greet()
            return self._run(header, body, answering)
        except TimeoutError:
            self.kill()
            return Result(ending=Ending.TOO_COSTLY, word="time")
        except messages.Nonsense:
            self.kill()
            return Result(ending=Ending.BROKEN, word="nonsense")
        except messages.Ended:
            return self._epitaph()
        except BaseException:
            # Something of ours went wrong in the middle: nobody knows where the worker stands.
            self.kill()
            raise

    def kill(self) -> None:
        """End the process now."""
        self._jobs_left = 0
        self._channel.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()

    def forget(self) -> None:
        """Let go of it without touching the process: it is somebody else's, after a fork."""
        self._channel.detach()
        self._process.returncode = 0

    def _greet(self) -> None:
        """Say what to load, and wait until it is loaded and the worker has given up its rights."""
        deadline = time.monotonic() + self._limits.start_seconds
        hello = {
            "job": self._job,
            "path": [each for each in sys.path if each],
            "memoryBytes": self._limits.memory_bytes,
            "residentBytes": self._limits.resident_bytes,
            "jobs": self._limits.jobs_a_worker,
        }
        messages.send(self._channel, hello, deadline=deadline)
        answer, _ = messages.receive(self._channel, largest=0, deadline=deadline)
        if answer.get("kind") != "ready":
            raise messages.Nonsense
        self._is_ready = True

    def _run(self, header: Header, body: bytes, answering: Answering | None) -> Result:
        self._jobs_left -= 1
        deadline = time.monotonic() + self._limits.wall_seconds
        request = {
            "header": header,
            "cpuSeconds": self._limits.cpu_seconds,
            "wallSeconds": self._limits.wall_seconds,
        }
        messages.send(self._channel, request, body, deadline=deadline)
        for _ in range(self._limits.most_asks + 1):
            message, rest = messages.receive(
                self._channel, largest=self._limits.largest_answer, deadline=deadline
            )
            if message.get("kind") != "ask":
                return self._ended(message, rest)
            begun = time.monotonic()
            self._answer(message, rest, answering)
            deadline += time.monotonic() - begun
        self.kill()
        return Result(ending=Ending.TOO_COSTLY, word="asks")

    def _answer(self, message: Header, question: bytes, answering: Answering | None) -> None:
        asked = message.get("header")
        if answering is None or not isinstance(asked, dict) or len(question) > _LARGEST_QUESTION:
            raise messages.Nonsense
        header, body = answering(asked, question)
        deadline = time.monotonic() + self._limits.wall_seconds
        messages.send(self._channel, header, body, deadline=deadline)

    def _ended(self, message: Header, body: bytes) -> Result:
        header, word = message.get("header", {}), message.get("word", "")
        try:
            ending = Ending(message.get("kind"))
        except ValueError as failure:
            raise messages.Nonsense from failure
        if not (isinstance(header, dict) and isinstance(word, str) and word.isascii()):
            raise messages.Nonsense
        if message.get("stays") is not True:
            self._jobs_left = 0
        return Result(ending=ending, header=header, body=body, word=word[:80])

    def _epitaph(self) -> Result:
        """Say of what the worker died."""
        self._jobs_left = 0
        self._channel.close()
        try:
            code = self._process.wait(timeout=self._limits.end_seconds)
        except subprocess.TimeoutExpired:
            # It shut the door and lives on.
            self._process.kill()
            self._process.wait()
            return Result(ending=Ending.BROKEN, word="nonsense")
        if code in _OF_THE_KERNEL:
            return Result(ending=Ending.TOO_COSTLY, word=_OF_THE_KERNEL[code])
        return Result(ending=Ending.BROKEN, word=f"exit {code}")
