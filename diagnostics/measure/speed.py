"""sto.speed: how fast a disk reads one block after the other, at its start, middle and end."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

import msgspec
from msgspec import Struct

from diagnostics.measure.disk_reader import BLOCK, DiskReader, device_path
from diagnostics.measure.follow import follow
from diagnostics.measure.run import NotPossible, Run
from diagnostics.measure.worker import Said
from station.checks import Measurement

_ZONES = (("read_mb_s", 0.0, 0.6), ("read_middle_mb_s", 0.5, 0.2), ("read_end_mb_s", 1.0, 0.2))
"""Each figure with where it is read (0 first, 1 last byte) and its share of the time.

A rotating disk is fastest at its start, which is what thresholds speak of.
"""


class Task(Struct, frozen=True):
    """Which disk, and for how long."""

    path: str
    seconds: float
    size_bytes: int | None = None


def measure_speed(run: Run) -> None:
    """Read the subject disk for the time that the profile gives."""
    follow(run, "speed", disk_task(run))


def disk_task(run: Run) -> Task:
    """The disk that a run is about."""
    disk = next((disk for disk in run.machine.storage if disk.name == run.subject), None)
    try:
        path = device_path(run.subject, run.surroundings.root / "dev")
    except ValueError as error:
        raise NotPossible("missing") from error
    return Task(path, run.budget.seconds, disk.capacity_bytes if disk else None)


@dataclass
class _Zone:
    name: str
    bytes_read: int = 0
    passed_s: float = 0.0

    @property
    def figure(self) -> Measurement:
        """Megabytes of 10^6 bytes a second."""
        return Measurement(self.name, round(self.bytes_read / 1e6 / max(self.passed_s, 1e-6)))


def work(task: bytes) -> Iterator[Said]:
    """Read the zones in turn; a read error ends its zone, and is counted."""
    wanted = msgspec.json.decode(task, type=Task)
    zones: list[_Zone] = []
    errors, spent_s = 0, 0.0
    with DiskReader(wanted.path, wanted.size_bytes) as disk:
        if disk.size_bytes < BLOCK:
            yield Said(obstacle="disk_empty")
            return
        for name, place, share in _ZONES:
            zone = _Zone(name)
            zones.append(zone)
            try:
                _read_zone(disk, zone, place, wanted.seconds * share)
            except OSError:
                errors += 1
            spent_s += wanted.seconds * share
            known = [zone.figure for zone in zones if zone.bytes_read]
            total = sum(zone.bytes_read for zone in zones) // BLOCK
            yield Said(
                (
                    *known,
                    Measurement("read_mib", total),
                    Measurement("read_errors", errors),
                    Measurement("past_cache", int(disk.is_direct)),
                ),
                round(1000 * spent_s / wanted.seconds),
                max(0.0, wanted.seconds - spent_s),
                ended=zone.name == _ZONES[-1][0],
            )


def _read_zone(disk: DiskReader, zone: _Zone, place: float, seconds: float) -> None:
    """Forward from the zone's beginning for this long; at the disk's end, from there again."""
    begin = int(place * (disk.size_bytes - _room(disk, seconds))) // BLOCK * BLOCK
    offset, began = begin, monotonic()
    while zone.passed_s < seconds:
        got = disk.read(offset)
        zone.bytes_read += got
        zone.passed_s = monotonic() - began
        offset = offset + BLOCK if got == BLOCK and offset + 2 * BLOCK <= disk.size_bytes else begin


def _room(disk: DiskReader, seconds: float) -> int:
    """What a zone may need before the disk ends: at most a third of it."""
    return min(disk.size_bytes // 3, max(BLOCK, int(seconds * 500e6)))
