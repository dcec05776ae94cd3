"""sto.surface: whether blocks can be read, and how long each takes; a sample, or every block.

A sample begins with the first and last 16 blocks, where partition tables are (the second table of a
GPT in the very last sectors), and then takes the places that halve the largest gap, so that it is
spread evenly whenever it is stopped.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from time import monotonic

import msgspec

from diagnostics.measure.budget import Budget
from diagnostics.measure.disk_reader import BLOCK, DiskReader
from diagnostics.measure.follow import follow
from diagnostics.measure.run import Run
from diagnostics.measure.speed import Task, disk_task
from diagnostics.measure.worker import Said
from station.checks import Measurement
from station.machine import Machine

EDGE = 16  # blocks
SLOW_MS = 500
MOST_ERRORS = 200  # each can take half a minute; more would not change what is said of the disk
_BOUNDS_MS = (10, 50, 150, SLOW_MS)
_SAY_EVERY_S = 0.25
_SLOW_DISK_BYTES_S = 100_000_000  # for estimates only


class SurfaceTask(Task, frozen=True):
    """A disk, a time, and whether every block is to be read."""

    whole: bool = False


def measure_surface(run: Run) -> None:
    """Read the subject disk's surface as the profile asks."""
    disk = disk_task(run)
    task = SurfaceTask(disk.path, disk.seconds, disk.size_bytes, run.budget.whole)
    follow(run, "surface", task)


def estimate_surface(machine: Machine, subject: str, budget: Budget) -> int:
    """The time given; for a whole surface, its bytes at a slow disk's speed."""
    sizes = [disk.capacity_bytes for disk in machine.storage if disk.name == subject]
    if not budget.whole or not sizes or sizes[0] is None:
        return budget.seconds
    return min(budget.limit_s, max(1, sizes[0] // _SLOW_DISK_BYTES_S))


@dataclass
class Latencies:
    """How long the blocks took."""

    blocks: int = 0
    errors: int = 0
    first_error_mib: int | None = None
    slowest_ms: int = 0
    buckets: list[int] = field(default_factory=lambda: [0] * (len(_BOUNDS_MS) + 1))

    def took(self, millis: float) -> None:
        """One more block was read, or refused, in this time."""
        self.blocks += 1
        self.slowest_ms = max(self.slowest_ms, round(millis))
        self.buckets[sum(millis >= bound for bound in _BOUNDS_MS)] += 1

    def failed(self, block: int) -> None:
        """The disk could not read it."""
        self.errors += 1
        self.first_error_mib = block if self.first_error_mib is None else self.first_error_mib

    def figures(self, of_blocks: int) -> tuple[Measurement, ...]:
        """What was seen, of a disk of so many blocks."""
        names = [f"under_{bound}_ms" for bound in _BOUNDS_MS]
        first = self.first_error_mib
        return (
            Measurement("blocks_tried", self.blocks),
            Measurement("blocks_of_disk", of_blocks),
            Measurement("read_errors", self.errors),
            Measurement("slow_blocks", self.buckets[-1]),
            Measurement("slowest_ms", self.slowest_ms),
            *(Measurement(name, n) for name, n in zip(names, self.buckets, strict=False)),
            *(() if first is None else (Measurement("first_error_mib", first),)),
        )


def work(task: bytes) -> Iterator[Said]:
    """Read block after block, and say how it goes four times a second."""
    wanted = msgspec.json.decode(task, type=SurfaceTask)
    with DiskReader(wanted.path, wanted.size_bytes) as disk:
        if not disk.blocks:
            yield Said(obstacle="disk_empty")
            return
        yield from _read_all(disk, disk.blocks, wanted)


def _read_all(disk: DiskReader, blocks: int, wanted: SurfaceTask) -> Iterator[Said]:
    seen, began, said_at = Latencies(), monotonic(), 0.0
    for block in range(blocks) if wanted.whole else sample(blocks):
        _read_block(disk, block, seen)
        passed_s = monotonic() - began
        over = not wanted.whole and passed_s >= wanted.seconds
        if over or seen.errors >= MOST_ERRORS:
            break
        if passed_s - said_at >= _SAY_EVERY_S:
            said_at = passed_s
            share = seen.blocks / blocks if wanted.whole else passed_s / wanted.seconds
            left_s = passed_s / share - passed_s
            yield Said(seen.figures(blocks), round(1000 * share), left_s)
    yield Said(seen.figures(blocks), 1000, 0.0, ended=True)


def _read_block(disk: DiskReader, block: int, seen: Latencies) -> None:
    began, offset = monotonic(), block * BLOCK
    try:
        whole = disk.read(offset) >= disk.length_at(offset)
    except OSError:
        whole = False
    if not whole:  # a short read stops before what cannot be read
        seen.failed(block)
    seen.took((monotonic() - began) * 1000)


def sample(blocks: int) -> Iterator[int]:
    """Every block once: the edges first, then each time the middle of a largest gap."""
    edge = min(EDGE, blocks)
    edges = dict.fromkeys(chain(range(edge), range(blocks - edge, blocks)))
    yield from edges
    bits = max(1, (blocks - 1).bit_length())
    for step in count():
        if step >= 1 << bits:
            return
        block = _reversed(step, bits)
        if block < blocks and block not in edges:
            yield block


def _reversed(number: int, bits: int) -> int:
    """The number whose binary digits stand the other way round."""
    return int(f"{number:0{bits}b}"[::-1], 2)
