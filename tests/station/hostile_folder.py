"""An act in a process that may write nothing: `python -m tests.station.hostile_folder URL`.

It opens the store as nobody, receives a device and says what came of it.
"""

import sys

from station.ports import StoreProblem
from station.reference import load
from station.store.store import open_store
from tests.station import child, life
from tests.station.conftest import KEY


def main(url: str) -> None:
    """Say the code of the problem, or the code of the device."""
    reference = load()
    child.become_nobody()
    try:
        with open_store(url, KEY, reference) as store:
            print(life.receive(store))  # noqa: T201 -- the answer
    except StoreProblem as problem:
        print(problem.code)  # noqa: T201 -- the answer


if __name__ == "__main__":
    main(*sys.argv[1:])
