"""The worker: a process of its own that loads one job, gives up its rights and waits for work.

The job is a module with a function `work(header, body, ask)` that returns a header and a body;
`ask(header, body)` puts a question to the parent. It imports at its top whatever it needs: nothing
may be readable later. Started as `python -m mahis.gateways.contained.worker`.
"""

import importlib
import socket
import sys
from collections.abc import Callable

from mahis.gateways.contained import confinement, messages
from mahis.gateways.contained.messages import Header

#: Puts a question to the parent and gives its answer.
Ask = Callable[[Header, bytes], tuple[Header, bytes]]
_Work = Callable[[Header, bytes, Ask], tuple[Header, bytes]]

_LARGEST_REQUEST = 2**28


def main() -> None:
    """Serve jobs over the socket that stands in for standard input, until the parent is gone."""
    with socket.socket(fileno=0) as channel:
        try:
            _serve(channel)
        except messages.Ended:
            return


def _serve(channel: socket.socket) -> None:
    hello, _ = messages.receive(channel, largest=0)
    sys.path[:] = hello["path"]
    work: _Work = importlib.import_module(hello["job"]).work
    confinement.give_up_rights(memory_bytes=hello["memoryBytes"])
    messages.send(channel, {"kind": "ready"})
    for _ in range(hello["jobs"]):
        request, body = messages.receive(channel, largest=_LARGEST_REQUEST)
        ended, result = _do(channel, work, request, body)
        stays = confinement.resident_bytes() <= hello["residentBytes"]
        messages.send(channel, {**ended, "stays": stays}, result)
        if not stays:
            return


def _do(channel: socket.socket, work: _Work, request: Header, body: bytes) -> tuple[Header, bytes]:
    """Do one job, and say how it ended."""

    def ask(header: Header, question: bytes) -> tuple[Header, bytes]:
        left = confinement.pause_clock()
        messages.send(channel, {"kind": "ask", "header": header}, question)
        answer, answered = messages.receive(channel, largest=_LARGEST_REQUEST)
        confinement.resume_clock(left)
        return answer, answered

    confinement.start_clock(cpu_seconds=request["cpuSeconds"], wall_seconds=request["wallSeconds"])
    try:
        header, result = work(request["header"], body, ask)
    except messages.Ended:
        raise
    except MemoryError:
        return {"kind": "tooCostly", "word": "memory"}, b""
    except Exception as failure:  # noqa: BLE001 - foreign files make libraries raise anything
        return {"kind": "broken", "word": type(failure).__name__}, b""
    finally:
        confinement.stop_clock()
    return {"kind": "done", "header": header}, result


if __name__ == "__main__":
    main()
