"""A post room in a database that forgets after each test, and one that does not."""

import pytest

from mahis.gateways.files import Files
from tests.integration.letters.post_room import PostRoom, seated
from tests.integration.usecases import scene


@pytest.fixture
def room(db, tmp_path):
    """Give a post room whose client has an address."""
    room = PostRoom(stage=scene.set_up(), files=Files(tmp_path / "documents"))
    seated(room.stage.client)
    return room


@pytest.fixture
def open_room(committed_db, tmp_path):
    """Give a post room whose database others can see into."""
    room = PostRoom(stage=scene.set_up(), files=Files(tmp_path / "documents"))
    seated(room.stage.client)
    return room
