"""The journal of a diagnosis: what begins is on the disk before it begins.

A laptop that dies at minute 40 cannot say so. But its journal, on the stick or the station's
share, says which tests had begun and not ended, and how hot it was a few seconds before. One run
writes one file, line by line, each line durable before the program goes on. When the report is
written the file goes, since the report says all that it said.

The next start on the same machine with the same folder finds what was left (`crashed_before`): a
test that began and never ended becomes a trial that ended as `machine_crashed`, stands in the new
report, and is not run again in that run. So a machine that dies of a test comes to its report at
the second start, and a third one, after a repair, repeats everything.

While its program lives a journal is locked; a locked one belongs to a diagnosis that is running.
"""

import errno
import logging
import os
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import BinaryIO

import msgspec
from msgspec import Struct

from diagnostics.durable_lines import DurableLines
from diagnostics.trial import SAME_BOOT, Ending, Trial
from station.checks import Measurement
from station.files import keep_name
from station.machine import Machine, Temperature

ALIVE_EVERY_S = 5.0
_LARGEST = 64 * 1024 * 1024
_log = logging.getLogger(__name__)


class Opened(Struct, frozen=True, tag="opened"):
    """The run begins, on a machine with these witnesses (hashes of its serials)."""

    profile: str
    witnesses: tuple[str, ...]
    boot: str  # of the system's start, as hash; "" where it has no such name


class Began(Struct, frozen=True, tag="began"):
    """A test begins."""

    check: str
    subject: str
    at_ms: int  # since the run began, as all of them


class Alive(Struct, frozen=True, tag="alive"):
    """The machine still runs, and so warm are its thermometers."""

    at_ms: int
    temperatures: tuple[Temperature, ...] = ()


class Ended(Struct, frozen=True, tag="ended"):
    """A test is over."""

    trial: Trial
    at_ms: int


Line = Opened | Began | Alive | Ended


@dataclass(frozen=True)
class Crash:
    """What one earlier start left: its file, and the tests that never ended."""

    file: Path
    opened: Opened
    trials: tuple[Trial, ...]


class Journal:
    """The file of one run. After a failure to write (the stick is gone) it says nothing more.

    Whoever writes what begins and ends waits until it is on the disk, but not long for a disk that
    hangs. The methods may be called from any thread.
    """

    def __init__(self, folder: Path, profile: str, machine: Machine) -> None:
        """Begin a file; OSError when the folder cannot be written."""
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / f"journal-{secrets.token_hex(8)}.jsonl"
        opened = self.file.open("xb", buffering=0)
        _lock(opened.fileno())
        self._lines = DurableLines(opened)
        self._began = monotonic()
        self._alive_at = -ALIVE_EVERY_S  # the first word comes at once
        if self._write(Opened(profile, witnesses(machine), this_boot())):
            keep_name(folder)

    def began(self, check: str, subject: str) -> None:
        """On the disk before the test begins."""
        self._write(Began(check, subject, self._now_ms()))

    def ended(self, trial: Trial) -> None:
        """On the disk before anything else begins."""
        self._write(Ended(trial, self._now_ms()))

    def alive(self, temperatures: tuple[Temperature, ...]) -> None:
        """Write the temperatures down, if the last time is some seconds ago; nobody waits."""
        if monotonic() - self._alive_at >= ALIVE_EVERY_S:
            self._alive_at = monotonic()
            self._lines.put(_bytes_of(Alive(self._now_ms(), temperatures)))

    def answers(self) -> bool:
        """Whether the folder's disk took all lines within the time that one waits for a line."""
        return self._lines.put_and_wait()

    def close(self, *, done: bool) -> None:
        """Give the file up; with the report written nobody needs it any more."""
        if self._lines.close() and done:
            self.file.unlink(missing_ok=True)

    def _now_ms(self) -> int:
        return round((monotonic() - self._began) * 1000)

    def _write(self, line: Line) -> bool:
        return self._lines.put_and_wait(_bytes_of(line))


def _bytes_of(line: Line) -> bytes:
    return msgspec.json.encode(line) + b"\n"


def crashed_before(folder: Path, machine: Machine | None = None) -> tuple[Crash, ...]:
    """What earlier starts left unfinished here, of this machine where one is given."""
    here = None if machine is None else set(witnesses(machine))
    found = [_read(file) for file in sorted(folder.glob("journal-*.jsonl"))]
    return tuple(
        crash
        for crash in found
        if crash is not None and (here is None or here & set(crash.opened.witnesses))
    )


def witnesses(machine: Machine) -> tuple[str, ...]:
    """Hashes of what only this machine has; where it has nothing, of what it is called.

    A disk may be in another machine tomorrow, so it speaks only where nothing else does.
    """
    system, board = machine.system, machine.board
    alone = [
        system.uuid,
        system.serial_number,
        system.chassis_serial_number,
        board.serial_number,
        *(adapter.mac for adapter in machine.network if not adapter.usb),
    ]
    marks = sorted({mark for mark in alone if mark})
    marks = marks or sorted({disk.serial_number for disk in machine.storage if disk.serial_number})
    names = (system.manufacturer, system.model, board.manufacturer, board.model)
    cpus = tuple(cpu.name for cpu in machine.cpus)
    return tuple(_hash(mark) for mark in marks or [repr((names, cpus))])


def this_boot() -> str:
    """A mark of the system's running start; "" where it gives none."""
    try:
        return _hash(Path("/proc/sys/kernel/random/boot_id").read_text("ascii"))
    except OSError:
        return ""


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _read(file: Path) -> Crash | None:
    """One journal; None for one whose program lives, and for a file that never began."""
    try:
        with _open_to_lock(file) as opened:
            if not _lock(opened.fileno()):
                return None
            lines = list(_lines(opened.read(_LARGEST)))
    except OSError:
        _log.exception("%s cannot be read", file)
        return None
    if not lines or not isinstance(lines[0], Opened):
        return None
    return Crash(file, lines[0], _never_ended(lines[0], lines[1:]))


def _open_to_lock(file: Path) -> BinaryIO:
    """For writing, as some file systems want it for a lock; a stick that is read only has none."""
    try:
        return file.open("r+b")
    except OSError as error:
        if error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise
        return file.open("rb")


def _lines(data: bytes) -> Iterator[Line]:
    """All lines that are whole; the last one of a crash may be torn, or a sector of zeros."""
    for line in data.split(b"\n"):
        try:
            yield msgspec.json.decode(line, type=Line)
        except (ValueError, RecursionError):  # msgspec's own errors are ValueErrors
            continue


def _never_ended(opened: Opened, lines: list[Line]) -> tuple[Trial, ...]:
    last_ms = max((line.at_ms for line in lines if not isinstance(line, Opened)), default=0)
    warm = [line.temperatures for line in lines if isinstance(line, Alive)]
    why = SAME_BOOT if opened.boot and opened.boot == this_boot() else ""
    measured = _hottest(warm[-1]) if warm else ()
    ended = {(e.trial.check, e.trial.subject) for e in lines if isinstance(e, Ended)}
    return tuple(
        Trial(
            began.check,
            Ending.MACHINE_CRASHED,
            why,
            began.subject,
            measured,
            last_ms - began.at_ms,
        )
        for began in lines
        if isinstance(began, Began) and (began.check, began.subject) not in ended
    )


def _hottest(temperatures: tuple[Temperature, ...]) -> tuple[Measurement, ...]:
    known = [t.celsius_tenths for t in temperatures if t.celsius_tenths is not None]
    return (Measurement("last_tenths_c", max(known)),) if known else ()


def _lock(file: int) -> bool:
    """Whether it is ours now. It is let go with the file, and by the system when we die."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 -- only Windows has it

            os.lseek(file, _LARGEST, os.SEEK_SET)  # beyond all lines: the lock closes no line
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            os.lseek(file, 0, os.SEEK_SET)
        else:
            import fcntl  # noqa: PLC0415 -- Windows has none

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except PermissionError:  # how Windows says that another has it
        return False
    except OSError:  # a share without locks
        return True
    return True
