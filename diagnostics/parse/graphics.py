"""Which PCI functions draw, and what of their names is the chip, the card and the name people know.

lspci writes `NVIDIA Corporation GM204 [GeForce GTX 970]`: the maker of the chip, the chip, and in
brackets what it was sold as. The subsystem names who built the card or the machine around it.
"""

import re

from diagnostics.parse.vendor_ids import pci_maker, split_maker
from station.machine import Gpu, PciDevice

_CLASS_CODES = ("0300", "0301", "0302", "0380")
_CLASS_NAMES = frozenset(
    {
        "VGA compatible controller",
        "XGA compatible controller",
        "3D controller",
        "Display controller",
    }
)
_SOLD_AS = re.compile(r"^(.*) \[([^\[\]]+)\]$")
_NAMELESS = re.compile(r"(?:Device|Unknown device)(?: [0-9a-f:]+)?", re.IGNORECASE)
_ALIAS = re.compile(r"\[([^\[\]]+)\]$")
_COMPANY = re.compile(r"[ ,]+(?:Corporation|Corp\.?|Technologies|Inc\.?|Co\.|Ltd\.?).*$")


def is_gpu(device: PciDevice) -> bool:
    """By the number of its class, else by the class's name."""
    if device.class_code is not None:
        return device.class_code in _CLASS_CODES
    return device.class_name in _CLASS_NAMES


def gpu_of(device: PciDevice, subsystem: str | None) -> Gpu:
    """A graphics adapter. How much memory it has lspci does not say: a region is only a window."""
    maker, chip = split_maker(device.name or "")
    maker = maker or pci_maker(device.pci_id)
    named = None if _NAMELESS.fullmatch(chip) else chip or None
    sold_as = _SOLD_AS.match(named or "")
    return Gpu(
        manufacturer=maker,
        model=sold_as[2] if sold_as else named,
        chip_manufacturer=_short(maker),
        card_brand=split_maker(subsystem or "")[0] or pci_maker(device.subsystem_id),
        chipset=sold_as[1] if sold_as else None,
        slot=device.slot,
        pci_id=device.pci_id,
        driver=device.driver,
    )


def _short(maker: str | None) -> str | None:
    """AMD/ATI for `Advanced Micro Devices, Inc. [AMD/ATI]`, Intel for `Intel Corporation`."""
    if maker is None:
        return None
    alias = _ALIAS.search(maker)
    return alias[1] if alias else _COMPANY.sub("", maker)
