"""A disk as its folder in /sys/block describes it (kernel ABI: sysfs-block, mmc-dev-attrs)."""

import re
from collections.abc import Mapping

from diagnostics.parse.numbers import amount, whole_number
from station.machine import Disk, Reading
from station.placeholders import fact

_SECTOR = 512  # `size` counts these, whatever the disk's own sectors are
_NO_DISK = re.compile(
    r"(z?ram|loop|nbd|fd|md|dm-|sr)[0-9]+|mtdblock.*|mmcblk[0-9]+(boot[0-9]+|rpmb)"
    r"|nvme[0-9]+c[0-9]+n[0-9]+"  # one path to a disk that has its own name
)
_BUS_IN_PATH = {
    "usb": "/usb",
    "nvme": "/nvme",
    "mmc": "/mmc_host",
    "virtio": "/virtio",
    "sata": "/ata",
}
_LIFE_TIME = re.compile(r"0x([0-9a-fA-F]{1,2}) 0x([0-9a-fA-F]{1,2})")
_PRE_EOL = re.compile(r"0x([0-9a-fA-F]{1,2})")


def is_disk(name: str) -> bool:
    """Whether the kernel's name is that of a disk, not of memory, a file, or a part of a chip."""
    return not _NO_DISK.fullmatch(name)


def parse_block_device(name: str, files: Mapping[str, str], path: str) -> Disk | None:
    """One disk; None for a card reader without a card. `path` is where its folder really is."""
    sectors = amount(files.get("size"))
    removable = _truth(files.get("removable"))
    if removable and sectors is None:
        return None
    vendor = fact(files.get("device/vendor"))
    return Disk(
        name=name,
        model=fact(files.get("device/model") or files.get("device/name")),
        manufacturer=None if vendor in ("ATA", None) or vendor.startswith("0x") else vendor,
        serial_number=fact(files.get("device/serial") or files.get("serial")),
        wwn=_wwn(files.get("wwid") or files.get("device/wwid") or ""),
        firmware=fact(files.get("device/firmware_rev") or files.get("device/rev")),
        capacity_bytes=sectors * _SECTOR if sectors else None,
        sector_bytes=amount(files.get("queue/logical_block_size")),
        rotational=_truth(files.get("queue/rotational")),
        removable=removable,
        bus=next((bus for bus, mark in _BUS_IN_PATH.items() if mark in path), None),
    )


def parse_emmc(name: str, files: Mapping[str, str]) -> Disk | None:
    """The health of an eMMC chip; None when it gives none, as chips before version 5.0 do."""
    life = _LIFE_TIME.fullmatch(files.get("life_time", "").strip())
    worse = max(int(life[1], 16), int(life[2], 16)) if life else 0  # 0: not defined
    pre_eol = _PRE_EOL.fullmatch(files.get("pre_eol_info", "").strip())
    state = int(pre_eol[1], 16) if pre_eol else 0
    if not worse and not state:
        return None
    return Disk(
        name=name, smart=Reading.OK, life_time_estimate=worse or None, pre_eol=state or None
    )


def _wwn(said: str) -> str | None:
    """As lsblk words it. A name of the form `t10.` is made of the model, and names no one disk."""
    name = said.strip().casefold()
    if name.startswith("naa."):
        name = f"0x{name.removeprefix('naa.')}"
    return fact(name) if name.startswith(("0x", "eui.", "nvme.")) else None


def _truth(text: str | None) -> bool | None:
    number = whole_number(text)
    return None if number is None else number != 0
