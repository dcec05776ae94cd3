"""Graphics, cameras and sound, by their WMI classes."""

import re

from diagnostics.parse.wmi_object import Objects, WmiObject
from station.machine import Camera, Gpu, Machine, SoundCard

GPU_CLASSES = {
    "Win32_VideoController": (
        "Name",
        "VideoProcessor",
        "AdapterCompatibility",
        "AdapterRAM",
        "CurrentHorizontalResolution",
        "CurrentVerticalResolution",
        "PNPDeviceID",
    )
}
PNP_CLASSES = {"Win32_PnPEntity": ("Name", "PNPClass", "Service", "PNPDeviceID")}
SOUND_CLASSES = {"Win32_SoundDevice": ("Name", "PNPDeviceID")}

NO_HARDWARE = ("ROOT\\", "BTH\\", "SW\\", "SWD\\", "{")  # tunnels, Bluetooth, switches
_PCI = re.compile(r"PCI\\VEN_([0-9A-F]{4})&DEV_([0-9A-F]{4})", re.IGNORECASE)
_USB = re.compile(r"USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})", re.IGNORECASE)
_BIGGEST_RAM = 0xFFF00000  # a 32-bit property stands here at 4 GiB and above
_CAMERA = "Camera"  # the class that Windows 10 gave to cameras alone


def gpus(objects: Objects) -> Machine:
    """The graphics adapters that are hardware; remote and mirror drivers are none."""
    adapters = (_gpu(said) for said in objects.get("Win32_VideoController", ()))
    return Machine(gpus=tuple(gpu for gpu in adapters if gpu is not None))


def _gpu(said: WmiObject) -> Gpu | None:
    where = said.said("PNPDeviceID")
    if where.upper().startswith(NO_HARDWARE):
        return None
    memory = said.amount("AdapterRAM")
    width = said.amount("CurrentHorizontalResolution")
    height = said.amount("CurrentVerticalResolution")
    return Gpu(
        model=said.text("Name"),
        chipset=said.text("VideoProcessor"),
        manufacturer=said.maker("AdapterCompatibility"),
        memory_mib=memory // 2**20 or None if memory and memory < _BIGGEST_RAM else None,
        resolution=f"{width}x{height}" if width and height else None,
        pci_id=_id(_PCI, where),
    )


def _id(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.match(text)
    return f"{match[1]}:{match[2]}".lower() if match else None


def cameras(objects: Objects) -> Machine:
    """Cameras; scanners share their older class, and only cameras run the video driver."""
    found = (said for said in objects.get("Win32_PnPEntity", ()) if _is_camera(said))
    return Machine(
        cameras=tuple(
            Camera(name=said.text("Name"), usb_id=_id(_USB, said.said("PNPDeviceID")))
            for said in found
        )
    )


def _is_camera(said: WmiObject) -> bool:
    if said.said("Service").casefold() == "usbvideo":
        return True
    return said.said("PNPClass") == _CAMERA


def sound_cards(objects: Objects) -> Machine:
    """The sound devices that are hardware."""
    cards = objects.get("Win32_SoundDevice", ())
    return Machine(
        sound_cards=tuple(
            SoundCard(name=said.text("Name"))
            for said in cards
            if not said.said("PNPDeviceID").upper().startswith("ROOT\\")
        )
    )
