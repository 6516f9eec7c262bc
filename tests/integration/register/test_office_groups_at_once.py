"""An officer writes down a group while files of the register are imported: nothing is undone."""

import concurrent.futures
import dataclasses
import time

from django.db import connection, connections, transaction

from mahis.domain.conditions import Limits
from mahis.domain.parties import Language
from mahis.store import models
from mahis.usecases import reference_data
from tests.factories import reference, register
from tests.integration.register.conftest import AT, ON
from tests.integration.register.test_office_groups import files, group

_PATIENCE = 30


def correct(officer, *, version):
    """Give a group the name that the office wants."""
    names = dict.fromkeys(Language, "By the office")
    reference_data.correct_group(
        record=dataclasses.replace(reference.kept("one"), names=names),
        why=reference.why(officer, version=version),
        limits=Limits(),
        at=AT,
        on=ON,
    )


def wait_until_somebody_waits():
    """Wait until another connection waits for a lock."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def test_an_import_waits_for_an_officer_and_leaves_what_they_wrote(committed_db, take_in):
    officer = register.an_officer()
    take_in("begin", files(group("one"), group("two")))

    def imported():
        try:
            return take_in("next", files(group("one", "File"), group("two", "File")))
        finally:
            connections.close_all()

    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            correct(officer, version=1)
            outcome = pool.submit(imported)
            wait_until_somebody_waits()
        remarks = outcome.result(_PATIENCE).remarks
    names = dict(models.ApplicationGroup.objects.values_list("code", "name_fr"))
    assert names == {"one": "By the office", "two": "File"}
    assert len(remarks) == 1
    acts = models.Change.objects.filter(key="one").order_by("number").values_list("act", flat=True)
    assert list(acts) == ["addedByImport", "corrected"]
