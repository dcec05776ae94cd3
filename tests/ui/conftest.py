from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from station.store.store import SqlStore
from tests.ui.desks import point_store
from ui import theme
from ui.garbage import GarbageCollector


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    theme.apply(qapp)
    GarbageCollector(qapp)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """A point's store in a file, whose operators have names."""
    with point_store(tmp_path) as store:
        yield store
