"""The letters of a day go into one batch, for ever, and its package says exactly what is in it."""

import csv
import datetime
import hashlib
import io
import shutil

import pytest

from mahis.domain.letters import BatchState, BatchUnknown, PackageNotMade
from mahis.gateways.files import FileLost
from mahis.gateways.post import refusals
from mahis.gateways.post.settings import Folder
from mahis.queries import letter_batches
from mahis.store import models
from mahis.usecases.pack_letters import Packed
from tests.factories import printers
from tests.integration.usecases.scene import DAY, moment

pytestmark = pytest.mark.django_db
NEXT = DAY + datetime.timedelta(days=1)


def batch(number=1):
    return models.LetterBatch.objects.get(number=number)


def test_the_letters_that_wait_go_into_the_batch_of_the_day(room):
    written = room.written(3)
    assert room.pack() == (Packed(number=1, letters=3, pages=3),)
    row = batch()
    assert (row.day, row.state, row.letters, row.pages) == (DAY, BatchState.PACKED, 3, 3)
    assert row.packed_at == moment(DAY, 30)
    assert len(room.files.read(row.sha256)) == row.size
    letters = models.Letter.objects.order_by("place")
    assert [each.place for each in letters] == [1, 2, 3]
    assert {each.pk for each in letters} == set(written)
    assert {each.batch_id for each in letters} == {1}


def test_the_package_holds_each_letter_as_it_was_written(room):
    room.written(3)
    room.pack()
    archive = room.package(batch())
    for line in room.listed(batch()):
        letter = models.Letter.objects.get(pk=line["letter"])
        data = archive.read(line["file"])
        assert hashlib.sha256(data).hexdigest() == line["sha256"] == letter.document_id
        assert (line["place"], line["pages"], line["language"]) == (letter.place, 1, "fr")
    assert archive.testzip() is None


def test_the_lists_say_nothing_of_whom_the_letters_go_to(room):
    room.written(1)
    room.pack()
    archive = room.package(batch())
    for name in ("manifest.json", "manifest.csv"):
        text = archive.read(name).decode()
        assert "Client" not in text
        assert str(room.stage.client) not in text
        assert "9000" not in text


def test_letters_abroad_come_after_the_others(room):
    models.EnterpriseAddress.objects.update(country_fr="France", country_nl="Frankrijk")
    room.written(1)
    models.EnterpriseAddress.objects.update(country_fr="", country_nl="")
    room.written(1)
    room.pack()
    assert [line["destination"] for line in room.listed(batch())] == ["belgium", "abroad"]


def test_a_day_without_letters_has_no_batch(room):
    assert room.pack() == ()
    assert not models.LetterBatch.objects.exists()


def test_a_day_has_one_batch_and_later_letters_go_into_the_next(room):
    first = room.written(2)
    room.pack()
    second = room.written(1)
    assert room.pack() == ()
    assert models.Letter.objects.filter(batch=None).count() == 1
    assert letter_batches.waiting(actor=room.stage.officer) == 1
    assert room.pack(day=NEXT) == (Packed(number=2, letters=1, pages=1),)
    assert {each.pk for each in models.Letter.objects.filter(batch=1)} == set(first)
    assert {each.pk for each in models.Letter.objects.filter(batch=2)} == set(second)


def test_days_that_were_missed_are_caught_up_in_one(room):
    room.written(1, day=DAY)
    room.written(1, day=NEXT)
    assert room.pack(day=NEXT + datetime.timedelta(days=9)) == (
        Packed(number=1, letters=2, pages=2),
    )


def test_a_batch_that_was_begun_is_finished_with_the_letters_that_it_has(room):
    room.written(2)
    room.pack()
    done = batch()
    _begin_again(room)
    room.written(1)
    assert room.pack(day=NEXT.replace(day=25)) == (
        Packed(number=2, letters=1, pages=1),
        Packed(number=3, letters=1, pages=1),
    )
    assert batch().sha256 == done.sha256


def _begin_again(room):
    """Leave a batch open, as somebody does who is killed before its package is made."""
    (letter,) = room.written(1)
    models.LetterBatch.objects.create(
        number=2,
        day=DAY.replace(day=24),
        state=BatchState.OPEN,
        letters=1,
        pages=1,
        opened_at=moment(),
    )
    models.Letter.objects.filter(pk=letter).update(batch=2, place=1)


def test_a_lost_letter_stops_its_batch_and_is_told(room, tmp_path):
    room.written(2)
    sha256 = models.Letter.objects.all()[0].document_id
    place = tmp_path / "documents" / sha256[:2] / sha256[2:4] / sha256
    place.rename(tmp_path / "lost")
    with pytest.raises(FileLost):
        room.pack()
    row = batch()
    assert (row.state, row.problem, row.failed_at) == (BatchState.OPEN, "fileLost", moment(DAY, 30))
    shutil.copy(tmp_path / "lost", place)
    assert room.pack() == (Packed(number=1, letters=2, pages=2),)
    assert (batch().problem, batch().failed_at) == ("", None)


# -- handing over


@pytest.fixture
def printer(tmp_path):
    with printers.serving(tmp_path) as printer:
        yield printer


def test_a_package_is_handed_over_once(room, printer):
    room.written(2)
    room.pack()
    assert room.hand_over(printer.target()) == (1,)
    row = batch()
    assert (row.state, row.handed_at) == (BatchState.HANDED, moment(DAY, 40))
    assert printer.names == ["mahis-letters-20261123-000001.zip"]
    assert (printer.folder / printer.names[0]).read_bytes() == room.files.read(row.sha256)
    assert room.hand_over(printer.target()) == ()


def test_nothing_is_handed_over_before_its_package_is_made(room, printer):
    room.written(1)
    assert room.hand_over(printer.target()) == ()
    assert printer.names == []


def test_a_printer_that_fails_leaves_the_package_for_the_next_time(room, printer):
    room.written(1)
    room.pack()
    printer.on_write = printers.full
    with pytest.raises(refusals.PrinterCannotKeep):
        room.hand_over(printer.target())
    row = batch()
    assert (row.state, row.problem) == (BatchState.PACKED, "printerCannotKeep")
    assert row.failed_at == moment(DAY, 40)
    printer.on_write = lambda _: None
    assert room.hand_over(printer.target()) == (1,)
    assert (batch().problem, batch().failed_at) == ("", None)


def test_one_package_in_the_way_does_not_keep_the_others_back(room, printer):
    for day in (DAY, NEXT):
        room.written(1, day=day)
        room.pack(day=day)
    (printer.folder / "mahis-letters-20261123-000001.zip").write_bytes(b"another")
    with pytest.raises(refusals.PackageInTheWay):
        room.hand_over(printer.target())
    assert (batch(1).state, batch(1).problem) == (BatchState.PACKED, "packageInTheWay")
    assert batch(2).state is BatchState.HANDED


def test_where_nobody_said_who_prints_packages_wait_and_that_is_told(room, tmp_path):
    room.written(1)
    assert room.hand_over(None) == ()
    room.pack()
    with pytest.raises(refusals.NoPrinter):
        room.hand_over(None)
    assert batch().problem == "noPrinter"
    (tmp_path / "printer").mkdir()
    assert room.hand_over(Folder(path=tmp_path / "printer")) == (1,)


# -- what officers see


def test_officers_see_the_batches_the_newest_first(room, tmp_path):
    for day in (DAY, NEXT):
        room.written(1, day=day)
        room.pack(day=day)
    (tmp_path / "printer").mkdir()
    room.hand_over(Folder(path=tmp_path / "printer"))
    newest, oldest = letter_batches.batches(actor=room.stage.officer)
    assert (newest.number, oldest.number) == (2, 1)
    assert oldest.day == DAY
    assert (oldest.letters, oldest.pages, oldest.state) == (1, 1, BatchState.HANDED)
    assert oldest.sha256 == batch(1).sha256
    assert oldest.package == "mahis-letters-20261123-000001.zip"


def test_officers_get_the_list_and_the_package_of_a_batch(room):
    room.written(2)
    room.pack()
    officer, files = room.stage.officer, room.files
    listed = letter_batches.manifest(actor=officer, number=1, files=files).decode()
    assert len(list(csv.DictReader(io.StringIO(listed)))) == 2
    found = letter_batches.package(actor=officer, number=1, files=files)
    with found.opened as file:
        assert hashlib.sha256(file.read()).hexdigest() == batch().sha256
    assert found.size == batch().size


def test_what_is_not_there_is_told(room):
    with pytest.raises(BatchUnknown):
        letter_batches.manifest(actor=room.stage.officer, number=7, files=room.files)
    _begin_again(room)
    with pytest.raises(PackageNotMade):
        letter_batches.package(actor=room.stage.officer, number=2, files=room.files)


def test_it_is_told_how_far_the_letter_about_a_notice_is(room, tmp_path):
    unwritten = room.notice()
    (written,) = room.written(1)

    def status():
        return letter_batches.of_notices([written, unwritten.pk])

    assert set(status()) == {written}
    assert status()[written].packed_on is None
    room.pack()
    assert (status()[written].packed_on, status()[written].handed_at) == (DAY, None)
    (tmp_path / "printer").mkdir()
    room.hand_over(Folder(path=tmp_path / "printer"))
    assert status()[written].handed_at == moment(DAY, 40)
