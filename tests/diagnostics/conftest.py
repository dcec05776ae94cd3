"""What tests of diagnostics share."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import strategies as st

# What a report can hold; a foreign one with longer numbers is refused where it comes in.
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may look into; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="station-open-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
