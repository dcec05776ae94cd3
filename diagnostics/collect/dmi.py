"""Maker, model and serials, from the firmware's DMI tables as sysfs gives them."""

from pathlib import Path

from diagnostics.collect.files import entries, read_attributes
from diagnostics.collect.source import Answer
from diagnostics.endings import SourceMissing
from diagnostics.parse.dmi_sysfs import BIOS, BOARD, CHASSIS_FILE, DATE_FILE, SYSTEM, parse_dmi

FOLDER = "sys/class/dmi/id"


def read_dmi(root: Path) -> Answer:
    """The system's names; NOT_PERMITTED, with all other facts, when the serials are denied."""
    folder = root / FOLDER
    entries(folder)  # says why, when there is no folder to look into
    names = [*SYSTEM.values(), *BOARD.values(), *BIOS.values(), CHASSIS_FILE, DATE_FILE]
    files = read_attributes(folder, names)
    if not files.values and not files.denied:
        raise SourceMissing(str(folder))
    return Answer(parse_dmi(files.values), files.reading)
