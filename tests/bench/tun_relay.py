"""A slow line made of real packets: two network namespaces, a TUN device in each, a relay between.

Run as a program of its own, it makes both ends, says by which files others enter them, and carries
IP packets at the line's speed, late, and now and then not at all, until its input ends. For each
line of input it says what was carried so far.
"""

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import sys
import time
from pathlib import Path

import msgspec
from msgspec import Struct

CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
POINT, SERVICE = "10.99.0.1", "10.99.0.2"
LARGEST_PACKET = 65_536
QUEUE_BYTES = 64 * 1024  # what a cheap modem holds before it drops


class NoNamespaces(Exception):
    """This system lets nobody make a network of one's own."""


class Line(Struct, frozen=True):
    """How a line is, in each direction."""

    bits_per_s: int = 1_000_000
    delay_s: float = 0.1  # one way
    loss: float = 0.02
    seed: int = 0


class Way:
    """One direction: packets leave one after another at the line's speed, and arrive later."""

    def __init__(self, line: Line, chance: random.Random) -> None:
        self._line, self._chance = line, chance
        self._free_at = 0.0
        self._arriving: list[tuple[float, int, bytes]] = []
        self.packets = self.bytes = self.lost = 0

    def take(self, packet: bytes, now: float) -> None:
        """A packet is handed to the line."""
        self.packets += 1
        self.bytes += len(packet)
        waiting_s = max(self._free_at - now, 0.0)
        full = waiting_s * self._line.bits_per_s / 8 > QUEUE_BYTES
        if full or self._chance.random() < self._line.loss:
            self.lost += 1
            return
        self._free_at = now + waiting_s + len(packet) * 8 / self._line.bits_per_s
        heapq.heappush(self._arriving, (self._free_at + self._line.delay_s, self.packets, packet))

    def arrived(self, now: float) -> list[bytes]:
        """The packets that are there by now."""
        there = []
        while self._arriving and self._arriving[0][0] <= now:
            there.append(heapq.heappop(self._arriving)[2])
        return there

    def next_s(self, now: float) -> float:
        """Until the next one arrives."""
        return max(self._arriving[0][0] - now, 0.0) if self._arriving else 1.0


def carry(ends: tuple[int, int], ways: tuple[Way, Way], asked: int) -> None:
    """Pass packets between two devices, both ways, until the file `asked` ends."""
    while True:
        now = time.monotonic()
        patience = min(way.next_s(now) for way in ways)
        readable, _, _ = select.select([*ends, asked], [], [], patience)
        if asked in readable:
            if not os.read(asked, LARGEST_PACKET):
                return
            _say(_carried(*ways))
        now = time.monotonic()
        for end, way in zip(ends, ways, strict=True):
            if end in readable:
                way.take(os.read(end, LARGEST_PACKET), now)
        for other, way in zip(reversed(ends), ways, strict=True):
            for packet in way.arrived(now):
                os.write(other, packet)


class Carried(Struct, frozen=True):
    """What the line was handed, in IP packets; `up` is from the point to the service."""

    up: int  # bytes, those of packets that were lost included
    down: int
    packets: int
    lost: int


def _carried(up: Way, down: Way) -> Carried:
    return Carried(up.bytes, down.bytes, up.packets + down.packets, up.lost + down.lost)


class Ends(Struct, frozen=True):
    """The files by which others enter the two networks; or why there are none."""

    point: str = ""
    service: str = ""
    missing: str = ""


def _say(said: Struct) -> None:
    print(msgspec.json.encode(said).decode(), flush=True)  # noqa: T201 -- who started it reads it


def _unshare(flags: int) -> None:
    if ctypes.CDLL(None, use_errno=True).unshare(flags):
        raise NoNamespaces(os.strerror(ctypes.get_errno()))


def _own_user() -> None:
    """Be root of a world of one's own, so that nothing outside of it is touched."""
    user, group = os.getuid(), os.getgid()
    _unshare(CLONE_NEWUSER | CLONE_NEWNET)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1" if user == 0 else f"0 {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1" if user == 0 else f"0 {group} 1")


def _end(name: str, ours: str, theirs: str) -> tuple[int, int]:
    """A TUN device in the present namespace: its file, and the file by which others enter."""
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    for command in (
        f"link set {name} up",
        f"address add {ours} peer {theirs} dev {name}",
        "link set lo up",
    ):
        subprocess.run(["ip", *command.split()], check=True)
    return device, os.open("/proc/self/ns/net", os.O_RDONLY)


def main(line: Line) -> None:
    """Make both ends, tell them, and carry until the input ends."""
    try:
        _own_user() if os.getuid() else _unshare(CLONE_NEWNET)
        point, point_space = _end("point", POINT, SERVICE)
        _unshare(CLONE_NEWNET)
        service, service_space = _end("service", SERVICE, POINT)
    except (OSError, NoNamespaces, subprocess.CalledProcessError) as error:
        _say(Ends(missing=str(error)))
        return
    folder = f"/proc/{os.getpid()}/fd"
    _say(Ends(f"{folder}/{point_space}", f"{folder}/{service_space}"))
    chance = random.Random(line.seed)  # noqa: S311 -- the same losses in each run
    carry((point, service), (Way(line, chance), Way(line, chance)), sys.stdin.fileno())


if __name__ == "__main__":
    main(Line(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
