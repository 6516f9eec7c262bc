"""Several who write, pack and hand over at the same moment do each thing once."""

import concurrent.futures
import datetime

from django.db import connection

from mahis.domain.letters import BatchState
from mahis.gateways.post.settings import Folder
from mahis.store import models
from tests.integration.usecases.scene import DAY


def together(act, count=4):
    def run(place):
        try:
            return act(place)
        finally:
            connection.close()

    with concurrent.futures.ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def test_several_writing_the_same_letter_at_once_write_one(open_room):
    notice = open_room.notice()

    found = set(
        together(lambda day: open_room.write(notice, day=DAY + datetime.timedelta(days=day)))
    )
    assert found == {models.Letter.objects.get().document_id}


def test_several_packing_at_once_make_one_batch_and_one_package(open_room):
    written = open_room.written(12)
    together(lambda _: open_room.pack())
    batch = models.LetterBatch.objects.get()
    assert (batch.letters, batch.state) == (12, BatchState.PACKED)
    assert {line["letter"] for line in open_room.listed(batch)} == {str(each) for each in written}


def test_letters_that_are_written_while_others_are_packed_are_in_one_batch(open_room):
    open_room.written(2)
    notices = [open_room.notice() for _ in range(12)]

    def act(place):
        if place == 0:
            return [open_room.pack(day=DAY + datetime.timedelta(days=day)) for day in range(6)]
        return [open_room.write(notice) for notice in notices[place - 1 :: 3]]

    together(act)
    open_room.pack(day=DAY + datetime.timedelta(days=9))
    listed = [
        line["letter"]
        for batch in models.LetterBatch.objects.all()
        for line in open_room.listed(batch)
    ]
    assert len(listed) == len(set(listed)) == 14
    numbers = models.LetterBatch.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, len(numbers) + 1)), "the series has no gaps"


def test_several_handing_over_at_once_hand_over_once(open_room, tmp_path):
    open_room.written(3)
    open_room.pack()
    folder = tmp_path / "printer"
    folder.mkdir()
    handed = together(lambda _: open_room.hand_over(Folder(path=folder)))
    assert [numbers for numbers in handed if numbers] == [(1,)]
    assert [path.name for path in folder.iterdir()] == ["mahis-letters-20261123-000001.zip"]
    assert models.LetterBatch.objects.get().state is BatchState.HANDED
