"""The worker of mem.pattern: takes most of the free memory, region by region, and tests it.

It leaves a reserve, gives regions back when others need memory, and offers itself first to the
kernel's out-of-memory killer: the machine under test must never suffer from its test.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import suppress
from mmap import mmap
from pathlib import Path
from time import monotonic

import msgspec
import psutil
from msgspec import Struct

from diagnostics.measure.memory_patterns import CHUNK, Errors, Pattern, fill, patterns, verify
from diagnostics.measure.worker import Said
from station.checks import Measurement

REGION_MIB = 64
_MIB = 1024 * 1024
_SAY_EVERY_S = 0.25
_TAKING = 0.25  # of the time at most: the first touch of a page is its slowest


class Task(Struct, frozen=True):
    """How long, and how much."""

    seconds: float
    reserve_mib: int
    share_percent: int
    at_most_mib: int | None = None


def work(task: bytes) -> Iterator[Said]:
    """Write and read patterns until the time is over; the round that runs then is cut short."""
    wanted = msgspec.json.decode(task, type=Task)
    began = monotonic()
    _be_killed_first()
    memory = Memory(wanted)
    yield from _told(memory.grow(began + wanted.seconds * _TAKING), memory, began, wanted)
    if not memory.regions:
        yield Said(obstacle="memory_full")
        return
    yield from _told(memory.rounds(began + wanted.seconds), memory, began, wanted)
    yield Said(memory.figures, 1000, 0.0, ended=True)


def _told(steps: Iterator[None], memory: "Memory", began: float, wanted: Task) -> Iterator[Said]:
    """After each small step, if the last word is old enough: how far it is."""
    said_at = monotonic()
    for _ in steps:
        now = monotonic()
        if now - said_at >= _SAY_EVERY_S:
            said_at = now
            share = min(1.0, (now - began) / wanted.seconds)
            left_s = max(0.0, began + wanted.seconds - now)
            yield Said(memory.figures, round(1000 * share), left_s)


class Memory:
    """What is tested, what was done and what was found."""

    def __init__(self, wanted: Task) -> None:
        self._wanted = wanted
        self.regions: list[mmap] = []
        self.tested_mib = 0  # by every pattern that counts
        self.patterns_done = 0  # written over all of it and read back
        self.errors = Errors()
        self._locked = True

    @property
    def figures(self) -> tuple[Measurement, ...]:
        """All that is known by now."""
        errors = self.errors
        offset, bits = errors.first_offset, errors.flipped_bits
        return (
            Measurement("tested_mib", self.tested_mib),
            Measurement("patterns_done", self.patterns_done),
            Measurement("errors", errors.words),
            Measurement("locked", int(self._locked and bool(self.regions))),
            *(Measurement(f"errors_{name}", n) for name, n in errors.by_pattern.items()),
            *(() if offset is None else (Measurement("first_error_mib", offset // _MIB),)),
            *(() if not bits else (Measurement("flipped_bits", bits.bit_count()),)),
        )

    def grow(self, until: float) -> Iterator[None]:
        """Take regions until the share is reached, only the reserve is free, or it takes long."""
        wanted = self._wanted
        target = target_mib(_available_mib(), wanted.reserve_mib, wanted.share_percent)
        if wanted.at_most_mib is not None:
            target = min(target, wanted.at_most_mib)
        while len(self.regions) * REGION_MIB + REGION_MIB <= target and self._has_room():
            try:
                region = mmap(-1, REGION_MIB * _MIB)
            except (OSError, MemoryError):  # a limit of this account, or 32 bits
                return
            self._locked = _lock(region) and self._locked
            self.regions.append(region)
            with memoryview(region) as view:  # pages are taken when they are written
                fill(view, 0, Pattern("taken", lambda _number: _ZEROS))
            yield
            if monotonic() >= until:
                return

    def _has_room(self) -> bool:
        return _available_mib() >= self._wanted.reserve_mib + REGION_MIB

    def rounds(self, until: float) -> Iterator[None]:
        """All patterns again and again, each over all regions."""
        seed = 0
        while True:
            for pattern in patterns(seed):
                for written in (True, False):
                    for _ in self._over_all(pattern, written=written):
                        yield
                        if monotonic() >= until:
                            return
                        self._give_back()
                self._count()
            seed += 1

    def _count(self) -> None:
        """One more pattern. One over less than the first finds errors, but makes no more sure."""
        size_mib = len(self.regions) * REGION_MIB
        self.tested_mib = self.tested_mib or size_mib
        self.patterns_done += size_mib == self.tested_mib

    def _over_all(self, pattern: Pattern, *, written: bool) -> Iterator[None]:
        for place, region in enumerate(self.regions):
            first = place * (REGION_MIB * _MIB // CHUNK)
            with memoryview(region) as view:
                if written:
                    fill(view, first, pattern)
                else:
                    verify(view, first, pattern, self.errors)
            yield

    def _give_back(self) -> None:
        """One region, when others have taken half of the reserve; one is always tested."""
        if len(self.regions) > 1 and _available_mib() < self._wanted.reserve_mib // 2:
            self.regions.pop().close()


_ZEROS = bytearray(CHUNK)


def target_mib(free_mib: int, reserve_mib: int, share_percent: int) -> int:
    """How much may be tested of what is free: a share, and never the reserve."""
    return max(0, min(free_mib * share_percent // 100, free_mib - reserve_mib))


def _available_mib() -> int:
    return int(psutil.virtual_memory().available) // _MIB


def _lock(region: mmap) -> bool:
    """Keep it out of the swap, where this account may: else a disk is tested, not memory."""
    if sys.platform == "win32":
        return False
    place = (ctypes.c_char * len(region)).from_buffer(region)
    size = ctypes.c_size_t(len(region))
    locked = ctypes.CDLL(None).mlock(ctypes.byref(place), size) == 0
    del place  # an exported buffer cannot be closed
    return bool(locked)


def _be_killed_first() -> None:
    with suppress(OSError):  # no such file outside Linux
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
