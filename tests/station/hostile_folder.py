"""An act in a process that may write nothing: `python -m tests.station.hostile_folder URL`.

It opens the store as nobody, receives a device and says what came of it.
"""

import sys
import tempfile
from pathlib import Path

from station.ports import StoreProblem
from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import open_store
from tests.station import child, life
from tests.station.conftest import KEY, new_store


def main(url: str) -> None:
    """Say the code of the problem, or the code of the device."""
    reference = load()
    _import_everything()
    child.become_nobody()
    try:
        with open_store(url, KEY, reference) as store:
            print(life.receive(store))  # noqa: T201 -- the answer
    except StoreProblem as problem:
        print(problem.code)  # noqa: T201 -- the answer


def _import_everything() -> None:
    """Work at a store once as root: imports are lazy, and nobody cannot read below /root."""
    folder = tempfile.TemporaryDirectory()
    with folder as name, new_store(sqlite_url(Path(name) / "other.db")) as store:
        life.receive(store)


if __name__ == "__main__":
    main(*sys.argv[1:])
