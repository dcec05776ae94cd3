"""What smartctl's figures mean, whichever way it printed them: text or JSON.

Attribute ids and names: smartctl's drive database and its defaults. A name that the database gave
to something else under a usual id is believed over the id.
"""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from station.machine import Disk, Reading

NO_REPORT = 0b11  # smartctl's exit bits 0 and 1: it failed itself; higher bits speak of the disk
_COUNTED = {  # id: the field, and what its name must hold to be that figure
    10: ("spin_retries", "spin"),
    184: ("end_to_end_errors", "end-to-end"),
    187: ("reported_uncorrectable", "uncorrect"),
    196: ("reallocation_events", "reall"),
    197: ("pending", "pending"),
    198: ("uncorrectable", "unc"),
    199: ("interface_crc_errors", "crc"),
}
_SECTORS = frozenset({5, 187, 197, 198})  # what a verdict on a disk rests on
_TIMEOUTS = 188  # three counters of 16 bits in one; the lowest counts all
_LEFT_BY_VALUE = frozenset({"media_wearout_indicator", "wear_leveling_count"})
_LEFT_IN_PERCENT = re.compile(
    r"ssd_life_left|remaining_life\w*|perc\w*_life\w*_remain\w*|perc\w*_rated_life_\w*|lifetime_left"
)
_BACKWARDS = 230  # WD and SanDisk count up here, under a name that elsewhere counts down
_STATISTICS = {  # ACS device statistics that stand in where a drive has no such attribute
    "Number of Reallocated Logical Sectors": "reallocated",
    "Number of Realloc. Candidate Logical Sectors": "pending",
    "Number of Reported Uncorrectable Errors": "reported_uncorrectable",
    "Percentage Used Endurance Indicator": "percentage_used",
}
_WRITTEN = "Logical Sectors Written"
_SOLID = re.compile(r"\bssds?\b|ssd[0-9]|solid.state|nvme", re.IGNORECASE)
_OLD_STANDARD = re.compile(r"ATA/ATAPI-[4-6]\b|ATA-[1-3]\b|[1-6]$")
_SPINNING = frozenset({"spin_up_time", "spin_retry_count", "seek_error_rate"})


class Attribute(Struct, frozen=True):
    """One row of the attribute table."""

    id: int
    name: str
    value: int | None  # as the maker grades it, 100 or 200 when new
    raw: int | None  # the count that smartctl reads in the raw bytes
    low_word: int | None  # the lowest 16 bits of the raw bytes
    failed: str = ""  # now or past, where the value is or was at its threshold
    packed: bool = False  # the raw bytes hold more than the count


def attribute_fields(attributes: Iterable[Attribute]) -> dict[str, object]:
    """The table as fields of a Disk. Attributes that a drive has not stay unsaid."""
    fields: dict[str, object] = {}
    rows = tuple(attributes)
    for row in rows:
        field, stub = _COUNTED.get(row.id, ("", ""))
        if field and stub in row.name.casefold():
            fields[field] = row.raw
        elif row.id == 5 and row.name.casefold() != "not_in_use":
            fields["reallocated"] = row.raw
        elif row.id == _TIMEOUTS and "timeout" in row.name.casefold():
            fields["command_timeouts"] = row.low_word
    fields["failing_attributes"] = _ids(rows, "now")
    fields["failed_attributes"] = _ids(rows, "past")
    fields["packed_attributes"] = tuple(
        dict.fromkeys(row.id for row in rows if row.packed and row.id in _SECTORS)
    )
    return fields


def _ids(rows: Iterable[Attribute], failed: str) -> tuple[int, ...]:
    """Each once: what fails is printed twice, first in a table of its own."""
    return tuple(dict.fromkeys(row.id for row in rows if row.failed == failed))


def with_statistics(disk: Disk, statistics: Mapping[str, int]) -> Disk:
    """The disk with what its device statistics say beyond its attributes."""
    said = {
        field: statistics[name]
        for name, field in _STATISTICS.items()
        if name in statistics and getattr(disk, field) is None
    }
    if _WRITTEN in statistics and disk.data_written_bytes is None:
        said["data_written_bytes"] = statistics[_WRITTEN] * (disk.sector_bytes or 512)
    return replace(disk, **said)


def with_wear(disk: Disk, attributes: Iterable[Attribute]) -> Disk:
    """The disk with what is left of its flash: the least that any of its indicators says."""
    if disk.rotational:
        return disk
    left = [percent for row in attributes for percent in _percents_left(row) if percent <= 100]
    if disk.percentage_used is not None and disk.interface != "NVMe":
        left.append(max(0, 100 - disk.percentage_used))
    return replace(disk, wear_left_percent=min(left, default=None))


def _percents_left(row: Attribute) -> list[int]:
    """What a wear indicator says: its value, and its raw figure where that is a percentage too.

    A raw zero beside a better value is a figure that is not kept.
    """
    name = row.name.casefold()
    if row.value is None or row.id == _BACKWARDS:
        return []
    if name in _LEFT_BY_VALUE:
        return [row.value]
    if not _LEFT_IN_PERCENT.fullmatch(name):
        return []
    used_in_raw = name.startswith(("percent_lifetime_remain", "perc_rated_life"))
    return [row.value] if used_in_raw or not row.raw else [row.value, row.raw]


def rotates(
    rpm: int | None,
    interface: str | None,
    names: str,
    standard: str,
    attributes: Iterable[Attribute],
) -> bool | None:
    """Whether it rotates: as said, else by its name, its age, or because it counts a spindle.

    Only drives of ATA-8 and later can tell; those of ATA-6 (2002) and before all rotate.
    """
    if interface == "NVMe":
        return False
    if rpm is not None:
        return rpm > 1  # 1 means a drive that does not rotate (ATA8-ACS, word 217)
    if _SOLID.search(names):
        return False
    spindle = sum(row.name.casefold() in _SPINNING for row in attributes)
    return True if spindle > 1 or _OLD_STANDARD.match(standard) else None


def kind_word(rotational: bool | None, said: str | None) -> str | None:
    """The medium as hdd or ssd; where nobody knows it, what the source calls the disk."""
    return said if rotational is None else "hdd" if rotational else "ssd"


def tells_health(disk: Disk) -> bool:
    """Whether anything was said of the disk's health, good or bad."""
    said = (
        disk.smart_passed,
        disk.reallocated,
        disk.pending,
        disk.reported_uncorrectable,
        disk.wear_left_percent,
        disk.critical_warning,
        disk.grown_defects,
        disk.uncorrected_errors,
    )
    return any(figure is not None for figure in said)


def how_asking_ended(disk: Disk, complaint: str, asked: bool) -> Reading | None:
    """How asking this disk for its health ended; None when nobody asked.

    With exit bit 0 or 1 smartctl gave no report, whatever else it printed.
    """
    if disk.exit_status is not None and disk.exit_status & NO_REPORT:
        return ending_of(complaint)
    if tells_health(disk):
        return Reading.OK
    if disk.smart_available is False:
        return Reading.MISSING
    return Reading.UNREADABLE if asked else None


def ending_of(complaint: str) -> Reading:
    """Which ending smartctl's own words for a failure mean."""
    words = complaint.casefold()
    if "permission denied" in words or "operation not permitted" in words:
        return Reading.NOT_PERMITTED
    if "no such device" in words or "no such file" in words:
        return Reading.MISSING
    return Reading.UNREADABLE
