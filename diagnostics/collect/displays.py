"""The connected screens, from /sys/class/drm."""

from pathlib import Path

from diagnostics.collect.files import entries, read_attribute, read_bytes
from diagnostics.collect.source import Answer, Raw
from diagnostics.endings import ReadingFailed, SourceMissing
from diagnostics.parse.edid import parse_edid
from station.machine import Display, Machine, Reading

FOLDER = "sys/class/drm"


def read_displays(root: Path) -> Answer:
    """Every connected screen; without a readable EDID it is still a screen."""
    displays: list[Display] = []
    raw: list[Raw] = []
    reading = Reading.OK
    for folder in entries(root / FOLDER):
        if read_attribute(folder / "status") != "connected":
            continue
        try:
            displays.append(_read_display(folder, raw))
        except ReadingFailed as failed:
            reading = failed.reading
            displays.append(Display(connector=_connector(folder)))
    return Answer(Machine(displays=tuple(displays)), reading, tuple(raw))


def _read_display(folder: Path, raw: list[Raw]) -> Display:
    """Through a bad cable or switch a screen gives an empty EDID: it did not say."""
    try:
        data = read_bytes(folder / "edid")
    except SourceMissing:
        data = b""
    if not data:
        return Display(connector=_connector(folder))
    raw.append(Raw(f"edid-bin-{folder.name}.bin", data))
    return parse_edid(_connector(folder), data)


def _connector(folder: Path) -> str:
    """The eDP-1 of card0-eDP-1."""
    return folder.name.partition("-")[2]
