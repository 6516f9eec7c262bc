"""The store of files keeps each content once, whole, and never hands out what is damaged."""

import datetime
import hashlib
import os
import threading

import pytest

from mahis.gateways.files import FileLost, Files, Kept

DATA = b"%PDF-1.7 anything"
DIGEST = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def files(tmp_path):
    """A store in a folder that is not there yet."""
    return Files(tmp_path / "deep" / "documents")


def place(tmp_path):
    return tmp_path / "deep" / "documents" / DIGEST[:2] / DIGEST[2:4] / DIGEST


def test_what_was_put_is_read_again_under_its_digest(files):
    assert files.put(DATA) == DIGEST
    assert files.read(DIGEST) == DATA
    with files.open(DIGEST) as file:
        assert file.read(4) == b"%PDF"


def test_the_same_content_is_kept_once(files, tmp_path):
    files.put(DATA)
    written = place(tmp_path).stat().st_mtime_ns
    files.put(DATA)
    assert place(tmp_path).stat().st_mtime_ns == written
    assert [path.name for path in place(tmp_path).parent.iterdir()] == [DIGEST]


def test_many_putting_the_same_at_once_do_not_disturb_each_other(files, tmp_path):
    threads = [threading.Thread(target=files.put, args=(DATA,)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert files.read(DIGEST) == DATA
    assert [path.name for path in place(tmp_path).parent.iterdir()] == [DIGEST]


def test_nobody_else_on_the_machine_reads_it(files, tmp_path):
    files.put(DATA)
    assert place(tmp_path).stat().st_mode & 0o077 == 0
    assert (tmp_path / "deep" / "documents").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", DATA[:-1], DATA + b"\0", b"X" + DATA[1:]])
def test_a_damaged_file_is_not_handed_out_and_is_mended_by_putting_it_again(
    files, tmp_path, damage, caplog
):
    files.put(DATA)
    place(tmp_path).write_bytes(damage)
    with pytest.raises(FileLost):
        files.read(DIGEST)
    assert DIGEST in caplog.text
    files.put(DATA)
    assert files.read(DIGEST) == DATA


def test_a_missing_file_is_a_lost_one(files, caplog):
    with pytest.raises(FileLost), files.open(DIGEST):
        pass
    assert "missing" in caplog.text


@pytest.mark.parametrize("name", ["", "../../etc/passwd", DIGEST.upper(), DIGEST[:-1]])
def test_only_digests_are_names(files, name):
    with pytest.raises(ValueError, match="SHA-256"):
        files.read(name)


def test_what_cannot_be_written_leaves_nothing_behind(files, tmp_path, monkeypatch):
    files.put(DATA)
    place(tmp_path).unlink()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.put(DATA)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_that_is_written_piece_by_piece_is_kept_under_its_digest(files, tmp_path):
    def write(file):
        file.write(b"x" * len(DATA))
        file.seek(0)
        file.write(DATA)

    assert files.keep(write) == Kept(sha256=DIGEST, size=len(DATA))
    assert files.read(DIGEST) == DATA
    assert files.keep(write).sha256 == DIGEST
    assert place(tmp_path).stat().st_mode & 0o077 == 0
    assert not list((tmp_path / "deep" / "documents").glob("coming-*"))


def test_what_breaks_off_while_it_is_written_leaves_nothing_behind(files, tmp_path):
    def write(file):
        file.write(DATA)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        files.keep(write)
    assert list((tmp_path / "deep" / "documents").iterdir()) == []


def test_tidying_removes_what_somebody_was_killed_over_and_nothing_else(files, tmp_path):
    now = datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)
    files.put(DATA)
    folder = tmp_path / "deep" / "documents"
    for name, age in (("coming-old", 2), ("coming-new", 0), ("kept-by-somebody", 9)):
        (folder / name).write_bytes(b"half")
        written = (now - datetime.timedelta(days=age)).timestamp()
        os.utime(folder / name, (written, written))
    os.utime(place(tmp_path), (0, 0))

    before = now - datetime.timedelta(days=1)
    assert [files.tidy(before=before), files.tidy(before=before)] == [1, 0]
    assert {path.name for path in folder.iterdir() if path.is_file()} == {
        "coming-new",
        "kept-by-somebody",
    }
    assert files.read(DIGEST) == DATA


def test_tidying_where_nothing_was_ever_kept_does_nothing(tmp_path):
    files = Files(tmp_path / "nowhere")
    assert files.tidy(before=datetime.datetime.max.replace(tzinfo=datetime.UTC)) == 0
