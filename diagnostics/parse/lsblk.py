"""The disks, from lsblk."""

import json
import re
from typing import Any

from diagnostics.endings import UnreadableReport
from diagnostics.parse.numbers import amount
from station.machine import Disk, Machine
from station.placeholders import fact

# lsblk types these as disks as well: memory, network, flash chips, parts of an eMMC chip.
_NO_DISK = re.compile(
    r"(z?ram|loop|nbd|fd|md|dm-|sr)[0-9]+|mtdblock.*|mmcblk[0-9]+(boot[0-9]+|rpmb)"
)
_BUS_OF_NAME = {"mmcblk": "mmc", "nvme": "nvme", "vd": "virtio"}  # where lsblk leaves it out


def parse_lsblk(text: str) -> Machine:
    """Read `lsblk --json`; versions differ in writing numbers and truths as text."""
    try:
        report = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport("lsblk printed no JSON") from error
    devices = report.get("blockdevices") if isinstance(report, dict) else None
    if not isinstance(devices, list):
        raise UnreadableReport("lsblk named no block devices")
    disks = (_disk(device) for device in devices if isinstance(device, dict))
    return Machine(storage=tuple(disk for disk in disks if disk is not None))


def _disk(device: dict[str, Any]) -> Disk | None:
    """One disk; None for what is no disk, and for a card reader without a card."""
    name = _text(device, "kname") or _text(device, "name")
    if device.get("type") != "disk" or name is None or _NO_DISK.fullmatch(name):
        return None
    disk = Disk(
        name=name,
        model=_text(device, "model"),
        serial_number=_text(device, "serial"),
        wwn=_text(device, "wwn"),
        capacity_bytes=_bytes(device.get("size")),
        rotational=_truth(device.get("rota")),
        removable=_truth(device.get("rm")),
        bus=_text(device, "tran") or _bus_of(name),
    )
    return None if disk.removable and disk.capacity_bytes is None else disk


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
    """The facts of what `lsblk --json` printed."""
    return parse_lsblk(data.decode("utf-8", "replace"))
