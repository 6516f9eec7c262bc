"""Jobs that behave, and jobs that do not, for the tests of the workers that run them."""

import os
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path


def work(header, body, ask):
    """Do what the header names."""
    return _JOBS[header["do"]](header, body, ask)


def _echo(header, body, ask):
    return {"pid": os.getpid(), "said": header.get("say")}, body


def _ask(header, body, ask):
    answers = [ask({"what": "price", "number": number}, body) for number in range(header["times"])]
    return {"answers": [answer for answer, _ in answers]}, b"".join(rest for _, rest in answers)


def _ask_and_wait(header, body, ask):
    ask({"what": "price", "number": 0}, b"")
    return _sleep(header, body, ask)


def _burn(header, body, ask):
    while True:
        pass


def _burn_without_a_pause(header, body, ask):
    return {"length": len(str(7 ** (10**8)))}, b""


def _eat(header, body, ask):
    held = []
    while True:
        held.append(bytearray(2**24))


def _grow(header, body, ask):
    _HELD.append(b"x" * header["bytes"])
    return {"pid": os.getpid()}, b""


def _sleep(header, body, ask):
    time.sleep(60)


def _die(header, body, ask):
    os.kill(os.getpid(), signal.Signals[header["by"]])


def _exit(header, body, ask):
    sys.exit(3)


def _leave(header, body, ask):
    os._exit(0)


def _raise(header, body, ask):
    raise KeyError("a secret of somebody's file")


def _recurse(header, body, ask):
    return _recurse(header, body, ask)


def _babble(header, body, ask):
    os.write(0, b"this is no message at all, however long it may be")
    time.sleep(60)


def _boast(header, body, ask):
    return {}, bytes(header["bytes"])


def _shut(header, body, ask):
    socket.socket(fileno=os.dup(0)).shutdown(socket.SHUT_RDWR)
    time.sleep(60)


def _look_around(header, body, ask):
    return {
        "environment": dict(os.environ),
        "folder": str(Path.cwd()),
        "user": os.geteuid(),
        "django": "django" in sys.modules,
        "can write": _tried(lambda: os.write(tempfile.TemporaryFile().fileno(), b"x")),
        "can start": _tried(lambda: os.fork() or os._exit(0)),
        "connects": _tried(lambda: socket.create_connection(("127.0.0.1", header["port"]))),
        "reads": _tried(lambda: Path(header["file"]).read_text()),
    }, b""


def _tried(act):
    try:
        act()
    except (OSError, PermissionError) as failure:
        return type(failure).__name__
    return "done"


_HELD: list[bytes] = []
_JOBS = {
    "echo": _echo,
    "ask": _ask,
    "ask and wait": _ask_and_wait,
    "burn": _burn,
    "burn without a pause": _burn_without_a_pause,
    "eat": _eat,
    "grow": _grow,
    "sleep": _sleep,
    "die": _die,
    "exit": _exit,
    "leave": _leave,
    "raise": _raise,
    "recurse": _recurse,
    "babble": _babble,
    "boast": _boast,
    "shut": _shut,
    "look around": _look_around,
}
