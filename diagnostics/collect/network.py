"""The network adapters that are hardware, from /sys/class/net."""

from collections.abc import Mapping
from pathlib import Path

from diagnostics.collect.files import entries, link_name, read_attribute, read_attributes
from diagnostics.collect.id_lists import pci_names, usb_names
from diagnostics.collect.source import Answer
from diagnostics.parse.id_names import Names
from diagnostics.parse.mac import own_address
from diagnostics.parse.numbers import amount
from station.machine import Machine, NetworkAdapter
from station.placeholders import fact

FOLDER = "sys/class/net"
CHIP_ADDRESS = "phy80211/macaddress"


def read_network(root: Path) -> Answer:
    """Every adapter with a device behind it: bridges, tunnels and the loopback have none."""
    folders = [folder for folder in entries(root / FOLDER) if _is_hardware(folder)]
    return Answer(Machine(network=tuple(_read_adapter(root, folder) for folder in folders)))


def _is_hardware(folder: Path) -> bool:
    return (folder / "device").exists()


def _read_adapter(root: Path, folder: Path) -> NetworkAdapter:
    wireless = any((folder / mark).exists() for mark in ("wireless", "phy80211"))
    attributes = read_attributes(folder, ["address", "speed", CHIP_ADDRESS]).values
    bus = link_name(folder / "device/subsystem")
    return parse_adapter(
        folder.name,
        attributes,
        wireless=wireless,
        names=_names(root, folder, bus),
        driver=link_name(folder / "device/driver"),
        usb=None if bus is None else bus == "usb",
    )


def _names(root: Path, folder: Path, bus: str | None) -> Names:
    """Maker and model by the numbers of the device behind the adapter."""
    device = folder / "device"
    if bus == "usb":  # the device is one interface; the folder above speaks of the whole
        above = Path(device.resolve()).parent
        own = read_attributes(above, ["manufacturer", "product"]).values
        listed = usb_names(root, _number(above / "idVendor"), _number(above / "idProduct"))
        return Names(
            listed.maker or fact(own.get("manufacturer")),
            listed.device or fact(own.get("product")),
        )
    if bus == "virtio":
        device = Path(device.resolve()).parent
    return pci_names(root, _number(device / "vendor"), _number(device / "device"))


def _number(file: Path) -> str:
    return (read_attribute(file) or "").removeprefix("0x")


def parse_adapter(
    name: str,
    attributes: Mapping[str, str],
    *,
    wireless: bool,
    names: Names = Names(),  # noqa: B008 -- a frozen value
    driver: str | None = None,
    usb: bool | None = None,
) -> NetworkAdapter:
    """One adapter; without a cable the kernel gives -1 for the speed or none."""
    return NetworkAdapter(
        name=name,
        mac=own_address(attributes.get(CHIP_ADDRESS), attributes.get("address")),
        wireless=wireless,
        speed_mbps=amount(attributes.get("speed")),
        manufacturer=names.maker,
        model=names.device,
        driver=driver,
        usb=usb,
    )
