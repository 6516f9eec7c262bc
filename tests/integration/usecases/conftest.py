"""The stage of the use cases, in a database that forgets after each test."""

import pytest

from tests.integration.usecases import scene


@pytest.fixture
def stage(db):
    """Give the stage with two parties, their people and three groups."""
    return scene.set_up()
