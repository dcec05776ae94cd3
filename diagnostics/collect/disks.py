"""The disks, from lsblk and from /sys/block."""

from pathlib import Path

import msgspec

from diagnostics.collect.files import entries, read_attribute, read_attributes
from diagnostics.collect.run_tool import run_tool
from diagnostics.collect.source import Answer, Raw
from diagnostics.endings import ReadingFailed, UnreadableReport
from diagnostics.parse.block_device import is_disk, parse_block_device, parse_emmc
from diagnostics.parse.encryption import parse_encryption
from diagnostics.parse.lsblk import parse_lsblk
from station.machine import Disk, Machine, Reading

FOLDER = "sys/block"
COLUMNS = "KNAME,TYPE,SIZE,ROTA,RM,TRAN,VENDOR,MODEL,REV,SERIAL,WWN,LOG-SEC,FSTYPE"
_NONE_FOUND = 32  # lsblk's exit status when there is not one disk
_ATTRIBUTES = (
    "size",
    "removable",
    "queue/rotational",
    "queue/logical_block_size",
    "device/vendor",
    "device/model",
    "device/name",
    "device/rev",
    "device/firmware_rev",
    "device/serial",
    "serial",
    "wwid",
    "device/wwid",
)
_EMMC = ("life_time", "pre_eol_info")


def read_disks(lsblk: str, limit_s: float) -> Answer:
    """Ask lsblk for all disks and what lies on them; serials come from udev and need no root."""
    output = run_tool([lsblk, "--json", "--bytes", "--output", COLUMNS], limit_s)
    if output.status == _NONE_FOUND:
        return Answer(Machine())
    if output.status != 0:
        raise UnreadableReport(f"lsblk ended with status {output.status}")
    disks = parse_lsblk(output.text).storage
    part = Machine(storage=disks, security=parse_encryption(output.text))
    return Answer(part, raw=(Raw("lsblk-json.json", output.data),))


def read_block_devices(root: Path) -> Answer:
    """The disks as the kernel names them, where lsblk is missing or broken."""
    folders = [folder for folder in entries(root / FOLDER) if is_disk(folder.name)]
    disks = (_read_disk(folder) for folder in folders)
    return Answer(Machine(storage=tuple(disk for disk in disks if disk is not None)))


def names_to_ask(root: Path) -> list[str]:
    """The disks to be asked for their health one by one; none where the kernel lists none."""
    try:
        found = read_block_devices(root).part.storage
    except ReadingFailed:
        return []
    return [disk.name for disk in found if disk.name]


def is_emmc(name: str) -> bool:
    """A chip or card on the MMC bus, which smartctl cannot ask."""
    return name.startswith("mmcblk")


def read_emmc(root: Path, name: str) -> Answer:
    """The health of an eMMC chip; an SD card tells nothing of its own."""
    folder = root / FOLDER / name / "device"
    said = read_attributes(folder, _EMMC)
    disk = parse_emmc(name, said.values)
    raw = Raw(f"emmc-{name}.json", msgspec.json.encode(said.values))
    if disk is None:
        missing = Reading.NOT_PERMITTED if said.denied else Reading.MISSING
        return Answer(Machine(storage=(Disk(name=name, smart=missing),)), missing)
    return Answer(Machine(storage=(disk,)), raw=(raw,))


def _read_disk(folder: Path) -> Disk | None:
    said = read_attributes(folder, _ATTRIBUTES).values
    bus = str(folder.resolve()) if read_attribute(folder / "size") else ""
    return parse_block_device(folder.name, said, bus)
