"""Workers apart: whatever a job does, its parent gets an answer in time and goes on."""

import os
import socket
import subprocess
import sys
import threading
import time

import pytest

from mahis.gateways.contained import Busy, Ending, Limits, Pool

JOB = "tests.unit.contained.jobs"
LIMITS = Limits(cpu_seconds=1, wall_seconds=3, largest_answer=2**20, most_asks=3)

#: What a job does, how it ends, and the word that tells an operator why.
ENDINGS = [
    ({"do": "burn"}, Ending.TOO_COSTLY, "cpu"),
    ({"do": "burn without a pause"}, Ending.TOO_COSTLY, "cpu"),
    ({"do": "eat"}, Ending.TOO_COSTLY, "memory"),
    ({"do": "sleep"}, Ending.TOO_COSTLY, "time"),
    ({"do": "die", "by": "SIGKILL"}, Ending.TOO_COSTLY, "killed"),
    ({"do": "die", "by": "SIGSEGV"}, Ending.BROKEN, "exit -11"),
    ({"do": "exit"}, Ending.BROKEN, "exit 3"),
    ({"do": "leave"}, Ending.BROKEN, "exit 0"),
    ({"do": "raise"}, Ending.BROKEN, "KeyError"),
    ({"do": "recurse"}, Ending.BROKEN, "RecursionError"),
    ({"do": "babble"}, Ending.BROKEN, "nonsense"),
    ({"do": "boast", "bytes": 2**21}, Ending.BROKEN, "nonsense"),
    ({"do": "shut"}, Ending.BROKEN, "nonsense"),
    ({"do": "ask", "times": 9}, Ending.TOO_COSTLY, "asks"),
]


@pytest.fixture(scope="module")
def pool():
    with Pool(job=JOB, limits=LIMITS, workers=1) as pool:
        yield pool


def _may_leave_networks() -> bool:
    """Ask the system in a process of its own."""
    program = "from mahis.gateways.contained import confinement as c; exit(not c.shut_network())"
    return subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


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
        begun = time.monotonic()
        result = pool.run(job, b"", answering=_price)
        assert (result.ending, result.word) == (ending, word)
        assert time.monotonic() - begun < 9
        assert pool.run({"do": "echo", "say": "next"}, b"").header["said"] == "next"

    def test_answers_what_a_job_asks_while_it_runs(self, pool):
        result = pool.run({"do": "ask", "times": 3}, b"x", answering=_price)
        assert result.header["answers"] == [{"price": 0}, {"price": 2}, {"price": 4}]
        assert result.body == b"XXX"

    def test_does_not_count_the_time_that_its_own_answers_take(self, pool):
        def slowly(header, body):
            time.sleep(LIMITS.wall_seconds + 0.5)
            return {}, b""

        assert pool.run({"do": "ask", "times": 1}, b"", answering=slowly).ending is Ending.DONE
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
            seen = pool.run(look, b"").header
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
        with Pool(job=JOB, workers=2) as pool:

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
            pool.run({"do": "echo"}, b"")
            other = threading.Thread(target=pool.run, args=({"do": "sleep"}, b""))
            other.start()
            time.sleep(0.3)
            with pytest.raises(Busy):
                pool.run({"do": "echo"}, b"")
            other.join()
            assert pool.run({"do": "echo"}, b"").ending is Ending.DONE

    def test_lets_no_more_wait_than_there_are_seats(self):
        pool = Pool(job=JOB, limits=LIMITS, workers=1, wait_seconds=5, most_waiting=1)
        with pool:
            pool.run({"do": "echo"}, b"")
            others = [
                threading.Thread(target=pool.run, args=({"do": "sleep"}, b"")) for _ in range(2)
            ]
            for each in others:
                each.start()
            time.sleep(0.3)
            begun = time.monotonic()
            with pytest.raises(Busy):
                pool.run({"do": "echo"}, b"")
            assert time.monotonic() - begun < 0.2
            for each in others:
                each.join()
            assert pool.run({"do": "echo"}, b"").ending is Ending.DONE

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
