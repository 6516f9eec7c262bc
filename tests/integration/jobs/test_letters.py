"""Letters by the clock: packed once a day, handed over as soon as it can be, addresses found."""

import dataclasses
import datetime

import pytest

from mahis.domain.letters import AddressMissing, BatchState
from mahis.gateways.files import Files
from mahis.gateways.post.refusals import PrinterCannotKeep
from mahis.gateways.post.settings import Folder
from mahis.jobs import find_addresses, hand_over_letters, pack_letters, registry
from mahis.store import models
from mahis.usecases.import_register import import_register
from tests.factories import register_files
from tests.integration.letters.post_room import PostRoom, seated
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, moment

pytestmark = pytest.mark.django_db


def run(job):
    return job.JOB.run(at=moment(), on=DAY)


@pytest.fixture
def room(db, settings, tmp_path):
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    return PostRoom(stage=scene.set_up(), files=Files(settings.DOCUMENTS_DIR))


@pytest.fixture
def printer(settings, tmp_path):
    """Say where packages go: a folder that is not there yet."""
    settings.POST = dataclasses.replace(settings.POST, target=Folder(path=tmp_path / "printer"))
    return tmp_path / "printer"


def test_a_day_goes_by(room, printer):
    printer.mkdir()
    seated(room.stage.client)
    room.written(3)
    assert run(pack_letters) == {"batches": 1, "letters": 3, "pages": 3}
    assert run(hand_over_letters) == {"batches": 1}
    assert [path.name for path in printer.iterdir()] == ["mahis-letters-20261123-000001.zip"]
    assert run(pack_letters) == {"batches": 0, "letters": 0, "pages": 0}
    assert run(hand_over_letters) == {"batches": 0}


def test_what_cannot_be_handed_over_now_is_later(room, printer):
    seated(room.stage.client)
    room.written(1)
    run(pack_letters)
    with pytest.raises(PrinterCannotKeep):
        run(hand_over_letters)
    printer.mkdir()
    assert run(hand_over_letters) == {"batches": 1}


def test_without_a_printer_packages_wait_and_nothing_is_wrong(room, settings):
    settings.POST = dataclasses.replace(settings.POST, target=None)
    seated(room.stage.client)
    room.written(1)
    run(pack_letters)
    assert run(hand_over_letters) == {"batches": 0}
    batch = models.LetterBatch.objects.get()
    assert (batch.state, batch.problem) == (BatchState.PACKED, "")


def without_address(room):
    notice = room.notice()
    with pytest.raises(AddressMissing):
        room.write(notice)
    models.Delivery.objects.filter(notice=notice).update(
        next_at=moment() + datetime.timedelta(hours=6)
    )
    return models.Delivery.objects.filter(notice=notice)


def test_an_address_that_came_is_found_by_the_clock(room):
    delivery = without_address(room)
    assert run(find_addresses) == {"notices": 0}
    seated(room.stage.client)
    assert run(find_addresses) == {"notices": 1}
    assert delivery.get().next_at == moment()


def test_an_address_that_an_import_brings_is_found_at_once(room, tmp_path):
    delivery = without_address(room)
    seated(room.stage.client)
    path = register_files.write(tmp_path / "extract", register_files.full())
    import_register(path=path, at=moment(), on=DAY)
    assert delivery.get().next_at == moment()


def test_the_clock_knows_the_jobs_in_the_order_in_which_one_leads_to_the_next():
    names = [job.name for job in registry.JOBS]
    order = [names.index(name) for name in ("find-addresses", "pack-letters", "hand-over-letters")]
    assert order == sorted(order)
