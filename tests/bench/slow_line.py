"""A point that is 5,000 events behind catches up over a slow line that loses packets.

Real client, real service on PostgreSQL, real packets: each end is a process in a network of its
own, and `tun_relay` carries between them. Where the system makes no such networks, that is said.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from station import handover
from station.reference import load
from station.store.engine import sqlite_url
from station.store.keys import StatedKey
from station.store.store import create_store
from sync.central.access.secrets import make_key_file
from tests.bench.tun_relay import SERVICE, Carried, Ends, Line
from tests.figures import Figure
from tests.postgres_server import running_server
from tests.station import life
from tests.station.conftest import GIVER, LEAD, NOON, STATION

EVENTS = 5_000
LIMIT_S, LIMIT_BYTES = 30.0, 110.0
DELAY_MS = 200  # each way: the harder reading of "a line of 200 ms"
KEY = StatedKey("bench")


class Relay:
    """The running relay: what it carried, and how others get to its ends."""

    def __init__(self, line: Line) -> None:
        speed = (str(line.bits_per_s), str(line.delay_s), str(line.loss))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.tun_relay", *speed],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.ends = msgspec.json.decode(self._answer(), type=Ends)

    def carried(self) -> Carried:
        """Everything so far."""
        assert self._process.stdin
        self._process.stdin.write(b"?\n")
        self._process.stdin.flush()
        return msgspec.json.decode(self._answer(), type=Carried)

    def close(self) -> None:
        """Hang up; both networks vanish with their last process."""
        self._process.communicate()

    def _answer(self) -> bytes:
        assert self._process.stdout
        return self._process.stdout.readline()


def figures(folder: Path, command: str) -> Iterator[Figure]:
    """How long it takes, and what an event costs on the wire."""
    relay = Relay(Line(delay_s=DELAY_MS / 1000))
    try:
        if relay.ends.missing:
            print(f"slow line: not measured, {relay.ends.missing}")  # noqa: T201
            return
        store = folder / "behind.db"
        behind = fall_behind(store)
        with running_server() as server, server.fresh_database() as database:
            key_file = folder / "central-key"
            make_key_file(key_file)
            service = ("--database", database, "--key-file", str(key_file))
            yield from _measured(relay, store, behind, service, command)
    finally:
        relay.close()


def _measured(
    relay: Relay, store: Path, behind: int, service: tuple[str, ...], command: str
) -> Iterator[Figure]:
    _run("sync.central", "migrate", *service[:2])
    said = _run("sync.central", "code", "--station", str(STATION), *service)
    code = "".join(said.split()[:4])  # in groups of four digits
    with _service(relay.ends.service, service) as address:
        client = ("tests.bench.catching_up", str(store), address)
        _run(*client, "enrol", code, within=relay.ends.point)
        before = relay.carried()
        events_s = float(_run(*client, "push", within=relay.ends.point))
        after = relay.carried()
        rest_s = float(_run(*client, "round", within=relay.ends.point))
        rest = relay.carried()
    up, down = after.up - before.up, after.down - before.down
    lost = (after.lost - before.lost) / (after.packets - before.packets)
    named = f"{behind} events over 1 Mbit/s, {DELAY_MS} ms each way, {lost:.1%} of packets lost"
    yield Figure(f"{named}: answered", events_s, "s", None, command)
    yield Figure(f"{named}: caught up, people rows too", events_s + rest_s, "s", LIMIT_S, command)
    wire = "bytes an event on the wire, both ways, IP headers and repeats included"
    yield Figure(wire, (up + down) / behind, "B", LIMIT_BYTES, command)
    yield Figure("of which to the service", up / behind, "B", None, command)
    beside = rest.up + rest.down - after.up - after.down
    yield Figure("people rows beside them", beside / 1000, "kB", None, command)


def fall_behind(file: Path, events: int = EVENTS) -> int:
    """A store whose events are what people do, one after another; how many wait."""
    with create_store(sqlite_url(file), KEY, load(), station=STATION, by=LEAD, when=NOON) as store:
        number = 0
        while (waiting := store.sync_state().waiting) < events:
            number += 1
            device = life.ready_laptop(store, serial=f"8XK{number:05d}")
            if number % 2:
                case = life.enter_case(store, f"Trần Văn An {number}")
                handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
                handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    return waiting


@contextmanager
def _service(network: str, service: tuple[str, ...]) -> Iterator[str]:
    program = ("sync.central", *service, "--host", SERVICE, "--port", "0")
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            _program(program, network), stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
            process.communicate()


def _run(*arguments: str, within: str = "") -> str:
    done = subprocess.run(
        _program(arguments, within), check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _program(arguments: tuple[str, ...], network: str) -> list[str]:
    enter = ["nsenter", f"--net={network}"] if network else []
    return [*enter, sys.executable, "-m", *arguments]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        for figure in figures(Path(place), "python -m tests.bench.slow_line"):
            print(f"{figure.name}: {figure.value:.2f} {figure.unit}")  # noqa: T201
