"""A PC that becomes the main one in a process that may be killed: `… FOLDER`, whose store is there.

Says `begun` before it starts and `done` at its end.
"""

import sys
from pathlib import Path

import keyring
from keyring.backends.fail import Keyring as NoKeyring

from station.store.engine import sqlite_url
from station.store.shared.point import SharedPoint
from tests.station.conftest import KEY


def main(folder: Path) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]  # keyring has no types there
    point = SharedPoint(folder, lambda _new: "con gà trống 26")
    print("begun", flush=True)  # noqa: T201 -- the test reads it
    point.begin(sqlite_url(folder / "station.db"), KEY, lambda _done, _total: None)
    print("done", flush=True)  # noqa: T201 -- the same


if __name__ == "__main__":
    main(Path(sys.argv[1]))
