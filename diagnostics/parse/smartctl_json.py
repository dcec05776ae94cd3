"""A disk and its health, from `smartctl --json`."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from diagnostics.endings import UnreadableReport
from diagnostics.parse.disk_makers import maker_of
from diagnostics.parse.json_report import count, decoded, find, items
from diagnostics.parse.smart_figures import (
    Attribute,
    attribute_fields,
    how_asking_ended,
    kind_word,
    rotates,
    tells_health,
    with_statistics,
    with_wear,
)
from diagnostics.parse.smartctl_selftest import latest_passed
from station.machine import Disk, Machine
from station.placeholders import fact

_NODE = re.compile(r"/dev/([a-z]+[0-9a-z]*)")
_SHARED = re.compile(r"megaraid|cciss|3ware|areca|aacraid|hpt|sssraid")  # many behind one node
_BRIDGED = re.compile(r"usb|snt")  # how the `-d` types of bridges begin
_HEALTH = re.compile(r"-[a-z]*[axAH][a-zA-Z]*|--(x?all|health|attributes)")
_LEADING = re.compile(r"[0-9]{1,18}(?![0-9xX])")
_KB_UNITS = 512_000  # NVMe counts written data in thousands of 512 bytes
_ENABLED, _LOCKED, _FROZEN = 0x02, 0x04, 0x08  # ATA IDENTIFY, word 128


def parse_smartctl_json(text: str) -> Machine:
    """Read one report, or a list of them; bytes of health that nobody said stay None."""
    report = decoded(text)
    disks = disks_of(report)
    if not disks:
        raise UnreadableReport(f"smartctl named no disk: {complaint_of(report) or 'no report'}")
    return Machine(storage=disks)


def disks_of(report: Any) -> tuple[Disk, ...]:
    """The disks of a decoded report; none where smartctl came to know none."""
    reports = report if isinstance(report, list) else [report]
    return tuple(disk for one in reports if isinstance(one, dict) and (disk := _disk(one)))


def version_of(report: Any) -> str:
    """The version of smartctl, such as 7.3; "" when it does not say."""
    numbers = find(list, report, "smartctl", "version") or []
    return ".".join(str(number) for number in numbers if type(number) is int)


def complaint_of(report: Any) -> str:
    """What smartctl said went wrong, in its own words; "" when nothing did."""
    said = (find(str, message, "string") for message in items(report, "smartctl", "messages"))
    return "; ".join(words for words in said if words)


def _disk(report: dict[str, Any]) -> Disk | None:
    """The disk of one report; None when neither a name nor a word of its health came through."""
    attributes = tuple(_attributes(report))
    figures = {"pending": _pending(report), **attribute_fields(attributes)}
    disk = replace(_named(report, attributes), **figures, **_health(report))
    disk = with_wear(with_statistics(disk, _statistics(report)), attributes)
    if not (disk.model or disk.serial_number or disk.capacity_bytes or tells_health(disk)):
        return None
    asked = any(
        _HEALTH.fullmatch(str(word)) for word in find(list, report, "smartctl", "argv") or ()
    )
    return replace(disk, smart=how_asking_ended(disk, complaint_of(report), asked))


def _named(report: dict[str, Any], attributes: tuple[Attribute, ...]) -> Disk:
    model = _first(report, "model_name", "scsi_model_name", "product", "scsi_product")
    family = find(str, report, "model_family")
    interface = _interface(report)
    rpm = count(report, "rotation_rate")
    standard = find(str, report, "ata_version", "string") or ""
    rotational = rotates(rpm, interface, f"{model} {family}", standard, attributes)
    kind = find(str, report, "device", "type") or ""
    node = _NODE.fullmatch(find(str, report, "device", "name") or "")
    return Disk(
        name=node[1] if node and not _SHARED.search(kind) else None,
        model=model,
        manufacturer=maker_of(
            model,
            _first(report, "vendor", "scsi_vendor"),
            family,
            find(str, report, "ata_additional_product_id"),
        ),
        serial_number=_first(report, "serial_number"),
        wwn=_wwn(report),
        firmware=_first(report, "firmware_version", "revision", "scsi_revision"),
        capacity_bytes=_capacity(report),
        sector_bytes=count(report, "logical_block_size"),
        rotational=rotational,
        rotation_rpm=rpm,
        interface=interface,
        device_type=kind_word(rotational, find(str, report, "device_type", "name")),
        form_factor=fact(find(str, report, "form_factor", "name")),
        bridge=kind if _BRIDGED.match(kind) else None,
        usb_bridged=True if _BRIDGED.match(kind) else None,
    )


def _first(report: dict[str, Any], *keys: str) -> str | None:
    """The first of these keys that says something."""
    return next((said for key in keys if (said := fact(find(str, report, key)))), None)


def _interface(report: dict[str, Any]) -> str | None:
    """The protocol as smartctl names it; ATA drives that speak of SATA are SATA."""
    if "sata_version" in report:
        return "SATA"
    return fact(find(str, report, "device", "protocol"))


def _wwn(report: dict[str, Any]) -> str | None:
    """The wide name as udev writes it: 0x5000..., and eui.0025... of an NVMe's first namespace."""
    naa, oui, own = (count(report, "wwn", part) for part in ("naa", "oui", "id"))
    if naa is not None and oui is not None and own is not None:
        return fact(f"0x{naa:x}{oui:06x}{own:09x}")
    unit = find(str, report, "logical_unit_id")
    if unit:
        return fact(unit)
    for namespace in items(report, "nvme_namespaces"):
        oui, own = count(namespace, "eui64", "oui"), count(namespace, "eui64", "ext_id")
        return None if oui is None or own is None else fact(f"eui.{oui:06x}{own:010x}")
    return None


def _capacity(report: dict[str, Any]) -> int | None:
    namespaces = [count(one, "size", "bytes") for one in items(report, "nvme_namespaces")]
    return (
        count(report, "user_capacity", "bytes")
        or count(report, "nvme_total_capacity")
        or next((size for size in namespaces if size), None)
    )


def _attributes(report: dict[str, Any]) -> Iterator[Attribute]:
    for row in items(report, "ata_smart_attributes", "table"):
        number, bits = count(row, "id"), count(row, "raw", "value")
        if number is not None:
            raw = _leading(find(str, row, "raw", "string"), bits)
            yield Attribute(
                id=number,
                name=find(str, row, "name") or "",
                value=count(row, "value"),
                raw=raw,
                low_word=None if bits is None else bits & 0xFFFF,
                failed=find(str, row, "when_failed") or "",
                packed=bits != raw,
            )


def _leading(decoded_raw: str | None, bits: int | None) -> int | None:
    """What smartctl decoded counts; makers pack other figures into the upper raw bytes.

    A decoding that names no further figures and still differs is a contradiction: the worse of
    both is believed.
    """
    if decoded_raw is None:
        return bits
    number = _LEADING.match(decoded_raw.strip())
    if number is None:
        return None
    alone = number[0] == decoded_raw.strip()
    return max(int(number[0]), bits or 0) if alone else int(number[0])


def _health(report: dict[str, Any]) -> dict[str, Any]:
    """All that is not in the attribute table."""
    log = find(dict, report, "nvme_smart_health_information_log") or {}
    units = count(log, "data_units_written")
    return {
        "smart_available": find(bool, report, "smart_support", "available"),
        "smart_enabled": find(bool, report, "smart_support", "enabled"),
        "smart_passed": find(bool, report, "smart_status", "passed"),
        "exit_status": count(report, "smartctl", "exit_status"),
        "power_on_hours": _or(
            count(report, "power_on_time", "hours"), count(log, "power_on_hours")
        ),
        "power_cycles": _or(count(report, "power_cycle_count"), count(log, "power_cycles")),
        "temperature_c": _temperature(report),
        "percentage_used": _percentage_used(report),
        "available_spare_percent": count(log, "available_spare"),
        "available_spare_threshold_percent": count(log, "available_spare_threshold"),
        "critical_warning": count(log, "critical_warning"),
        "media_errors": count(log, "media_errors"),
        "unsafe_shutdowns": count(log, "unsafe_shutdowns"),
        "error_log_entries": _logged_errors(report),
        "data_written_bytes": units * _KB_UNITS if units is not None else _scsi_written(report),
        "grown_defects": count(report, "scsi_grown_defect_list"),
        "uncorrected_errors": _scsi_uncorrected(report),
        "self_test_passed": latest_passed(report),
        **_security(report),
    }


def _or(first: int | None, second: int | None) -> int | None:
    return second if first is None else first


def _temperature(report: dict[str, Any]) -> int | None:
    """Degrees Celsius; zero beside a limit of zero was measured by nobody."""
    now = find(int, report, "temperature", "current")
    if now == 0 and find(int, report, "temperature", "drive_trip") == 0:
        return None
    return now if now is not None and -100 < now < 200 else None


def _percentage_used(report: dict[str, Any]) -> int | None:
    used = (
        count(report, "nvme_smart_health_information_log", "percentage_used"),
        count(report, "endurance_used", "current_percent"),
        count(report, "scsi_percentage_used_endurance_indicator"),
    )
    return next((percent for percent in used if percent is not None), None)


def _logged_errors(report: dict[str, Any]) -> int | None:
    """Of NVMe all that were ever counted, of ATA what its error log counts."""
    logs = (
        count(report, "nvme_smart_health_information_log", "num_err_log_entries"),
        count(report, "ata_smart_error_log", "extended", "count"),
        count(report, "ata_smart_error_log", "summary", "count"),
    )
    return next((number for number in logs if number is not None), None)


def _pending(report: dict[str, Any]) -> int | None:
    """The list of sectors that wait to be read again, where the drive keeps one."""
    listed = count(report, "ata_pending_defects_log", "count")
    return count(report, "scsi_pending_defects", "count") if listed is None else listed


def _scsi_uncorrected(report: dict[str, Any]) -> int | None:
    errors = [
        count(report, "scsi_error_counter_log", action, "total_uncorrected_errors")
        for action in ("read", "write", "verify")
    ]
    said = [number for number in errors if number is not None]
    return sum(said) if said else None


def _scsi_written(report: dict[str, Any]) -> int | None:
    """Written as text, in units of 10^9 bytes: 86472.611."""
    said = find(str, report, "scsi_error_counter_log", "write", "gigabytes_processed") or ""
    number = re.fullmatch(r"([0-9]{1,9})[.,]([0-9]{3})", said)
    return (int(number[1]) * 1000 + int(number[2])) * 10**6 if number else None


def _security(report: dict[str, Any]) -> dict[str, bool | None]:
    state = count(report, "ata_security", "state")
    if state is None:
        return {}
    return {
        "security_enabled": bool(state & _ENABLED),
        "security_locked": bool(state & _LOCKED),
        "security_frozen": bool(state & _FROZEN),
    }


def _statistics(report: dict[str, Any]) -> dict[str, int]:
    """The valid device statistics by name."""
    said = {}
    for page in items(report, "ata_device_statistics", "pages"):
        for row in items(page, "table"):
            name, value = find(str, row, "name"), count(row, "value")
            if name and value is not None and find(bool, row, "flags", "valid") is not False:
                said[name] = value
    return said


def facts_of(data: bytes) -> Machine:
    """The facts of what `smartctl --json` printed."""
    return parse_smartctl_json(data.decode("utf-8", "replace"))
