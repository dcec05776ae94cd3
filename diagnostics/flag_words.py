"""What is only said by yes, no or a count: locks, logged errors, the state of a tablet."""

from collections.abc import Iterator

from diagnostics.amounts import disk_amount
from station.machine import Fact, KernelErrors, Security, Tablet
from station.words import _, _c

Pairs = Iterator[tuple[str, str]]


def security_flags(security: Security) -> Pairs:
    """What holds the machine to an owner, and what a system trusts it by."""
    return _flags(
        security,
        {
            "secure_boot": _("Secure Boot"),
            "bios_admin_password": _("Administrator's BIOS password"),
            "bios_power_on_password": _("BIOS password at power-on"),
            "computrace": _("Absolute (Computrace)"),
            "amt": _("Remote management (Intel AMT)"),
            "domain_joined": _("Belongs to a company's directory"),
            "mdm_enrolled": _("Managed by a company (MDM)"),
            "disk_encrypted": _("Disk encrypted"),
            "windows_key_in_firmware": _("Windows key in the firmware"),
        },
    )


def error_flags(errors: KernelErrors) -> Pairs:
    """How many lines of the system's log name hardware errors; kinds without any are left out."""
    named = {
        "machine_checks": _("Machine checks"),
        "machine_checks_uncorrected": _("Machine checks, uncorrected"),
        "pcie": _("PCIe errors"),
        "pcie_uncorrected": _("PCIe errors, uncorrected"),
        "disk_io": _("Disk read and write errors"),
        "ata": _("SATA errors"),
        "nvme": _("NVMe errors"),
        "memory_corrected": _("Memory errors, corrected"),
        "memory_uncorrected": _("Memory errors, uncorrected"),
        "thermal": _("Overheating"),
        "gpu": _("Graphics errors"),
        "usb": _("USB errors"),
    }
    counts = {field: getattr(errors, field) for field in named}
    if any(counts.values()):
        yield from ((named[field], str(count)) for field, count in counts.items() if count)
    elif any(count is not None for count in counts.values()):
        yield _("Logged errors"), _c("errors", "none")


def tablet_flags(tablet: Tablet) -> Pairs:
    """What an Android device says of itself."""
    yield _("Android"), tablet.android_version or ""
    yield _("Security patch"), tablet.security_patch or ""
    yield _("Storage"), disk_amount(tablet.storage_bytes) if tablet.storage_bytes else ""
    free = tablet.storage_free_bytes
    yield _("Free storage"), disk_amount(free) if free else ""
    yield _("Signed-in accounts"), "" if tablet.accounts is None else str(tablet.accounts)
    yield from _flags(
        tablet,
        {
            "provisioned": _("Set up"),
            "bootloader_locked": _("Bootloader locked"),
            "screen_lock": _("Screen lock"),
        },
    )


def _flags(fact: Fact, names: dict[str, str]) -> Pairs:
    return ((name, _yes_or_no(getattr(fact, field))) for field, name in names.items())


def _yes_or_no(said: bool | None) -> str:
    if said is None:
        return ""
    return _c("answer", "yes") if said else _c("answer", "no")
