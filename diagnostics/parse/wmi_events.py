"""Hardware errors in Windows' log of events since the start: how many of which kind."""

from collections import Counter

from diagnostics.parse.wmi_object import Objects
from station.machine import KernelErrors, Machine

EVENTS = "StationEvents"  # no class of WMI's: our collectors count the log by source and number
CLASSES = {EVENTS: ("Source", "Id", "Count")}
_WHEA = "Microsoft-Windows-WHEA-Logger"
KINDS = {  # source and number of the event: field
    (_WHEA, 17): "pcie",
    (_WHEA, 18): "machine_checks_uncorrected",
    (_WHEA, 19): "machine_checks",
    (_WHEA, 20): "machine_checks_uncorrected",
    (_WHEA, 47): "memory_corrected",
    ("disk", 7): "disk_io",  # a bad block
    ("disk", 11): "disk_io",  # the controller's
    ("disk", 51): "disk_io",  # while paging
    ("disk", 153): "disk_io",  # tried again
    ("storahci", 129): "ata",  # a reset
    ("stornvme", 129): "nvme",
    ("Display", 4101): "gpu",  # the driver was started anew
}


def kernel_errors(objects: Objects) -> Machine:
    """Zero of a kind when the log was read and has none; nothing where it was not read."""
    if EVENTS not in objects:
        return Machine()
    counted = Counter(dict.fromkeys(KINDS.values(), 0))
    for said in objects[EVENTS]:
        kind = KINDS.get((said.said("Source"), said.whole("Id") or 0))
        if kind is not None:
            counted[kind] += said.whole("Count") or 0
    return Machine(kernel_errors=KernelErrors(**counted))
