"""What every test can ask for: a database of its worker, or a fresh one of its own."""

import asyncio
import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.utils import timezone, translation

from tests import databases

_HOME = "MAHIS_TEST_HOME"


def pytest_configure(config: pytest.Config) -> None:
    """Choose the private folder of this run; workers inherit it through the environment."""
    if not hasattr(config, "workerinput"):
        home = Path(tempfile.mkdtemp(prefix="mahis-test-"))
        # Where we are root, the server's account must be able to pass.
        home.chmod(0o711)
        os.environ[_HOME] = str(home)
        os.environ["MAHIS_DATA_DIR"] = str(home / "data")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no folder and no database behind."""
    if hasattr(config, "workerinput") or _HOME not in os.environ:
        return
    home = Path(os.environ.pop(_HOME))
    if os.environ.get("DATABASE_URL") and (home / "template.lock").exists():
        _databases(os.environ["DATABASE_URL"], home).drop_template()
    shutil.rmtree(home, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item):
    """Set a test up as if no browser's driver had its event loop in this thread.

    Nor does it find the language and the time zone of whoever an earlier test served in it.
    """
    translation.deactivate()
    timezone.deactivate()
    with _no_loop_of_a_browser(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item):
    """Run it likewise."""
    with _no_loop_of_a_browser(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None):
    """Tear it down likewise, except the last, with which the browser leaves."""
    with contextlib.nullcontext() if nextitem is None else _no_loop_of_a_browser(item):
        return (yield)


@contextlib.contextmanager
def _no_loop_of_a_browser(item: pytest.Item) -> Iterator[None]:
    """Hide the loop that a browser's driver leaves running, from tests with loops of their own.

    The driver sets it again by itself at each call, so only tests that use no browser may miss it.
    """
    loop = asyncio._get_running_loop()
    if loop is None or item.get_closest_marker("journey") is not None:
        yield
        return
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)


@pytest.fixture(scope="session")
def test_databases(django_test_environment) -> Iterator[databases.Databases]:
    """The maker of databases for this run; starts the server when first asked for."""
    home = Path(os.environ[_HOME])
    with databases.server(home / "data") as admin_url:
        yield _databases(admin_url, home)


@pytest.fixture(scope="session")
def django_db_setup(test_databases, django_db_blocker) -> Iterator[None]:
    """Give this worker its database; tests with `django_db` roll back what they did to it."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        name = stack.enter_context(test_databases.copy())
        stack.enter_context(databases.pointed_at(test_databases.url(name)))
        django_db_blocker.block()
        yield
        django_db_blocker.unblock()


@pytest.fixture
def committed_db(test_databases, django_db_setup, django_db_blocker) -> Iterator[str]:
    """Give this test alone a fresh database, in which transactions really commit; gives its URL.

    For tests with several connections or processes. The history accepts no TRUNCATE, so such a
    test cannot tidy up after itself as Django's transactional tests do: its database is dropped.
    Not together with the mark `django_db`.
    """
    with django_db_blocker.unblock(), test_databases.copy() as name:
        url = test_databases.url(name)
        with databases.pointed_at(url):
            yield url


@pytest.fixture(scope="session")
def new_database(test_databases, django_db_blocker) -> Iterator[Callable[[], str]]:
    """Make further databases for servers in processes of their own; each call gives a URL."""
    with ExitStack() as stack:

        def make() -> str:
            with django_db_blocker.unblock():
                name: str = stack.enter_context(test_databases.copy())
                return str(test_databases.url(name))

        yield make


def _databases(admin_url: str, home: Path) -> databases.Databases:
    run = home.name.removeprefix("mahis-test-").lower().replace("-", "_")
    return databases.Databases(admin_url=admin_url, run=run, lock=home / "template.lock")
