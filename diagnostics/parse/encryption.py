"""Whether disks hold encrypted volumes, from the file systems that `lsblk --json` lists."""

import json
from collections.abc import Iterator
from typing import Any

from diagnostics.endings import UnreadableReport
from station.machine import Security

_ENCRYPTED = ("crypto_luks", "bitlocker")
_NOT_THE_MACHINES = ("loop", "rom")  # files and discs: their file systems say nothing of a disk


def parse_encryption(text: str) -> Security:
    """True with one encrypted volume; False only where volumes were recognised and none is."""
    try:
        report = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport("lsblk printed no JSON") from error
    found = {kind.casefold() for kind in _file_systems(report)}
    return Security(disk_encrypted=any(kind in found for kind in _ENCRYPTED) if found else None)


def _file_systems(report: Any) -> Iterator[str]:
    """Those of all devices, their parts and what is stacked on them."""
    waiting = [report.get("blockdevices")] if isinstance(report, dict) else []
    while waiting:
        devices = waiting.pop()
        for device in devices if isinstance(devices, list) else []:
            if not isinstance(device, dict) or device.get("type") in _NOT_THE_MACHINES:
                continue
            waiting.append(device.get("children"))
            if isinstance(kind := device.get("fstype"), str) and kind:
                yield kind
