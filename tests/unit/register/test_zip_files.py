"""Zip files are opened without trusting what they say of themselves."""

import stat
import zipfile

import pytest

from mahis.gateways import register_files
from mahis.gateways.register_files import FileRefused
from tests.factories.register_files import full, write, zipped


def read(path):
    with register_files.opened(path) as bundle:
        bundle.digest()
        return [
            row for part in bundle.parts for row in register_files.rows_of(part, lambda _: None)
        ]


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "bundle", full())


@pytest.mark.parametrize("inside", ["", "KboOpenData/"])
def test_a_zip_file_reads_as_its_folder_does(folder, inside):
    packed = zipped(folder, inside=inside)
    assert read(packed) == read(folder)
    with register_files.opened(packed) as one, register_files.opened(folder) as other:
        assert one.digest() == other.digest()


def test_a_cut_off_zip_file_is_refused(folder):
    packed = zipped(folder)
    packed.write_bytes(packed.read_bytes()[:-200])
    with pytest.raises(FileRefused, match="cut off"):
        read(packed)


def test_a_damaged_zip_file_is_refused(folder):
    packed = zipped(folder)
    content = bytearray(packed.read_bytes())
    content[60:90] = b"\xff" * 30
    packed.write_bytes(bytes(content))
    with pytest.raises(FileRefused, match="damaged"):
        read(packed)


def test_something_that_is_no_zip_file_is_refused(tmp_path):
    file = tmp_path / "bundle.zip"
    file.write_text("hello")
    with pytest.raises(FileRefused, match="no zip file"):
        read(file)
    with pytest.raises(FileRefused, match="no such folder or file"):
        read(tmp_path / "nothing")


@pytest.mark.parametrize(
    "wrong", ["../enterprise.csv", "/etc/enterprise.csv", "a/../../enterprise.csv", "C:\\code.csv"]
)
def test_a_name_that_leads_out_is_refused(tmp_path, wrong):
    packed = tmp_path / "bundle.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(wrong, "x")
    with pytest.raises(FileRefused, match="leads out"):
        read(packed)


def test_a_link_is_refused(tmp_path):
    info = zipfile.ZipInfo("enterprise.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed = tmp_path / "bundle.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(FileRefused, match="a link"):
        read(packed)


def test_a_file_that_swells_is_refused_before_it_is_unpacked(tmp_path):
    packed = tmp_path / "bundle.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("enterprise.csv", b"0" * 5_000_000)
    with pytest.raises(FileRefused, match="200 times"):
        read(packed)


def test_several_folders_many_files_and_double_names_are_refused(tmp_path, folder):
    packed = zipped(folder)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("deep/er/code.csv", "x")
    with pytest.raises(FileRefused, match="several folders"):
        read(packed)
    many = tmp_path / "many.zip"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(300):
            archive.writestr(f"{number}.txt", "")
    with pytest.raises(FileRefused, match="more than 200 files"):
        read(many)
    double = zipped(folder)
    with zipfile.ZipFile(double, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("code.csv", "x")
    with pytest.raises(FileRefused, match="two files of this name"):
        read(double)


def test_an_encrypted_file_is_refused(folder):
    packed = zipped(folder)
    content = bytearray(packed.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 8] |= 1
    packed.write_bytes(bytes(content))
    with pytest.raises(FileRefused, match="encrypted"):
        read(packed)
