"""A PC that receives so many devices, and how several of them share one store.

`python -m tests.station.many_writers URL COUNT` opens the store, says so, and begins when told.
"""

import subprocess
import sys

from station.reference import load
from station.store.store import open_store
from tests.station import child, life
from tests.station.conftest import KEY


def receive_at_once(url: str, writers: int, each: int) -> list[str]:
    """Let several processes receive devices at the same time; the codes they got."""
    started = [child.start("tests.station.many_writers", url, each) for _ in range(writers)]
    try:
        for writer in started:
            assert _line(writer) == "open"
        for writer in started:
            _begin(writer)
        return [code for writer in started for code in writer.communicate()[0].split()]
    finally:
        for writer in started:
            writer.kill()
            writer.wait()


def _line(writer: subprocess.Popen[str]) -> str:
    assert writer.stdout is not None
    return writer.stdout.readline().strip()


def _begin(writer: subprocess.Popen[str]) -> None:
    assert writer.stdin is not None
    writer.stdin.write("begin\n")
    writer.stdin.flush()


def main(url: str, count: str) -> None:
    """Be one of the writers."""
    with open_store(url, KEY, load()) as store:
        print("open", flush=True)  # noqa: T201 -- what the parent waits for
        sys.stdin.readline()
        codes = [life.receive(store) for _ in range(int(count))]
    print(*codes)  # noqa: T201 -- what the parent counts


if __name__ == "__main__":
    main(*sys.argv[1:])
