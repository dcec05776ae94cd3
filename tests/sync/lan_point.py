"""A station's receiver on this machine with a real shelf, and the hands that speak to it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from diagnostics.finding import Finding
from diagnostics.report import Report, encode
from diagnostics.shelf import Shelf
from station.checks import Outcome
from station.machine import Machine, System
from sync.lan_desk import Landed, PairingDesk
from sync.lan_discovery import Station
from sync.lan_limits import Limits
from sync.lan_receiver import LanReceiver
from tests.station.conftest import NOON, STATION
from ui.reports.shelf_keeper import ShelfKeeper

HERE = "127.0.0.1"
GENEROUS = Limits(
    connections=200,
    connections_of_one=200,
    bodies_of_one=4,
    head_s=1.0,
    body_s=2.0,
    asks=100_000,
    reports=100_000,
    reports_of_all=100_000,
    wrong_proofs=100_000,
)
"""Every test comes from one address."""


def report(serial: str = "ACME-1", millis: int = 1) -> bytes:
    """The bytes of a small report."""
    machine = Machine(system=System(manufacturer="ACME", model="Nimbus 14", serial_number=serial))
    findings = (Finding(check="mem.size", outcome=Outcome.PASS),)
    return encode(Report(machine=machine, findings=findings, policy="judging-1", millis=millis))


@dataclass
class Point:
    """A listening receiver and what it told."""

    desk: PairingDesk
    receiver: LanReceiver
    shelf: Shelf
    port: int
    landed: list[Landed] = field(default_factory=list)

    @property
    def station(self) -> Station:
        return Station(HERE, self.port)

    def raw(self, sent: bytes, *, patience: float = 5.0) -> bytes:
        """Everything the receiver says to these bytes."""
        with socket.create_connection((HERE, self.port), patience) as line:
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
            return read_all(line)

    def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
        """The answer to one request, well-formed but for what a test changes."""
        said = {"Host": f"{HERE}:{self.port}", "Content-Type": "application/json"}
        said |= {"Content-Length": str(len(body))} | headers
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in said.items())
        return self.raw(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)


@contextmanager
def listening_point(folder: Path, limits: Limits = GENEROUS) -> Iterator[Point]:
    shelf, landed = Shelf(folder / "reports"), list[Landed]()
    desk = PairingDesk(ShelfKeeper(shelf, lambda: NOON.at), landed.append, limits=limits)
    receiver = LanReceiver(desk, point=STATION, host=HERE, port=0, limits=limits)
    state = receiver.start()
    try:
        yield Point(desk, receiver, shelf, state.port, landed)
    finally:
        receiver.stop()


def read_all(line: socket.socket) -> bytes:
    said = bytearray()
    try:
        while piece := line.recv(65_536):
            said += piece
    except ConnectionResetError:
        pass
    return bytes(said)


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def body_of(answer: bytes) -> dict[str, object]:
    body: dict[str, object] = msgspec.json.decode(answer.partition(b"\r\n\r\n")[2])
    return body
