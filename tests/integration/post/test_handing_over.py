"""A package gets to the printer whole and once, whatever the line, the server or the disk does."""

import concurrent.futures
import contextlib
import dataclasses
import errno
import hashlib
import io
import os
import socket

import pytest

from mahis.gateways.post import folder as folders
from mahis.gateways.post import refusals
from mahis.gateways.post.handing import deliver
from mahis.gateways.post.parcel import Parcel
from mahis.gateways.post.settings import Folder
from tests.factories import printers

#: More than a line takes at once.
CONTENT = os.urandom(64) * 60_000
NAME = "mahis-letters-20261201-000012.zip"


def a_parcel(content=CONTENT, **changes):
    usual = Parcel(
        name=NAME,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        open=lambda: contextlib.nullcontext(io.BytesIO(content)),
    )
    return dataclasses.replace(usual, **changes)


@pytest.fixture
def printer(tmp_path):
    with printers.serving(tmp_path) as printer:
        yield printer


@pytest.fixture(params=["folder", "sftp"])
def place(request, tmp_path):
    """A printer of either kind: where its files lie, and how it is reached."""
    if request.param == "folder":
        (tmp_path / "in").mkdir()
        yield tmp_path / "in", Folder(path=tmp_path / "in")
        return
    with printers.serving(tmp_path) as printer:
        yield printer.folder, printer.target()


def test_a_parcel_arrives_whole_under_its_name_and_leaves_nothing_else(place):
    folder, target = place
    deliver(a_parcel(), to=target)
    assert [path.name for path in folder.iterdir()] == [NAME]
    assert (folder / NAME).read_bytes() == CONTENT


def test_the_same_parcel_again_is_done_already_and_is_not_sent(place):
    folder, target = place
    deliver(a_parcel(), to=target)
    written = (folder / NAME).stat().st_mtime_ns

    def never():
        raise AssertionError

    deliver(a_parcel(open=never), to=target)
    assert (folder / NAME).stat().st_mtime_ns == written


def test_another_parcel_of_the_same_name_is_never_written_over(place):
    folder, target = place
    (folder / NAME).write_bytes(b"another")
    with pytest.raises(refusals.PackageInTheWay):
        deliver(a_parcel(), to=target)
    assert [path.name for path in folder.iterdir()] == [NAME]
    assert (folder / NAME).read_bytes() == b"another"


def test_what_was_left_behind_is_cleared_away_and_other_files_are_not(place):
    folder, target = place
    for name in (f".{NAME}.0123.part", ".mahis-letters-20261130-000011.zip.0123.part", "their.txt"):
        (folder / name).write_bytes(b"half")
    deliver(a_parcel(), to=target)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [".mahis-letters-20261130-000011.zip.0123.part", NAME, "their.txt"]
    )


def test_what_does_not_hold_what_it_should_is_not_handed_over(place):
    folder, target = place
    with pytest.raises(refusals.PackageDamaged):
        deliver(a_parcel(sha256="0" * 64), to=target)
    assert list(folder.iterdir()) == []


def test_several_at_once_hand_over_one_file(place):
    folder, target = place

    def hand(_):
        with contextlib.suppress(refusals.NotHandedOver):
            deliver(a_parcel(), to=target)

    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        list(threads.map(hand, range(4)))
    deliver(a_parcel(), to=target)
    assert [path.name for path in folder.iterdir()] == [NAME]
    assert (folder / NAME).read_bytes() == CONTENT


def test_an_empty_parcel_is_one_too(place):
    folder, target = place
    deliver(a_parcel(b""), to=target)
    assert (folder / NAME).read_bytes() == b""


def test_without_a_printer_nothing_is_handed_over():
    with pytest.raises(refusals.NoPrinter):
        deliver(a_parcel(), to=None)


# -- a folder of this machine


def test_a_missing_folder_is_not_made(tmp_path):
    """It may be a disk that is not mounted."""
    with pytest.raises(refusals.PrinterCannotKeep):
        deliver(a_parcel(), to=Folder(path=tmp_path / "missing"))
    assert not (tmp_path / "missing").exists()


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(refusals.PrinterCannotKeep) as refused:
        deliver(a_parcel(), to=Folder(path=tmp_path))
    assert "space" in refused.value.found["why"]
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_second_names_works_too(tmp_path, monkeypatch):
    def no_links(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    deliver(a_parcel(), to=Folder(path=tmp_path))
    assert (tmp_path / NAME).read_bytes() == CONTENT
    with pytest.raises(FileExistsError):
        folders._give_name(tmp_path / NAME, tmp_path / NAME)


# -- a server


def test_a_line_that_breaks_in_the_middle_is_tried_again(printer):
    def break_once(came_in):
        if came_in > len(CONTENT) // 2:
            printer.on_write = lambda _: None
            printer.hang_up()

    printer.on_write = break_once
    deliver(a_parcel(), to=printer.target())
    assert printer.names == [NAME]
    assert (printer.folder / NAME).read_bytes() == CONTENT
    assert printer.came_in > len(CONTENT) * 3 // 2


def test_a_line_that_breaks_each_time_is_given_up_and_nothing_lies_under_the_name(printer):
    def always(came_in):
        if came_in > 200_000:
            printer.hang_up()

    printer.on_write = always
    with pytest.raises(refusals.PrinterUnreachable):
        deliver(a_parcel(), to=printer.target())
    assert NAME not in printer.names
    printer.on_write = lambda _: None
    deliver(a_parcel(), to=printer.target())
    assert printer.names == [NAME]


def test_a_line_that_breaks_after_the_renaming_finds_it_done(printer):
    def rename_and_break():
        printer.on_rename = lambda: None
        for each in printer.folder.glob(".*.part"):
            each.rename(printer.folder / NAME)
        printer.hang_up()

    printer.on_rename = rename_and_break
    deliver(a_parcel(), to=printer.target())
    assert printer.names == [NAME]
    assert printer.came_in == len(CONTENT), "it was sent once"


def test_a_full_disk_of_the_server_leaves_nothing_behind(printer):
    printer.on_write = lambda came_in: printers.full() if came_in > 200_000 else None
    with pytest.raises(refusals.PrinterCannotKeep):
        deliver(a_parcel(), to=printer.target())
    assert printer.names == []


def test_a_folder_that_we_may_not_write_to_is_told(printer):
    def denied(_):
        raise OSError(errno.EACCES, "Permission denied")

    printer.on_write = denied
    with pytest.raises(refusals.PrinterCannotKeep):
        deliver(a_parcel(), to=printer.target())


def test_a_missing_folder_of_the_server_is_told(printer):
    with pytest.raises(refusals.PrinterCannotKeep):
        deliver(a_parcel(), to=printer.target(path="/elsewhere"))


def test_bytes_that_the_server_loses_are_noticed(printer):
    def lose():
        raise AssertionError

    def spoil(came_in):
        if came_in > len(CONTENT) // 2:
            printer.on_write = lambda _: None
            for each in printer.folder.glob(".*.part"):
                with each.open("r+b") as file:
                    file.write(b"spoiled")

    printer.on_write, printer.on_rename = spoil, lose
    with pytest.raises(refusals.PackageDamaged):
        deliver(a_parcel(), to=printer.target())
    assert printer.names == []


def test_a_server_that_knows_no_writing_through_works_too(printer):
    printer.knows_writing_through = False
    deliver(a_parcel(), to=printer.target())
    assert (printer.folder / NAME).read_bytes() == CONTENT


def test_another_server_in_its_place_gets_nothing(printer, tmp_path):
    other = printers.a_key(tmp_path / "other").export_public_key().decode()
    (tmp_path / "known_hosts").write_text(f"[127.0.0.1]:{printer.port} {other}")
    with pytest.raises(refusals.PrinterNotRecognised):
        deliver(a_parcel(), to=printer.target())
    assert printer.names == []


def test_a_server_that_nobody_named_gets_nothing(printer, tmp_path):
    (tmp_path / "known_hosts").write_text("")
    with pytest.raises(refusals.PrinterNotRecognised):
        deliver(a_parcel(), to=printer.target())


@pytest.mark.parametrize("lines", [None, "what is this"])
def test_without_readable_known_hosts_nobody_is_believed(printer, tmp_path, lines):
    (tmp_path / "known_hosts").unlink()
    if lines:
        (tmp_path / "known_hosts").write_text(lines)
    with pytest.raises(refusals.PrinterNotRecognised):
        deliver(a_parcel(), to=printer.target())


def test_a_key_that_the_server_does_not_know_is_told(printer, tmp_path):
    printers.a_key(tmp_path / "strange")
    with pytest.raises(refusals.PrinterRefusesUs):
        deliver(a_parcel(), to=printer.target(key_file=tmp_path / "strange"))


@pytest.mark.parametrize("content", [None, "no key at all"])
def test_a_key_that_cannot_be_read_is_told(printer, tmp_path, content):
    if content:
        (tmp_path / "bad").write_text(content)
    with pytest.raises(refusals.PrinterRefusesUs):
        deliver(a_parcel(), to=printer.target(key_file=tmp_path / "bad"))


def test_a_server_that_does_not_answer_is_unreachable(printer):
    with pytest.raises(refusals.PrinterUnreachable):
        deliver(a_parcel(), to=printer.target(port=9, timeout_seconds=1))


def test_a_server_that_falls_silent_is_not_waited_for_without_end(printer):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        target = printer.target(port=silent.getsockname()[1], timeout_seconds=0.3)
        with pytest.raises(refusals.PrinterUnreachable):
            deliver(a_parcel(), to=target)
