"""Importing a bundle that a test has written, on a fixed day."""

import datetime

import pytest

from mahis.usecases.import_register import MOST_CEASED, import_register
from tests.factories.register_files import write

ON = datetime.date(2026, 11, 23)
AT = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def take_in(tmp_path):
    """Write files into a folder of a name, and import it."""

    def run(name, files, *, force=False, most_ceased=MOST_CEASED):
        folder = tmp_path / name
        if not folder.exists():
            write(folder, files)
        return import_register(path=folder, at=AT, on=ON, force=force, most_ceased=most_ceased)

    return run
