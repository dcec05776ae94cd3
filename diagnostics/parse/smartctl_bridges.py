"""Which `-d` type to ask smartctl for next, when a USB case stands in front of the disk.

smartctl knows many bridges by their USB numbers; others it looks through when told how. Types are
tried in the order of how many bridges understand them; all of them only read.
"""

import re
from collections.abc import Sequence

from diagnostics.endings import UnreadableReport
from diagnostics.parse.json_report import decoded, find
from diagnostics.parse.smart_figures import ending_of
from diagnostics.parse.smartctl_json import complaint_of, disks_of
from station.machine import Reading

ORDER = ("sat", "sat,12", "sntasmedia", "sntjmicron", "sntrealtek", "usbjmicron")
_BRIDGE = re.compile(r"USB bridge|USB to NVMe bridge", re.IGNORECASE)
_NAMED = re.compile(r"'(?:-d )?([a-z]+(?:,12)?)'")  # a type that smartctl itself proposes


def next_device_type(output_json: str, tried: Sequence[str]) -> str | None:
    """The type to try after this output; None when it was read, or no type can help."""
    try:
        report = decoded(output_json)
    except UnreadableReport:
        return None
    if _answered(report) or not (tried or _in_the_way(report)):
        return None
    complaint = complaint_of(report)
    if complaint and ending_of(complaint) is not Reading.UNREADABLE:
        return None  # closed to this account, or gone: a type changes neither
    proposed = [name for name in _NAMED.findall(complaint) if name in ORDER]
    return next((name for name in (*proposed, *ORDER) if name not in tried), None)


def _answered(report: object) -> bool:
    return any(disk.smart is Reading.OK for disk in disks_of(report))


def _in_the_way(report: object) -> bool:
    """Whether smartctl stumbled over a bridge, or saw nothing but a SCSI disk that knows no SMART.

    The latter is how a bridge looks that hides its disk; of a true SCSI disk the types are refused.
    """
    if _BRIDGE.search(complaint_of(report)):
        return True
    return find(str, report, "device", "type") == "scsi"
