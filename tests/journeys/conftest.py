"""What journeys can ask for: the running service, a browser, and people who sit at it."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys import carriers, stack
from tests.journeys.visitor import Visitor
from tools import browser as browsers

_PICTURES = Path(__file__).resolve().parents[2] / "test-results"
_FAILED = pytest.StashKey[bool]()
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Mark everything below this folder as a journey, with time for a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember that a journey failed, for the picture of it."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def service(new_database, tmp_path_factory) -> Iterator[stack.Service]:
    """The whole service, once for each worker, with a register but no mandate yet."""
    home = tmp_path_factory.mktemp("service")
    with stack.running(database_url=new_database(), home=home, mandates=False) as running:
        yield running


@pytest.fixture(scope="session")
def lived_in_service(new_database, tmp_path_factory) -> Iterator[stack.Service]:
    """One more service, with mandates in every state."""
    home = tmp_path_factory.mktemp("lived-in-service")
    with stack.running(database_url=new_database(), home=home, mandates=True) as running:
        yield running


@pytest.fixture(scope="module")
def carried(new_database, tmp_path_factory) -> Iterator[carriers.Carried]:
    """A service whose notices arrive: with a practice e-Box and a printer."""
    home = tmp_path_factory.mktemp("carried-service")
    printer = home / "printer"
    printer.mkdir()
    with (
        stack.running(
            database_url=new_database(),
            home=home,
            mandates=False,
            told={"MAHIS_POST_TARGET": str(printer)},
        ) as running,
        carriers.carrying(running, home=home, printer=printer) as all_of_it,
    ):
        yield all_of_it


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for each worker; the journeys are skipped where there is none."""
    path = browsers.find()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium, and this is CI: .ci/run must install one")
        # Where no browser can be had, everything below the screens is still worth testing.
        pytest.skip("no Chromium on this machine: install it, or name one in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def seats(chromium, request) -> Iterator[list[Visitor]]:
    """Everybody who sits at a browser in a test; all of them leave at its end.

    What they saw last is kept as a picture in test-results/ where the test failed.
    """
    visitors: list[Visitor] = []
    yield visitors
    if request.node.stash.get(_FAILED, False):
        for number, visitor in enumerate(visitors):
            name = re.sub(r"\W+", "-", request.node.name)
            visitor.photograph(_PICTURES / f"{name}-{number}.png")
    for visitor in visitors:
        visitor.leave()


@pytest.fixture
def visit(service, chromium, seats) -> Callable[..., Visitor]:
    """Seat somebody at a browser of their own: `visit("Fontamont", language="fr")`."""
    return lambda name=None, **how: _seat(service, chromium, seats, name, how)


@pytest.fixture
def visit_lived_in(lived_in_service, chromium, seats) -> Callable[..., Visitor]:
    """The same, where there are mandates in every state."""
    return lambda name=None, **how: _seat(lived_in_service, chromium, seats, name, how)


@pytest.fixture
def visit_carried(carried, chromium, seats) -> Callable[..., Visitor]:
    """The same, where notices arrive."""
    return lambda name=None, **how: _seat(carried.service, chromium, seats, name, how)


def _seat(
    service: stack.Service,
    chromium: Browser,
    seats: list[Visitor],
    name: str | None,
    how: dict[str, Any],
) -> Visitor:
    capacity = how.pop("acting", None)
    visitor = Visitor(service, chromium, **how)
    seats.append(visitor)
    visitor.arrive()
    if name is not None:
        visitor.log_in(name)
    if capacity is not None:
        visitor.act_for(*capacity)
    return visitor
