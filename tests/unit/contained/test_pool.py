"""Workers apart: whatever a job does, its parent gets an answer in time and goes on."""

import contextlib
import dataclasses
import os
import queue
import resource
import socket
import subprocess
import sys
import threading
import time

import pytest

from mahis.gateways.contained import Busy, Ending, Limits, Pool

JOB = "tests.unit.contained.jobs"
#: A machine with other things to do lets a job wait: only where time is what is proven is it short.
LIMITS = Limits(cpu_seconds=1, wall_seconds=60, end_seconds=30, largest_answer=2**20, most_asks=3)
#: What somebody waits for who is not kept waiting on purpose.
PATIENCE = 30

#: What a job does, how it ends, and the word that tells an operator why.
ENDINGS = [
    ({"do": "burn"}, Ending.TOO_COSTLY, "cpu"),
    ({"do": "burn without a pause"}, Ending.TOO_COSTLY, "cpu"),
    ({"do": "eat"}, Ending.TOO_COSTLY, "memory"),
    ({"do": "die", "by": "SIGKILL"}, Ending.TOO_COSTLY, "killed"),
    ({"do": "die", "by": "SIGSEGV"}, Ending.BROKEN, "exit -11"),
    ({"do": "exit"}, Ending.BROKEN, "exit 3"),
    ({"do": "leave"}, Ending.BROKEN, "exit 0"),
    ({"do": "raise"}, Ending.BROKEN, "KeyError"),
    ({"do": "recurse"}, Ending.BROKEN, "RecursionError"),
    ({"do": "babble"}, Ending.BROKEN, "nonsense"),
    ({"do": "boast", "bytes": 2**21}, Ending.BROKEN, "nonsense"),
    ({"do": "ask", "times": 9}, Ending.TOO_COSTLY, "asks"),
]

#: Jobs that only a limit of time ends; left alone, each of them lasts a minute.
ENDLESS = [
    ({"do": "sleep"}, {"wall_seconds": 1}, Ending.TOO_COSTLY, "time"),
    ({"do": "shut"}, {"end_seconds": 1}, Ending.BROKEN, "nonsense"),
]


@pytest.fixture(scope="module")
def pool():
    with Pool(job=JOB, limits=LIMITS, workers=1) as pool:
        yield pool


def _may_leave_networks() -> bool:
    """Ask the system in a process of its own."""
    program = "from mahis.gateways.contained import confinement as c; exit(not c.shut_network())"
    return subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def _used_by_the_dead() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextlib.contextmanager
def _kept_busy(pool):
    """Keep the only worker of a pool busy until the block ends."""
    is_busy, is_over = threading.Event(), threading.Event()

    def answer(header, body):
        is_busy.set()
        is_over.wait()
        return {}, b""

    job = {"do": "ask", "times": 1}
    thread = threading.Thread(target=pool.run, args=(job, b""), kwargs={"answering": answer})
    thread.start()
    try:
        assert is_busy.wait(PATIENCE)
        yield
    finally:
        is_over.set()
        thread.join()


def _price(header, body):
    return {"price": header["number"] * 2}, body.upper()


class TestPool:
    def test_gives_back_what_the_job_answers(self, pool):
        result = pool.run({"do": "echo", "say": "é"}, b"\x00\xff" * 2**19)
        assert result.ending is Ending.DONE
        assert result.header["said"] == "é"
        assert result.body == b"\x00\xff" * 2**19

    def test_keeps_a_worker_warm_between_jobs(self, pool):
        pids = {pool.run({"do": "echo"}, b"").header["pid"] for _ in range(3)}
        assert len(pids) == 1
        assert os.getpid() not in pids

    @pytest.mark.parametrize(("job", "ending", "word"), ENDINGS, ids=str)
    def test_gets_over_every_way_in_which_a_job_goes_wrong(self, pool, job, ending, word):
        used = _used_by_the_dead()
        result = pool.run(job, b"", answering=_price)
        assert (result.ending, result.word) == (ending, word)
        assert _used_by_the_dead() - used < 3 * LIMITS.cpu_seconds
        assert pool.run({"do": "echo", "say": "next"}, b"").header["said"] == "next"

    @pytest.mark.parametrize(("job", "limit", "ending", "word"), ENDLESS, ids=str)
    def test_waits_for_no_job_longer_than_allowed(self, job, limit, ending, word):
        with Pool(job=JOB, limits=dataclasses.replace(LIMITS, **limit), workers=1) as pool:
            begun = time.monotonic()
            result = pool.run(job, b"")
            assert (result.ending, result.word) == (ending, word)
            assert time.monotonic() - begun < PATIENCE
            assert pool.run({"do": "echo", "say": "next"}, b"").header["said"] == "next"

    def test_answers_what_a_job_asks_while_it_runs(self, pool):
        result = pool.run({"do": "ask", "times": 3}, b"x", answering=_price)
        assert result.header["answers"] == [{"price": 0}, {"price": 2}, {"price": 4}]
        assert result.body == b"XXX"

    def test_does_not_count_the_time_that_its_own_answers_take(self):
        limits = dataclasses.replace(LIMITS, wall_seconds=3)

        def slowly(header, body):
            time.sleep(limits.wall_seconds + 0.5)
            return {}, b""

        with Pool(job=JOB, limits=limits, workers=1) as pool:
            result = pool.run({"do": "ask", "times": 1}, b"", answering=slowly)
            assert (result.ending, result.word) == (Ending.DONE, "")
            result = pool.run({"do": "ask and wait"}, b"", answering=slowly)
            assert (result.ending, result.word) == (Ending.TOO_COSTLY, "time")

    def test_ends_a_job_that_asks_where_nobody_answers(self, pool):
        assert pool.run({"do": "ask", "times": 1}, b"").word == "nonsense"

    def test_lets_a_failure_of_its_own_through_and_goes_on(self, pool):
        def fail(header, body):
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            pool.run({"do": "ask", "times": 1}, b"", answering=fail)
        assert pool.run({"do": "echo"}, b"").ending is Ending.DONE

    def test_gives_workers_no_environment_and_no_rights(self, pool, tmp_path, monkeypatch):
        monkeypatch.setenv("MAHIS_SECRET_KEY", "secret")
        (tmp_path / "private").write_text("secret")
        (tmp_path / "private").chmod(0o600)
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            look = {"do": "look around", "file": str(tmp_path / "private"), "port": port}
            result = pool.run(look, b"")
        assert (result.ending, result.word) == (Ending.DONE, "")
        seen = result.header
        assert set(seen["environment"]) <= {"LC_ALL", "LC_CTYPE", "MALLOC_ARENA_MAX"}
        assert seen["folder"] == "/"
        assert not seen["django"]
        assert seen["can write"] == "FileNotFoundError"
        assert seen["can start"] == "BlockingIOError"
        if _may_leave_networks():
            assert seen["connects"] == "OSError"
        if os.geteuid() == 0:
            assert seen["user"] != 0
            assert seen["reads"] == "PermissionError"


class TestReplacing:
    def test_follows_a_number_of_jobs(self):
        with Pool(job=JOB, limits=Limits(jobs_a_worker=2), workers=1) as pool:
            pids = [pool.run({"do": "echo"}, b"").header["pid"] for _ in range(4)]
        assert pids[0] == pids[1] != pids[2] == pids[3]

    def test_follows_growth(self):
        limits = Limits(resident_bytes=100 * 2**20)
        with Pool(job=JOB, limits=limits, workers=1) as pool:
            first = pool.run({"do": "grow", "bytes": 1}, b"").header["pid"]
            assert pool.run({"do": "grow", "bytes": 2**27}, b"").header["pid"] == first
            assert pool.run({"do": "echo"}, b"").header["pid"] != first


class TestSharing:
    def test_gives_each_thread_the_answer_to_its_own_question(self):
        answers = {}
        with Pool(job=JOB, workers=2, wait_seconds=PATIENCE) as pool:

            def ask(number):
                answers[number] = pool.run({"do": "echo", "say": number}, b"").header["said"]

            threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert answers == {number: number for number in range(12)}

    def test_refuses_after_a_bounded_wait_where_everybody_is_busy(self):
        with Pool(job=JOB, limits=LIMITS, workers=1, wait_seconds=0.2) as pool:
            with _kept_busy(pool), pytest.raises(Busy):
                pool.run({"do": "echo"}, b"")
            assert pool.run({"do": "echo"}, b"").ending is Ending.DONE

    def test_lets_no_more_wait_than_there_are_seats(self):
        pool = Pool(job=JOB, limits=LIMITS, workers=1, wait_seconds=600, most_waiting=1)
        outcomes: queue.Queue[object] = queue.Queue()

        def come():
            try:
                outcomes.put(pool.run({"do": "echo"}, b"").ending)
            except Busy:
                outcomes.put(Busy)

        with pool:
            with _kept_busy(pool):
                for _ in range(2):
                    threading.Thread(target=come, daemon=True).start()
                # One of them waits; the other is told at once.
                assert outcomes.get(timeout=PATIENCE) is Busy
            assert outcomes.get(timeout=PATIENCE) is Ending.DONE

    def test_starts_anew_in_a_forked_process(self):
        with Pool(job=JOB, workers=1) as pool:
            ours = pool.run({"do": "echo"}, b"").header["pid"]
            reading, writing = os.pipe()
            child = os.fork()
            if not child:
                theirs = pool.run({"do": "echo"}, b"").header["pid"]
                os.write(writing, str(theirs).encode())
                os._exit(0)
            os.close(writing)
            with os.fdopen(reading, "rb") as answer:
                theirs = int(answer.read())
            os.waitpid(child, 0)
            assert theirs != ours
            assert pool.run({"do": "echo"}, b"").header["pid"] == ours

    def test_leaves_no_process_behind(self):
        with Pool(job=JOB, workers=2) as pool:
            pool.warm()
            pid = pool.run({"do": "echo"}, b"").header["pid"]
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
        with pytest.raises(Busy):
            pool.run({"do": "echo"}, b"")
