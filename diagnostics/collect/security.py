"""What lets a system trust the machine, and what may hold it to an owner; keys are not read."""

from pathlib import Path

from diagnostics.collect.files import entries, is_there, read_attribute, read_bytes
from diagnostics.collect.source import Answer
from diagnostics.endings import NotPermitted, ReadingFailed, SourceMissing
from station.machine import Bios, Machine, Reading, Security

EFI = "sys/firmware/efi"
TABLES = "sys/firmware/acpi/tables"
TPM = "sys/class/tpm"
MEI = "sys/class/mei"
SETTINGS = "sys/class/firmware-attributes"
_SECURE_BOOT = "efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
_ATTRIBUTES = 4  # bytes before an EFI variable's value


def read_firmware(root: Path) -> Answer:
    """How it was started, TPM, Secure Boot, and the ACPI tables that owners leave."""
    if not (root / "sys/firmware").is_dir():
        raise SourceMissing("/sys/firmware")
    uefi = is_there(root / EFI)
    secure_boot, reading = _secure_boot(root) if uefi else (False, Reading.OK)
    security = Security(
        tpm_version=_tpm_version(root),
        secure_boot=secure_boot,
        computrace=is_there(root / TABLES / "WPBT"),
        amt=_has_management_engine(root),
        windows_key_in_firmware=is_there(root / TABLES / "MSDM"),
    )
    return Answer(Machine(bios=Bios(uefi=uefi), security=security), reading)


def _secure_boot(root: Path) -> tuple[bool | None, Reading]:
    try:
        value = read_bytes(root / EFI / _SECURE_BOOT)[_ATTRIBUTES:]
    except SourceMissing:
        return None, Reading.OK
    except ReadingFailed as failed:
        return None, failed.reading
    return (value == b"\1" if len(value) == 1 else None), Reading.OK


def _tpm_version(root: Path) -> str | None:
    """The empty word when there is none; None when the kernel has no TPM drivers to ask."""
    try:
        chips = entries(root / TPM)
    except ReadingFailed:
        return None
    if not chips:
        return ""
    major = read_attribute(chips[0] / "tpm_version_major")  # since Linux 5.6
    described = read_attribute(chips[0] / "device/description") or ""
    old = read_attribute(chips[0] / "device/caps") or ""
    if major == "2" or described.startswith("TPM 2.0"):
        return "2.0"
    return "1.2" if major == "1" or "TCG version: 1.2" in old else None


def _has_management_engine(root: Path) -> bool | None:
    if (root / "dev/mei0").exists():
        return True
    return is_there(root / MEI / "mei0")


def read_firmware_settings(root: Path) -> Answer:
    """Whether the firmware's passwords are set, where its settings are open to the system."""
    set_by_role: dict[str, bool] = {}
    denied = False
    for kind in entries(root / SETTINGS):
        try:
            passwords = entries(kind / "authentication")
        except NotPermitted:
            denied = True
            continue
        except ReadingFailed:
            continue
        for password in passwords:
            role, is_set = (read_attribute(password / name) for name in ("role", "is_enabled"))
            if role and is_set in ("0", "1"):
                set_by_role[role] = is_set == "1"
    security = Security(
        bios_admin_password=set_by_role.get("bios-admin"),
        bios_power_on_password=set_by_role.get("power-on"),
    )
    reading = Reading.NOT_PERMITTED if denied else Reading.OK
    return Answer(Machine(security=security), reading)
