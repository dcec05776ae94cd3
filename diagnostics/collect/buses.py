"""What is on the PCI bus and the USB: by lspci and lsusb, and as sysfs numbers it."""

from collections.abc import Callable
from pathlib import Path

from diagnostics.collect.files import entries, link_name, read_attribute, read_attributes
from diagnostics.collect.id_lists import pci_names, usb_names
from diagnostics.collect.run_tool import run_tool
from diagnostics.collect.source import Answer, Raw
from diagnostics.endings import SourceMissing, UnreadableReport
from station.machine import Gpu, Machine, PciDevice, UsbDevice
from station.placeholders import fact

PCI_FOLDER = "sys/bus/pci/devices"
USB_FOLDER = "sys/bus/usb/devices"
_DISPLAY_CLASS = "03"  # PCI base class of graphics adapters


def read_lspci(lspci: str, limit_s: float) -> Answer:
    """The PCI bus by lspci, which knows the names; graphics adapters are a part of it."""
    from diagnostics.parse.lspci import parse_lspci  # noqa: PLC0415 -- loaded beside others

    return _asked([lspci, "-nnk"], limit_s, "lspci-text.txt", parse_lspci)


def read_lsusb(lsusb: str, limit_s: float) -> Answer:
    """The USB by lsusb, which knows the names."""
    from diagnostics.parse.lsusb import parse_lsusb  # noqa: PLC0415 -- loaded beside others

    return _asked([lsusb], limit_s, "lsusb-text.txt", parse_lsusb)


def _asked(
    command: list[str], limit_s: float, name: str, parse: Callable[[str], Machine]
) -> Answer:
    """What a tool that lists a bus says; a machine without that bus has no such source."""
    output = run_tool(command, limit_s)
    if output.status != 0:
        if "Cannot open" in output.complaints or not (output.data or output.complaints):
            raise SourceMissing(command[0])
        raise UnreadableReport(f"{command[0]} ended with status {output.status}")
    if not output.data.strip():
        return Answer(Machine())
    return Answer(parse(output.text), raw=(Raw(name, output.data),))


def read_pci(root: Path) -> Answer:
    """The PCI bus as sysfs numbers it, with the names of the system's list."""
    devices: list[PciDevice] = []
    gpus: list[Gpu] = []
    for folder in entries(root / PCI_FOLDER):
        device = _pci_device(root, folder)
        devices.append(device)
        if (device.class_code or "").startswith(_DISPLAY_CLASS):
            gpus.append(_gpu(root, device))
    return Answer(Machine(pci=tuple(devices), gpus=tuple(gpus)))


def _pci_device(root: Path, folder: Path) -> PciDevice:
    names = ("vendor", "device", "class", "subsystem_vendor", "subsystem_device")
    said = {key: value[2:].strip() for key, value in read_attributes(folder, names).values.items()}
    pci_id, subsystem = _pair(said, "vendor", "device"), _pair(said, *names[3:])
    known = pci_names(root, said.get("vendor", ""), said.get("device", "")) if pci_id else None
    return PciDevice(
        slot=folder.name.removeprefix("0000:"),  # as lspci prints it
        class_code=said.get("class", "")[:4] or None,
        pci_id=pci_id,
        subsystem_id=None if subsystem == "0000:0000" else subsystem,
        name=" ".join(filter(None, (known.maker, known.device))) or None if known else None,
        driver=link_name(folder / "driver"),
    )


def _gpu(root: Path, device: PciDevice) -> Gpu:
    maker, _, number = (device.pci_id or "").partition(":")
    names = pci_names(root, maker, number)
    return Gpu(
        manufacturer=names.maker,
        model=names.device,
        slot=device.slot,
        pci_id=device.pci_id,
        driver=device.driver,
    )


def read_usb(root: Path) -> Answer:
    """The USB as sysfs lists it: devices by their port, in their own words."""
    folders = [f for f in entries(root / USB_FOLDER) if ":" not in f.name]  # no interfaces
    return Answer(Machine(usb=tuple(_usb_device(root, folder) for folder in folders)))


def _usb_device(root: Path, folder: Path) -> UsbDevice:
    names = ("idVendor", "idProduct", "manufacturer", "product")
    said = read_attributes(folder, names).values
    usb_id = _pair(said, "idVendor", "idProduct")
    known = usb_names(root, *usb_id.split(":")) if usb_id else None
    maker = fact(said.get("manufacturer")) or (known.maker if known else None)
    product = fact(said.get("product")) or (known.device if known else None)
    return UsbDevice(
        port=folder.name,
        usb_id=usb_id,
        name=" ".join(filter(None, (maker, product))) or None,
        speed_mbps=_speed(read_attribute(folder / "speed")),
    )


def _pair(said: dict[str, str], maker: str, device: str) -> str | None:
    """The two numbers as 8086:2a42."""
    if maker not in said or device not in said:
        return None
    return f"{said[maker].strip()}:{said[device].strip()}"


def _speed(text: str | None) -> int | None:
    """Low speed is 1.5 Mbit/s and counts as 1."""
    whole = (text or "").partition(".")[0]
    return int(whole) if whole.isdecimal() and len(whole) < 9 else None
