"""What tests of every package share: a display, a PostgreSQL, a CUPS, the language, figures."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from scripts.virtual_display import virtual_display
from station import words
from tests.figures import Figure, write_figures
from tests.labels.transport.cups_server import CupsServer, missing_programs, running_cups
from tests.postgres_server import PostgresServer, running_server

# no deadline: a loaded machine is no failure. `make proof` asks each test ten times as much
settings.register_profile("two-cores", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=400)
settings.load_profile("two-cores")

FIGURES = pytest.StashKey[list[Figure]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--figures", type=Path, help="write the measured figures to this JSON file")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []


def pytest_sessionfinish(session: pytest.Session) -> None:
    figures = session.config.stash[FIGURES]
    if path := session.config.getoption("figures"):
        write_figures(path, figures)


@pytest.fixture
def record_figure(
    request: pytest.FixtureRequest,
) -> Callable[[str, float, str, float | None], None]:
    """Keep a measured figure for `--figures`: name, value, unit, limit."""

    def record(name: str, value: float, unit: str, limit: float | None) -> None:
        command = f".venv/bin/pytest -m proof {request.node.nodeid}"
        request.config.stash[FIGURES].append(Figure(name, value, unit, limit, command))

    return record


@pytest.fixture(scope="session")
def display() -> Iterator[None]:
    """Give this test process a display of its own, so that windows never fight for the focus."""
    if sys.platform != "linux":
        yield  # Windows and macOS always have one
        return
    with virtual_display() as name, pytest.MonkeyPatch.context() as environment:
        environment.setenv("DISPLAY", name)
        environment.setenv("QT_QPA_PLATFORM", "xcb")
        yield


@pytest.fixture(scope="session")
def qapp_args(display: None) -> list[str]:
    """Let pytest-qt make its application only once there is a display."""
    return ["station"]


@pytest.fixture(autouse=True)
def english() -> None:
    """Let every test begin with the English words of the code, whatever the last one spoke."""
    words.use("en")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start one server for this test process, when the first test asks for it."""
    with running_server() as server:
        yield server


@pytest.fixture
def postgres_database(postgres: PostgresServer) -> Iterator[str]:
    """Give the test an empty PostgreSQL database: its SQLAlchemy address."""
    with postgres.fresh_database() as url:
        yield url


@pytest.fixture(scope="session")
def private_cups() -> Iterator[CupsServer]:
    """Start a CUPS for this test process; from now on `CUPS_SERVER` names it.

    The setting stays for the process: CUPS' library reads it once and remembers it.
    """
    if why := missing_programs():
        pytest.skip(why)
    with running_cups() as server, pytest.MonkeyPatch.context() as environment:
        environment.setenv("CUPS_SERVER", server.address)
        yield server
