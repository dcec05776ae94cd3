"""One disk's health, from smartctl. It reads only: no self-test is begun, nothing is switched."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from msgspec.structs import replace

from diagnostics.collect.run_tool import run_tool
from diagnostics.collect.source import Answer, Raw
from diagnostics.endings import ReadingFailed, UnreadableReport
from diagnostics.parse.json_report import decoded
from diagnostics.parse.smart_figures import ending_of
from diagnostics.parse.smartctl_bridges import next_device_type
from diagnostics.parse.smartctl_json import complaint_of, disks_of, version_of
from station.machine import Disk, Machine, Reading

_SHORTEST_S = 0.1  # a question is asked, however little time is left


@dataclass
class _Asked:
    """What asking about one disk gave so far: a disk for each question, and smartctl's words."""

    name: str
    disks: list[Disk] = field(default_factory=list)
    raw: list[Raw] = field(default_factory=list)
    version: str = ""

    def take(self, text: str, device_type: str | None) -> None:
        """Keep one answer; smartctl's exit status is in its report, and is rarely an error."""
        parts = ("smartctl", self.name, device_type)
        file = "-".join(part for part in parts if part)
        self.raw.append(Raw(f"{file}.json", text.encode()))
        try:
            report = decoded(text)
        except UnreadableReport:
            self.disks.append(Disk(name=self.name, smart=Reading.UNREADABLE))
            return
        self.version = version_of(report) or self.version
        self.disks.append(_disk_of(report, self.name, device_type))

    def answer(self) -> Answer:
        """The last disk that has a model, else the last: a type that fits sees the true one.

        A question that was cut short counts for how asking ended.
        """
        known = [disk for disk in self.disks if disk.model]
        ended = self.disks[-1].smart
        disk = (known or self.disks)[-1]
        if ended is Reading.TIMED_OUT:
            disk = replace(disk, smart=ended)
        reading = disk.smart or Reading.UNREADABLE
        return Answer(Machine(storage=(disk,)), reading, tuple(self.raw), self.version)


def read_smart(smartctl: str, name: str, limit_s: float) -> Answer:
    """Ask about /dev/NAME for at most this long, through a USB bridge where one is in the way.

    The answer always names the disk, and `Disk.smart` says how asking ended. What came without a
    report of its health is kept.
    """
    asked = _Asked(name)
    until = monotonic() + limit_s
    tried: list[str] = []
    device_type: str | None = None
    while True:
        try:
            output = run_tool(_command(smartctl, name, device_type), _left(until))
        except ReadingFailed as failed:
            asked.disks.append(Disk(name=name, smart=failed.reading))
            return asked.answer()
        asked.take(output.text, device_type)
        device_type = next_device_type(output.text, tried)
        if device_type is None:
            return asked.answer()
        tried.append(device_type)


def _command(smartctl: str, name: str, device_type: str | None) -> Sequence[str]:
    chosen = [] if device_type is None else ["-d", device_type]
    return [smartctl, "-j", "-x", *chosen, f"/dev/{name}"]


def _left(until: float) -> float:
    return max(_SHORTEST_S, until - monotonic())


def _disk_of(report: object, name: str, device_type: str | None) -> Disk:
    """The report's disk under the name that was asked about."""
    found = disks_of(report)
    if not found:
        return Disk(name=name, smart=ending_of(complaint_of(report)))
    disk = replace(found[0], name=name, smart=found[0].smart or Reading.UNREADABLE)
    return disk if device_type is None else replace(disk, bridge=device_type, usb_bridged=True)
