"""Whoever is killed while keeping a document loses nothing and doubles nothing."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from mahis.domain.documents import DocumentKind
from mahis.domain.parties import Side
from mahis.store import models
from tests.house.sources import ROOT
from tests.integration.usecases import scene
from tests.integration.usecases.desk import signed
from tests.pki import pki
from tests.unit.scans import making

_SCRIPT = """
import json, sys, time
from pathlib import Path
import django
django.setup()
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor, Capacity, Person, Quality, Role
from mahis.gateways.files import Files
from mahis.gateways.pdf_forms import Sealer, SealSettings
from mahis.gateways.pdf_signatures import Examiner, FetchSettings
from mahis.gateways.scans import Scans
from mahis.gateways import trust
from mahis.usecases import _documents
from tests.integration.usecases import desk, scene

told = json.loads(sys.argv[1])

def wait_to_be_killed(*_, **__):
    print("here", flush=True)
    time.sleep(120)

if told["where"] == "before the commit":
    add = _documents.add
    def add_and_wait(**what):
        add(**what)
        wait_to_be_killed()
    _documents.add = add_and_wait

folder = Path(told["folder"])
at_work = desk.Desk(
    sealer=Sealer(SealSettings(
        key_file=folder / "seal-key.pem",
        certificate_file=folder / "seal.pem",
        tsa_url=told["tsa"],
    )),
    files=Files(folder / "documents"),
    examiner=Examiner(fetching=FetchSettings(private_addresses=True)),
    scans=Scans(),
    trust=trust.from_folder(folder / "trust"),
)
director = Actor(
    person=Person(insz=scene.insz(1), given_name="Given", family_name="Family1"),
    capacity=Capacity(
        enterprise=scene.enterprise_number(1),
        quality=Quality.COMPANY_WITHOUT_STAFF,
        role=Role.MANAGE,
    ),
    assurance="",
)
reference = AuthorisationReference.parse(told["reference"])
more = {"actor": director, "version": 1}
if told["act"] == "form":
    at_work.make(None, reference, **more)
else:
    data = (folder / "coming").read_bytes()
    if told["act"] == "signed":
        at_work.upload(None, reference, data, **more)
    else:
        at_work.submit(None, reference, (data, "application/pdf"), **more)
wait_to_be_killed()
"""

KINDS = {
    "form": DocumentKind.FORM,
    "signed": DocumentKind.SIGNED,
    "scan": DocumentKind.SCAN,
}


@contextlib.contextmanager
def another_process(url, **told):
    """Do an act in a process of its own, which is killed at the end of the block."""
    surroundings = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
    }
    with subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, json.dumps(told)],
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def until(true):
    """Wait until something is true."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError


def is_waited_for(connection):
    """Say whether somebody waits for what a connection has locked."""
    found = connection.execute(
        "SELECT count(*) FROM pg_locks AS waits JOIN pg_locks AS holds USING (transactionid)"
        " WHERE NOT waits.granted AND holds.granted AND holds.pid = pg_backend_pid()"
    ).fetchone()
    return found == (1,)


def kept_files(folder):
    return {path for path in (folder / "documents").rglob("*") if path.is_file()}


#: What stands in the tables once the act is done: documents, history, notices, validations.
DONE = {"form": (1, 1, 2, 0), "signed": (1, 2, 4, 1), "scan": (1, 2, 4, 0)}
NOT_DONE = (0, 1, 2, 0)


class Work:
    """One act on one authorisation, to be done here or in a process that is killed."""

    def __init__(self, act, *, desk, folder, url):
        self.act, self.desk, self.folder, self.url = act, desk, folder, url
        self.stage = scene.set_up()
        self.reference = self.stage.draw()
        pki().seal_files(folder)
        pki().write_trust_folder(folder / "trust")
        self.data = making.pdf()
        if act == "signed":
            form = desk.form(self.stage, self.reference)
            self.data = signed(form, Side.MANDATOR, by=self.stage.director)
        (folder / "coming").write_bytes(self.data)

    def killed(self, where):
        """Do it in a process of its own up to a point, for as long as the block lasts."""
        return another_process(
            self.url,
            act=self.act,
            where=where,
            folder=str(self.folder),
            tsa=pki().tsa_url,
            reference=str(self.reference),
        )

    def do(self):
        """Do it here, from the page that the killed process had."""
        if self.act == "form":
            return self.desk.make(self.stage, self.reference, version=1)
        if self.act == "signed":
            return self.desk.upload(self.stage, self.reference, self.data, version=1)
        return self.desk.submit(
            self.stage, self.reference, (self.data, "application/pdf"), version=1
        )

    def written(self):
        """Count everything that the act writes."""
        return (
            models.AuthorisationDocument.objects.filter(kind=KINDS[self.act]).count(),
            models.HistoryEntry.objects.count(),
            models.Notice.objects.count(),
            models.Validation.objects.count(),
        )

    def require_done_once(self):
        """Require that all of it was written, and nothing twice."""
        assert self.written() == DONE[self.act]
        row = models.AuthorisationDocument.objects.get(kind=KINDS[self.act])
        assert len(self.desk.files.read(row.document_id)) == row.document.size
        assert self.stage.chain_holds(self.reference)
        return row.number


@pytest.fixture(params=KINDS)
def work(request, committed_db, desk, tmp_path):
    """An act about a document, on a stage in a database of its own."""
    return Work(request.param, desk=desk, folder=tmp_path, url=committed_db)


def test_killed_between_file_and_record_the_next_try_does_it(work):
    """The other process has put the file and waits for a row that somebody else holds."""
    before = kept_files(work.folder)
    with psycopg.connect(work.url) as holder:
        holder.execute("SELECT 1 FROM store_authorisation FOR UPDATE")
        with work.killed("at the lock"):
            until(lambda: is_waited_for(holder))
        assert len(kept_files(work.folder) - before) == 1
    assert work.written() == NOT_DONE
    work.do()
    work.require_done_once()


def test_killed_before_its_commit_the_next_try_does_it(work):
    with work.killed("before the commit") as process:
        assert process.stdout.readline() == "here\n"
    assert work.written() == NOT_DONE
    work.do()
    work.require_done_once()


def test_killed_between_commit_and_answer_the_next_try_finds_it_done(work):
    with work.killed("before the answer") as process:
        assert process.stdout.readline() == "here\n"
    number = work.require_done_once()
    assert work.do() == number
    assert work.require_done_once() == number
