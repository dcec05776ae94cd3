"""Files of /sys/class/power_supply as text: uevent files, or folders of one-line files as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from diagnostics.endings import UnreadableReport

_PREFIX = "POWER_SUPPLY_"
_NAME = "name"
_MOST = 64  # supplies; a server has a dozen

Properties = Mapping[str, str]


def parse_uevent(text: str) -> dict[str, str]:
    """The properties of one power supply, named as its sysfs files are."""
    properties: dict[str, str] = {}
    for key, value in _properties(text):
        properties.setdefault(key, value)
    if not properties:
        raise UnreadableReport("no power supply in uevent")
    return properties


def supplies_of(text: str) -> dict[str, Properties]:
    """Each supply's properties by its name; raises UnreadableReport where there is none."""
    supplies = _from_json(text) if text.lstrip().startswith("{") else _from_uevents(text)
    if not supplies or len(supplies) > _MOST:
        raise UnreadableReport("no power supplies in this file")
    return supplies


def _properties(text: str) -> list[tuple[str, str]]:
    lines = (line.partition("=") for line in text.splitlines() if line.startswith(_PREFIX))
    return [(key.removeprefix(_PREFIX).lower(), value) for key, _, value in lines]


def _from_uevents(text: str) -> dict[str, Properties]:
    """One uevent, or several one below the other: a property that comes again begins the next."""
    supplies: list[dict[str, str]] = [{}]
    for key, value in _properties(text):
        if key in supplies[-1]:
            supplies.append({})
        supplies[-1][key] = value
    return {said.get(_NAME, str(place)): said for place, said in enumerate(supplies) if said}


def _from_json(text: str) -> dict[str, Properties]:
    """The files of one supply by name, or of several by folder."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport("no JSON of power supplies") from error
    folders = {name: files for name, files in said.items() if isinstance(files, dict)}
    supplies = {name: _files(files) for name, files in (folders or {"": said}).items()}
    return {name: properties for name, properties in supplies.items() if properties}


def _files(files: Mapping[str, Any]) -> dict[str, str]:
    """What the files say; the uevent beside them was read at another moment and fills gaps."""
    lines = {key: value for key, value in files.items() if isinstance(value, str)}
    uevent = dict(_properties(lines.pop("uevent", "")))
    return {**uevent, **lines}
