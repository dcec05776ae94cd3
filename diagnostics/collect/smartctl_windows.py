"""The health of disks under Windows: smartctl finds them itself, and is asked of each in turn."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from diagnostics.collect.run_tool import run_tool
from diagnostics.collect.source import Answer, Raw
from diagnostics.endings import ReadingFailed, SourceMissing, UnreadableReport
from diagnostics.parse.kinds import reader
from diagnostics.parse.wmi_storage import drive_name_of
from station.machine import Disk, Machine, Reading

_MOST_DISKS = 64
_KIND = "smartctl-json"
_BEST_FIRST = (Reading.OK, Reading.NOT_PERMITTED, Reading.TIMED_OUT, Reading.UNREADABLE)

Known = Callable[[], Sequence[Disk]]


def read_health(smartctl: Sequence[str], limit_s: float, known: Known) -> Answer:
    """Every disk that smartctl finds; a disk that it cannot open says how that ended."""
    found = tuple(_scanned(run_tool([*smartctl, "--scan", "-j"], limit_s).text))
    if not found:
        raise SourceMissing("smartctl found no disk")
    disks: list[Disk] = []
    raws: list[Raw] = []
    for device, kind in found:
        disk, raw = _ask([*smartctl, "-j", "-x", "-d", kind, device], device, limit_s)
        disks.append(_named(disk, device, known))
        raws.extend(raw)
    endings = {disk.smart or Reading.MISSING for disk in disks}
    reading = next((ending for ending in _BEST_FIRST if ending in endings), Reading.MISSING)
    return Answer(Machine(storage=tuple(disks)), reading, tuple(raws))


def _scanned(text: str) -> Iterator[tuple[str, str]]:
    """Each device of the scan, and the `-d` type that reaches it."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport("smartctl printed no JSON") from error
    devices = said.get("devices") if isinstance(said, dict) else None
    for device in (devices if isinstance(devices, list) else [])[:_MOST_DISKS]:
        name, kind = _text(device, "name"), _text(device, "type")
        if name is not None:
            yield name, kind or "auto"


def _text(device: Any, key: str) -> str | None:
    value = device.get(key) if isinstance(device, dict) else None
    return value if isinstance(value, str) and not value.startswith("-") else None


def _ask(command: list[str], device: str, limit_s: float) -> tuple[Disk, list[Raw]]:
    """One disk with its report; without one where it cannot be read."""
    try:
        data = run_tool(command, limit_s).text.encode()
        disk = reader(_KIND)(data).storage[0]
    except ReadingFailed as failed:
        return Disk(smart=failed.reading), []
    name = device.removeprefix("/dev/").replace("/", "-").replace(",", "-")
    return disk, [Raw(f"{_KIND}-{name}.json", data)]


def _named(disk: Disk, device: str, known: Known) -> Disk:
    """The disk under the name that the other sources have for it: by its serial, by its letter."""
    serial = disk.serial_number
    same = (other.name for other in known() if serial and other.serial_number == serial)
    name = next(same, None) or drive_name_of(device) or device.removeprefix("/dev/")
    return msgspec.structs.replace(disk, name=name)
