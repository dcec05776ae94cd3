"""The cameras, from /sys/class/video4linux."""

from pathlib import Path

from diagnostics.collect.files import entries, read_attribute
from diagnostics.collect.source import Answer
from station.machine import Camera, Machine
from station.placeholders import fact

FOLDER = "sys/class/video4linux"


def read_cameras(root: Path) -> Answer:
    """One camera a device: its further nodes, such as that of metadata, count up from 0."""
    nodes = [folder for folder in entries(root / FOLDER) if folder.name.startswith("video")]
    first = [folder for folder in nodes if read_attribute(folder / "index") in ("0", None)]
    return Answer(Machine(cameras=tuple(_camera(folder) for folder in first)))


def _camera(folder: Path) -> Camera:
    return Camera(
        name=fact(read_attribute(folder / "name")), node=folder.name, usb_id=_usb_id(folder)
    )


def _usb_id(folder: Path) -> str | None:
    """The device is one interface of a USB device, whose folder above has the numbers."""
    above = (folder / "device").resolve().parent
    maker, product = read_attribute(above / "idVendor"), read_attribute(above / "idProduct")
    return f"{maker}:{product}" if maker and product else None
