"""What a worker gives up before it sees a foreign file: rights, files, processes, memory, time."""

import codecs
import contextlib
import ctypes
import math
import os
import pwd
import resource
import signal

_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_MOST_OPEN_FILES = 64
#: Encodings that Python would look for on disk later, where a worker may read nothing.
_ENCODINGS = ("ascii", "latin-1", "cp1252", "utf-16", "utf-16-be", "utf-16-le", "utf-32-be", "idna")


def give_up_rights(*, memory_bytes: int) -> None:
    """Bound memory for good, and give up files, child processes and privileges."""
    for name in _ENCODINGS:
        codecs.lookup(name)
    # The signals' usual action, which no handler of the job's can put off, is to end the process.
    for number in (signal.SIGPROF, signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    shut_network()
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_FSIZE, 0)
    _set_limit(resource.RLIMIT_NOFILE, _MOST_OPEN_FILES)
    _set_limit(resource.RLIMIT_AS, memory_bytes)
    _become_nobody()
    # No threads and no processes from here on; it binds everybody but root.
    _set_limit(resource.RLIMIT_NPROC, 0)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def shut_network() -> bool:
    """Leave every network, where the system lets us; says whether it did."""
    # Whoever is not root may do so only as somebody of a space of their own.
    spaces = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    with contextlib.suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).unshare(spaces) == 0)
    return False


def start_clock(*, cpu_seconds: float, wall_seconds: float) -> None:
    """Let the kernel end this process when a job takes longer than this."""
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    # The parent counts the time too; this one holds where the parent is dead.
    signal.setitimer(signal.ITIMER_REAL, wall_seconds)
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime + cpu_seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def pause_clock() -> float:
    """Stop counting time while the parent works; gives the seconds that are left.

    Processor time is counted on: a job that waits uses none.
    """
    return signal.setitimer(signal.ITIMER_REAL, 0)[0]


def resume_clock(seconds: float) -> None:
    """Count time again, where any was counted."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def stop_clock() -> None:
    """Stop counting: the job is done."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)


def resident_bytes() -> int:
    """Give the memory that this process holds now; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as status:  # noqa: PTH123
            return int(status.read().split()[1]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0


def _set_limit(kind: int, value: int) -> None:
    hardest = resource.getrlimit(kind)[1]
    if hardest != resource.RLIM_INFINITY:
        value = min(value, hardest)
    resource.setrlimit(kind, (value, value))


def _become_nobody() -> None:
    if os.geteuid() != 0:
        return
    try:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
    except (KeyError, OSError):
        # Some containers map no such account: every other bound still holds.
        return
