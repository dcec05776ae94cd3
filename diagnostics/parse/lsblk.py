"""Block devices from lsblk, and which of them are disks."""

import re
from collections.abc import Iterator
from typing import Any

from diagnostics.endings import UnreadableReport
from diagnostics.parse.json_report import decoded, items
from diagnostics.parse.numbers import amount
from station.machine import Disk, Machine
from station.placeholders import fact

# lsblk types these as disks as well: memory, network, flash chips, parts of an eMMC chip.
_NO_DISK = re.compile(
    r"(z?ram|loop|nbd|fd|md|dm-|sr)[0-9]+|mtdblock.*|mmcblk[0-9]+(boot[0-9]+|rpmb)"
)
_BUS_OF_NAME = {"mmcblk": "mmc", "nvme": "nvme", "vd": "virtio"}  # where lsblk leaves it out


def parse_lsblk(text: str) -> Machine:
    """The disks alone, in `lsblk --json`; versions differ in writing numbers and truths as text."""
    return Machine(storage=tuple(device for device in block_devices(text) if is_disk(device)))


def block_devices(text: str) -> tuple[Disk, ...]:
    """Every device once, however deep it stands in others: disks, their parts, what lies on those.

    One that spans several disks is listed under each of them.
    """
    report = decoded(text)
    if not isinstance(report, dict) or not isinstance(report.get("blockdevices"), list):
        raise UnreadableReport("lsblk named no block devices")
    found: dict[str, Disk] = {}
    for device in _every(report):
        name = _text(device, "kname") or _text(device, "name")
        if name is not None:
            found.setdefault(name, _device(name, device))
    return tuple(found.values())


def is_disk(device: Disk) -> bool:
    """Whether it is a disk: no part of one, no memory, no card reader without a card."""
    if device.device_type != "disk" or _NO_DISK.fullmatch(device.name or ""):
        return False
    return not (device.removable and device.capacity_bytes is None)


def _every(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The devices and all that lies in them, in the order of the listing."""
    waiting = items(report, "blockdevices")[::-1]
    while waiting:
        device = waiting.pop()
        yield device
        waiting.extend(items(device, "children")[::-1])


def _device(name: str, device: dict[str, Any]) -> Disk:
    return Disk(
        name=name,
        model=_text(device, "model"),
        serial_number=_text(device, "serial"),
        wwn=_text(device, "wwn"),
        firmware=_text(device, "rev"),
        capacity_bytes=_bytes(device.get("size")),
        sector_bytes=_bytes(device.get("log-sec")),
        rotational=_truth(device.get("rota")),
        removable=_truth(device.get("rm")),
        bus=_text(device, "tran") or _bus_of(name),
        device_type=_text(device, "type"),
    )


def _text(device: dict[str, Any], key: str) -> str | None:
    value = device.get(key)
    return fact(value) if isinstance(value, str) else None


def _bytes(value: object) -> int | None:
    return amount(str(value)) if type(value) in (int, str) else None


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"0": False, "1": True}.get(value) if isinstance(value, str) else None


def _bus_of(name: str) -> str | None:
    return next((bus for start, bus in _BUS_OF_NAME.items() if name.startswith(start)), None)


def facts_of(data: bytes) -> Machine:
    """The facts of what `lsblk --json` printed: every block device, not only the disks."""
    return Machine(storage=block_devices(data.decode("utf-8", "replace")))
