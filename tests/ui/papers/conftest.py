"""A real point's store for papers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.store.store import SqlStore
from tests.ui.desks import point_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """A point's store whose operators have names."""
    with point_store(tmp_path) as store:
        yield store
