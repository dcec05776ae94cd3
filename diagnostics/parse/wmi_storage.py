"""The disks: MSFT_PhysicalDisk, which Windows 8 brought, else Win32_DiskDrive."""

import re

from diagnostics.assemble import assemble
from diagnostics.parse.disk_makers import maker_of
from diagnostics.parse.wmi_object import Objects, WmiObject
from station.machine import Disk, Machine
from station.placeholders import fact

CLASSES = {
    "MSFT_PhysicalDisk": (
        "DeviceId",
        "FriendlyName",
        "Model",
        "Manufacturer",
        "SerialNumber",
        "AdapterSerialNumber",
        "UniqueId",
        "FirmwareVersion",
        "Size",
        "LogicalSectorSize",
        "MediaType",
        "SpindleSpeed",
        "BusType",
    ),
    "Win32_DiskDrive": (
        "Index",
        "DeviceID",
        "Model",
        "Manufacturer",
        "SerialNumber",
        "FirmwareRevision",
        "Size",
        "BytesPerSector",
        "InterfaceType",
        "MediaType",
        "PNPDeviceID",
    ),
    "MSStorageDriver_FailurePredictStatus": ("InstanceName", "PredictFailure"),
}

_BUSES = {  # STORAGE_BUS_TYPE: as the class words it, as the system of the kernel does
    1: ("SCSI", "scsi"),
    2: ("ATAPI", "ata"),
    3: ("ATA", "ata"),
    6: ("Fibre Channel", "fc"),
    7: ("USB", "usb"),
    8: ("RAID", "raid"),
    9: ("iSCSI", "iscsi"),
    10: ("SAS", "sas"),
    11: ("SATA", "sata"),
    12: ("SD", "mmc"),
    13: ("MMC", "mmc"),
    14: ("Virtual", "virtual"),
    15: ("File Backed Virtual", "virtual"),
    16: ("Storage Spaces", "raid"),
    17: ("NVMe", "nvme"),
}
_BUS_USB, _BUS_VIRTUAL = 7, (14, 15)
_MEDIA = {3: "HDD", 4: "SSD", 5: "SCM"}
_ROTATES = {3: True, 4: False}
_NOT_SAID_RPM = 0xFFFFFFFF
_VIRTUAL = re.compile(r"\b(VBOX|VMware|QEMU|Virtual)\b", re.IGNORECASE)
_DRIVE_NUMBER = re.compile(r"\\\\\.\\PHYSICALDRIVE([0-9]{1,4})", re.IGNORECASE)
_NVME_NUMBER = re.compile(r"([0-9A-F]{4}_){3,7}[0-9A-F]{4}\.", re.IGNORECASE)
_WORLD_WIDE = re.compile(r"(eui\.|naa\.|nvme\.|t10\.)[0-9a-z]{8,64}", re.IGNORECASE)
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){20}")
_ADAPTER_SUFFIX = re.compile(r"_[0-9]{4}$")  # of the namespace, behind the drive's own serial
_RUNNING_NAME = re.compile(r"sd([a-z]{1,2})")


def storage(objects: Objects) -> Machine:
    """Every disk once, by its number; the newer class speaks first."""
    newer = [_physical(said) for said in objects.get("MSFT_PhysicalDisk", ())]
    failing = _failing(objects)
    older = [_drive(said, failing) for said in objects.get("Win32_DiskDrive", ())]
    return assemble((Machine(storage=tuple(newer)), Machine(storage=tuple(older))))


def drive_name(number: str) -> str:
    """The name that all readers of Windows give to a drive, so that their facts meet."""
    return f"PhysicalDrive{number}"


def drive_name_of(device: str) -> str | None:
    """The name behind smartctl's /dev/sdb, which is PhysicalDrive1; None for other devices."""
    match = _RUNNING_NAME.fullmatch(device.removeprefix("/dev/"))
    if match is None:
        return None
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("a") + 1
    return drive_name(str(number - 1))


def _physical(said: WmiObject) -> Disk:
    bus = said.whole("BusType") or 0
    media = said.whole("MediaType") or 0
    words = _BUSES.get(bus, (None, None))
    model = said.text("Model") or said.text("FriendlyName")
    number = said.whole("DeviceId")
    return Disk(
        name=None if number is None else drive_name(str(number)),
        model=model,
        manufacturer=maker_of(model, said.maker("Manufacturer")),
        serial_number=_adapter_serial(said) or _serial(said.said("SerialNumber")),
        wwn=_wide_name(said),
        firmware=said.text("FirmwareVersion"),
        capacity_bytes=said.amount("Size"),
        sector_bytes=said.amount("LogicalSectorSize"),
        rotational=_ROTATES.get(media),
        rotation_rpm=said.amount("SpindleSpeed"),
        interface=words[0],
        bus=words[1],
        usb_bridged=True if bus == _BUS_USB else None,
        device_type=_MEDIA.get(media) or ("Virtual" if _is_virtual(bus, model) else None),
    )


def _is_virtual(bus: int, model: str | None) -> bool:
    """Whether a disk of no said medium is a virtual machine's."""
    return bus in _BUS_VIRTUAL or _VIRTUAL.search(model or "") is not None


def _failing(objects: Objects) -> frozenset[str]:
    """The devices that foretell their own end. Their silence is no health: it tells one bit."""
    return frozenset(
        said.said("InstanceName").casefold().removesuffix("_0")
        for said in objects.get("MSStorageDriver_FailurePredictStatus", ())
        if said.truth("PredictFailure")
    )


def _drive(said: WmiObject, failing: frozenset[str]) -> Disk:
    number = _DRIVE_NUMBER.fullmatch(said.said("DeviceID").strip())
    interface, model = said.text("InterfaceType"), said.text("Model")
    return Disk(
        name=drive_name(number[1]) if number else None,
        model=model,
        manufacturer=maker_of(model, said.maker("Manufacturer")),
        serial_number=_serial(said.said("SerialNumber")),
        wwn=_wide_number(said.said("SerialNumber")),
        firmware=said.text("FirmwareRevision"),
        capacity_bytes=said.amount("Size"),
        sector_bytes=said.amount("BytesPerSector"),
        interface=interface,
        bus="usb" if interface == "USB" else None,  # SCSI and IDE are the driver's words
        usb_bridged=True if interface == "USB" else None,
        device_type=said.text("MediaType"),
        smart_passed=False if said.said("PNPDeviceID").casefold() in failing else None,
    )


def _adapter_serial(said: WmiObject) -> str | None:
    """An NVMe drive's serial as on its label; SerialNumber holds its EUI-64 instead."""
    return fact(_ADAPTER_SUFFIX.sub("", said.said("AdapterSerialNumber")))


def _serial(text: str) -> str | None:
    """Before Windows 8, an ATA serial comes as 20 hex bytes, each two of them swapped."""
    said = text.strip()
    if not _HEX.fullmatch(said):
        return fact(said)
    swapped = bytes.fromhex(said)
    letters = bytes(swapped[at ^ 1] for at in range(len(swapped)))
    return fact(letters.decode("ascii")) if _printable(letters) else fact(said)


def _printable(letters: bytes) -> bool:
    return all(0x20 <= letter < 0x7F for letter in letters)


def _wide_name(said: WmiObject) -> str | None:
    """The world-wide name, as in `eui.0025…`; Windows writes other things there too."""
    name = said.said("UniqueId").strip()
    if _WORLD_WIDE.fullmatch(name):
        return fact(name.lower())
    return _wide_number(said.said("SerialNumber"))


def _wide_number(serial: str) -> str | None:
    """The EUI-64 or NGUID that stands as an NVMe drive's serial: 0025_3852_01B0_1D7B."""
    said = serial.strip()
    if not _NVME_NUMBER.fullmatch(said):
        return None
    return fact("eui." + said.replace("_", "").rstrip(".").lower())
