"""What holds a machine to an owner, and its chip of trust."""

import re
from collections.abc import Sequence

from diagnostics.parse.wmi_object import Objects, WmiObject, first
from station.machine import Machine, Security

PROBE = "StationProbe"  # no class of WMI's: what our collectors ask by other ways, as truths
TRUTHS = {  # field: what our collectors print
    "secure_boot": "SecureBoot",
    "computrace": "Computrace",
    "mdm_enrolled": "MdmEnrolled",
    "windows_key_in_firmware": "KeyInFirmware",
}
CLASSES = {
    "Win32_Tpm": ("SpecVersion",),
    "Win32_PnPEntity": ("Name", "PNPClass", "Service", "PNPDeviceID"),
    "Win32_ComputerSystem": ("PartOfDomain",),
    "Win32_EncryptableVolume": ("DriveLetter", "ProtectionStatus", "ConversionStatus"),
    PROBE: (*TRUTHS.values(), "DirectoryJoined", "BitLocker"),
}
_TPM_VERSION = re.compile(r"\s*([12]\.[0-9])\b")
_TPM_2 = "ACPI\\MSFT0101"  # the ids that the firmware's tables give to the chips
_TPM_1 = ("ACPI\\PNP0C31", "ACPI\\IFX0102", "ACPI\\BCM0101", "ACPI\\NSC1200")
_MANAGEMENT = ("meix64", "mei", "teedriverw8x64", "teedriverw10x64")  # drivers of Intel's engine


def security(objects: Objects) -> Machine:
    """Each only where it was asked and answered."""
    ours = first(objects, PROBE)
    devices = objects.get("Win32_PnPEntity", ())
    facts = {field: ours.truth(name) for field, name in TRUTHS.items()}
    return Machine(
        security=Security(
            tpm_version=_tpm(objects, devices),
            domain_joined=_joined(
                first(objects, "Win32_ComputerSystem").truth("PartOfDomain"),
                ours.truth("DirectoryJoined"),
            ),
            disk_encrypted=_encrypted(objects, ours),
            amt=True if any(_is_management(said) for said in devices) else None,
            **facts,
        )
    )


def _joined(*answers: bool | None) -> bool | None:
    """Any yes is a yes; a no needs somebody who said so."""
    return True if True in answers else (False if False in answers else None)


def _tpm(objects: Objects, devices: Sequence[WmiObject]) -> str | None:
    """The version by the chip's own class, which asks for an administrator, else by its device."""
    for said in objects.get("Win32_Tpm", ()):
        if match := _TPM_VERSION.match(said.said("SpecVersion")):
            return match[1]
    ids = [said.said("PNPDeviceID").upper() for said in devices]
    if any(place.startswith(_TPM_2) for place in ids):
        return "2.0"
    if any(place.startswith(_TPM_1) for place in ids):
        return "1.2"
    return "" if "Win32_Tpm" in objects and not objects["Win32_Tpm"] else None


def _encrypted(objects: Objects, ours: WmiObject) -> bool | None:
    """Whether any volume is BitLocker's: 1 protected; converted (1) without protection counts."""
    volumes = objects.get("Win32_EncryptableVolume", ())
    if not volumes:
        return ours.truth("BitLocker")
    return any(
        said.whole("ProtectionStatus") == 1 or (said.whole("ConversionStatus") or 0) == 1
        for said in volumes
    )


def _is_management(said: WmiObject) -> bool:
    return said.said("Service").casefold() in _MANAGEMENT
