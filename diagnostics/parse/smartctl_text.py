"""A disk and its health, from what `smartctl` prints for people.

Numbers are grouped as the language of the machine does: 1,000,204 or 1.000.204 or 1 000 204.
"""

import re
from typing import Any

from msgspec.structs import replace

from diagnostics.endings import UnreadableReport
from diagnostics.parse.disk_makers import maker_of
from diagnostics.parse.smart_figures import (
    attribute_fields,
    how_asking_ended,
    kind_word,
    rotates,
    tells_health,
    with_statistics,
    with_wear,
)
from diagnostics.parse.smartctl_printed import SUPPORT, Printed, grouped, taken_apart
from diagnostics.parse.smartctl_selftest import SelfTest
from station.machine import Disk, Machine
from station.placeholders import fact

_HEX_NAME = re.compile(r"(?:0x)?([0-9a-f]{16,32})")
_WIDE_NAMES = {"lu wwn device id": "0x", "logical unit id": "0x", "namespace 1 ieee eui-64": "eui."}
_OLD_SCSI = re.compile(r"(.*?)\s+Version:\s*(\S*)\s*")
_STATUS_BYTE = re.compile(r"\(\s*([0-9]{1,3})\)")
_HOURS = re.compile(r"minutes ([0-9]{1,8}):[0-9]{1,2}")
_LONGEST_LIFE_H = 24 * 366 * 60  # a drive that claims more counts something else than hours
_UNITS_BYTES = 512_000  # NVMe counts written data in thousands of 512 bytes
_SCSI_COLUMNS = 7  # of the error counter log
_TEMPERATURES = (194, 190)


def parse_smartctl_text(text: str) -> Machine:
    """Read one print-out of smartctl; figures that it does not hold stay None."""
    printed = taken_apart(text)
    disk = _disk(printed)
    if not (disk.model or disk.serial_number or disk.capacity_bytes or tells_health(disk)):
        raise UnreadableReport(f"smartctl named no disk: {'; '.join(printed.complaints[:3])}")
    return Machine(storage=(disk,))


def _disk(printed: Printed) -> Disk:
    disk = replace(_named(printed), **attribute_fields(printed.attributes), **_health(printed))
    disk = with_wear(with_statistics(disk, printed.statistics), printed.attributes)
    return replace(disk, smart=how_asking_ended(disk, "; ".join(printed.complaints), printed.asked))


def _named(printed: Printed) -> Disk:
    said = printed.said
    old = _OLD_SCSI.fullmatch(said.get("device", ""))
    model = _first(said, "device model", "model number", "product") or (
        fact(old[1]) if old else None
    )
    family, interface = said.get("model family"), _interface(said)
    rpm = _rpm(said.get("rotation rate"))
    standard = said.get("ata standard is", said.get("ata version is", ""))
    rotational = rotates(rpm, interface, f"{model} {family}", standard, printed.attributes)
    return Disk(
        model=model,
        manufacturer=maker_of(model, said.get("vendor"), family, said.get("add. product id")),
        serial_number=_first(said, "serial number"),
        wwn=_wwn(said),
        firmware=_first(said, "firmware version", "revision") or (fact(old[2]) if old else None),
        capacity_bytes=_number(
            said,
            "user capacity",
            "namespace 1 size/capacity",
            "namespace 1 size",
            "total nvm capacity",
        )
        or None,
        sector_bytes=_number(
            said,
            "sector size",
            "sector sizes",
            "logical block size",
            "namespace 1 formatted lba size",
        ),
        rotational=rotational,
        rotation_rpm=rpm,
        interface=interface,
        device_type=kind_word(rotational, _first(said, "device type")),
        form_factor=_first(said, "form factor"),
    )


def _first(said: dict[str, str], *keys: str) -> str | None:
    return next((text for key in keys if (text := fact(said.get(key)))), None)


def _interface(said: dict[str, str]) -> str | None:
    """What the drive speaks: ATA drives that speak of SATA are SATA."""
    transport = said.get("transport protocol")
    if transport:
        return fact(transport.split("(")[0])
    if "sata version is" in said:
        return "SATA"
    if "device model" in said or "ata version is" in said:
        return "ATA"
    if "nvme version" in said or "model number" in said or "percentage used" in said:
        return "NVMe"
    return "SCSI" if "product" in said or "device" in said else None


def _rpm(text: str | None) -> int | None:
    if text is None:
        return None
    return 0 if "solid state" in text.casefold() else grouped(text)


def _wwn(said: dict[str, str]) -> str | None:
    """The wide name as udev writes it: 0x5000..., and eui.0025... of NVMe."""
    for key, start in _WIDE_NAMES.items():
        name = _HEX_NAME.fullmatch(said.get(key, "").replace(" ", "").casefold())
        if name:
            return fact(start + name[1])
    return None


def _number(said: dict[str, str], *keys: str) -> int | None:
    return next((n for key in keys if (n := grouped(said.get(key, ""))) is not None), None)


def _health(printed: Printed) -> dict[str, Any]:
    """All that is not in the attribute table."""
    said = printed.said
    units = _number(said, "data units written")
    support = said.get(SUPPORT, "")
    return {
        "smart_available": _either(support, "Available", "Unavailable"),
        "smart_enabled": _either(support, "Enabled", "Disabled"),
        "smart_passed": _passed(said),
        "power_on_hours": _hours(printed),
        "power_cycles": _or(_number(said, "power cycles"), _raw(printed, 12)),
        "temperature_c": _temperature(printed),
        "percentage_used": _number(said, "percentage used", "percentage used endurance indicator"),
        "available_spare_percent": _number(said, "available spare"),
        "available_spare_threshold_percent": _number(said, "available spare threshold"),
        "critical_warning": _hexadecimal(said.get("critical warning", "")),
        "media_errors": _number(said, "media and data integrity errors"),
        "unsafe_shutdowns": _number(said, "unsafe shutdowns"),
        "error_log_entries": _logged_errors(printed),
        "data_written_bytes": units * _UNITS_BYTES if units is not None else _scsi_written(said),
        "grown_defects": _number(said, "elements in grown defect list"),
        "uncorrected_errors": _scsi_uncorrected(said),
        "self_test_passed": _self_test(printed),
        **_security(said.get("ata security is", "")),
    }


def _or(first: int | None, second: int | None) -> int | None:
    return second if first is None else first


def _either(text: str, yes: str, no: str) -> bool | None:
    words = text.split()
    return True if yes in words else False if no in words else None


def _passed(said: dict[str, str]) -> bool | None:
    """The drive's overall word: PASSED or OK, or anything else, which is a failure."""
    overall = said.get("smart overall-health self-assessment test result")
    word = said.get("smart health status") if overall is None else overall
    if not word:
        return None
    return word.split()[0].rstrip("!") in {"PASSED", "OK"}


def _raw(printed: Printed, number: int) -> int | None:
    return next((row.raw for row in printed.attributes if row.id == number), None)


def _hours(printed: Printed) -> int | None:
    scsi = _HOURS.search(printed.said.get("accumulated power on time, hours", ""))
    hours = int(scsi[1]) if scsi else _or(_number(printed.said, "power on hours"), _raw(printed, 9))
    return hours if hours is not None and hours <= _LONGEST_LIFE_H else None


def _temperature(printed: Printed) -> int | None:
    """Degrees Celsius; zero beside a limit of zero was measured by nobody."""
    said = printed.said
    if "current drive temperature" in said:
        now, trip = (
            _number(said, "current drive temperature"),
            _number(said, "drive trip temperature"),
        )
        return None if now == trip == 0 else now
    by_attribute = (_raw(printed, number) for number in _TEMPERATURES)
    own = _number(said, "temperature", "current temperature")
    degrees = next((raw for raw in by_attribute if raw is not None), own)
    return degrees if degrees is not None and degrees < 200 else own


def _hexadecimal(text: str) -> int | None:
    return int(text, 16) if re.fullmatch(r"0x[0-9a-fA-F]{1,4}", text) else None


def _logged_errors(printed: Printed) -> int | None:
    """Of NVMe all that were ever counted, of ATA what its error log counts."""
    counted = _number(
        printed.said, "error information log entries", "device error count", "ata error count"
    )
    return 0 if counted is None and printed.no_errors else counted


def _scsi_cells(said: dict[str, str], action: str) -> list[str]:
    cells = said.get(action, "").split()
    return cells if len(cells) == _SCSI_COLUMNS else []


def _scsi_uncorrected(said: dict[str, str]) -> int | None:
    rows = [_scsi_cells(said, action) for action in ("read", "write", "verify")]
    errors = [grouped(row[-1]) for row in rows if row]
    known = [number for number in errors if number is not None]
    return sum(known) if known else None


def _scsi_written(said: dict[str, str]) -> int | None:
    """In units of 10^9 bytes with three decimals, whose point may be a comma."""
    cells = _scsi_cells(said, "write")
    number = re.fullmatch(r"([0-9]{1,9})[.,]([0-9]{3})", cells[5]) if cells else None
    return (int(number[1]) * 1000 + int(number[2])) * 10**6 if number else None


def _self_test(printed: Printed) -> bool | None:
    """Whether the latest self-test that ran to its end passed."""
    ended = [test for test in printed.tests if test in (SelfTest.PASSED, SelfTest.FAILED)]
    if ended:
        return ended[0] is SelfTest.PASSED
    status = _STATUS_BYTE.match(printed.said.get("self-test execution status", ""))
    return False if status and 3 <= int(status[1]) >> 4 <= 8 else None


def _security(words: str) -> dict[str, bool | None]:
    if not words.startswith(("Disabled", "ENABLED")):
        return {}
    return {
        "security_enabled": words.startswith("ENABLED"),
        "security_locked": "**LOCKED**" in words,
        "security_frozen": "frozen" in words and "not frozen" not in words,
    }


def facts_of(data: bytes) -> Machine:
    """The facts of what `smartctl` printed."""
    return parse_smartctl_text(data.decode("utf-8", "replace"))
