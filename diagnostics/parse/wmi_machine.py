"""A machine out of WMI objects: which class says what, and which classes tell of one thing.

One table per class, shared by the text dumps and by our own PowerShell's JSON.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from diagnostics.assemble import assemble
from diagnostics.parse import (
    wmi_devices,
    wmi_events,
    wmi_firmware,
    wmi_network,
    wmi_owner,
    wmi_power,
    wmi_screens,
    wmi_storage,
)
from diagnostics.parse.wmi_object import Objects, WmiObject
from station.machine import Machine, Reading

SECTIONS: Mapping[str, Callable[[Objects], Machine]] = {  # a field of Machine: what reads it
    "system": wmi_firmware.system,
    "cpus": wmi_firmware.cpus,
    "memory": wmi_firmware.memory,
    "storage": wmi_storage.storage,
    "batteries": wmi_power.batteries,
    "displays": wmi_screens.displays,
    "gpus": wmi_devices.gpus,
    "network": wmi_network.network,
    "cameras": wmi_devices.cameras,
    "sound_cards": wmi_devices.sound_cards,
    "security": wmi_owner.security,
    "kernel_errors": wmi_events.kernel_errors,
}
WANTED: Mapping[str, Mapping[str, tuple[str, ...]]] = {  # section: class: its properties
    "system": wmi_firmware.SYSTEM_CLASSES,
    "cpus": wmi_firmware.CPU_CLASSES,
    "memory": wmi_firmware.MEMORY_CLASSES,
    "storage": wmi_storage.CLASSES,
    "batteries": wmi_power.CLASSES,
    "displays": wmi_screens.CLASSES,
    "gpus": wmi_devices.GPU_CLASSES,
    "network": wmi_network.CLASSES,
    "cameras": wmi_devices.PNP_CLASSES,
    "sound_cards": wmi_devices.SOUND_CLASSES,
    "security": wmi_owner.CLASSES,
    "kernel_errors": wmi_events.CLASSES,
}
_EXTRAS = frozenset(  # what only some machines tell, and to administrators: no loss to a section
    {
        "BatteryCycleCount",
        "BatteryStatus",
        "BatteryTemperature",
        "MSStorageDriver_FailurePredictStatus",
    }
)
ASKED = "StationAsked"  # in text dumps: how asking for each class ended
_NAMES = ("__CLASS", "CreationClassName")
_CLASSES = {name.casefold(): name for classes in WANTED.values() for name in classes} | {
    ASKED.casefold(): ASKED
}
_MARKS = {  # class: properties that only it has, for dumps that do not name it
    "BatteryCycleCount": {"CycleCount"},
    "BatteryFullChargedCapacity": {"FullChargedCapacity"},
    "BatteryStaticData": {"DesignedCapacity"},
    "BatteryStatus": {"RemainingCapacity", "PowerOnline"},
    "MSFT_NetAdapter": {"NdisPhysicalMedium"},
    "MSFT_PhysicalDisk": {"BusType", "MediaType", "FriendlyName"},
    "Win32_BIOS": {"SMBIOSBIOSVersion"},
    "Win32_ComputerSystemProduct": {"IdentifyingNumber", "UUID"},
    "Win32_DiskDrive": {"InterfaceType", "FirmwareRevision"},
    "Win32_PhysicalMemory": {"DeviceLocator", "Capacity"},
    "Win32_Processor": {"MaxClockSpeed", "NumberOfCores"},
    "Win32_Tpm": {"SpecVersion", "IsEnabled_InitialValue"},
    "Win32_VideoController": {"AdapterRAM", "VideoProcessor"},
    "WmiMonitorBasicDisplayParams": {"MaxHorizontalImageSize"},
    "WmiMonitorConnectionParams": {"VideoOutputTechnology"},
    "WmiMonitorID": {"ProductCodeID"},
}


@dataclass(frozen=True)
class WmiReport:
    """The objects that answered by class, and how the other classes ended."""

    objects: Objects
    missed: Mapping[str, Reading]

    def reading_of(self, classes: Iterable[str]) -> Reading:
        """How asking for these ended: OK, or the first that was refused or broke.

        A class that this version of Windows does not have is no loss: another one stands in.
        """
        asked = tuple(name for name in classes if name not in _EXTRAS)
        if not any(name in self.objects for name in asked):
            return next((self.missed[n] for n in asked if n in self.missed), Reading.MISSING)
        losses = (self.missed.get(name, Reading.OK) for name in asked)
        return next((r for r in losses if r not in (Reading.OK, Reading.MISSING)), Reading.OK)


def reading_word(why: str) -> Reading:
    """The ending that a collector of ours wrote down; another word is an unreadable one."""
    return next((reading for reading in Reading if reading == why), Reading.UNREADABLE)


def machine_of(objects: Objects) -> Machine:
    """All that the objects say."""
    return assemble(read(objects) for read in SECTIONS.values())


def objects_of(said: Iterable[WmiObject]) -> Objects:
    """The objects by the names of their classes; those of no class that is read are left out."""
    found: dict[str, list[WmiObject]] = {}
    for item in said:
        name = class_of(item)
        if name is not None:
            found.setdefault(name, []).append(item)
    return found


def class_of(item: WmiObject) -> str | None:
    """The class by what the object says of itself, else by its properties."""
    said = [item.said(name) for name in _NAMES]
    named = next((_CLASSES.get(name.casefold()) for name in said if name), None)
    if named is not None:
        return named
    has = item.properties.keys()
    return next((name for name, marks in _MARKS.items() if marks <= has), None)
