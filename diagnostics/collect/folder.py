"""A folder of raw outputs, as `resources/collectors` write it: sources like those of a machine.

A file is named by its kind: `smartctl-json-sda.json`. MANIFEST.txt has a line for each file with
its SHA-256, and one for each thing that the machine could not tell. What is absent, damaged or of
no kind that is read costs its own section only.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

from diagnostics.collect.dmi import without_batteries
from diagnostics.collect.files import entries, read_bytes
from diagnostics.collect.once import Once
from diagnostics.collect.source import Answer, Raw, Source
from diagnostics.endings import ENDINGS, ReadingFailed, SourceMissing, UnreadableReport
from diagnostics.parse import cim, wmi
from diagnostics.parse.edid import parse_edid
from diagnostics.parse.kinds import KINDS, reader
from diagnostics.parse.windows_text import decoded
from diagnostics.parse.wmi_machine import SECTIONS, WANTED, WmiReport, reading_word
from station.machine import Machine, Reading

MANIFEST = "MANIFEST.txt"
LIMIT_S = 30.0  # for a file on an old stick
_MOST_FILES = 1000
_SECTION_OF = {  # kind: the section that it speaks of; the first kinds speak first
    "cpuinfo": "cpus",
    "dmidecode-text": "system",
    "dmi-sysfs": "system",
    "android-getprop": "system",
    "meminfo": "memory",
    "smartctl-json": "smart",
    "smartctl-text": "smart",
    "lsblk-json": "storage",
    "power-supply-sysfs": "batteries",
    "powercfg-xml": "batteries",
    "upower-text": "batteries",
    "edid-bin": "displays",
    "net-sysfs": "network",
    "lspci-text": "pci",
    "lsusb-text": "usb",
    "kernel-log": "kernel_errors",
}
_WINDOWS: Mapping[str, Callable[[str], WmiReport]] = {
    "cim-json": cim.report_of,
    "wmi-dump": wmi.report_of,
}
_ORDER = (*_WINDOWS, *_SECTION_OF)
_CARD = re.compile(r"card[0-9]{1,3}-")


class NothingCollected(SourceMissing):
    """The folder holds no output of a collector: perhaps one chose another."""


@dataclass(frozen=True)
class _Manifest:
    """What the collector wrote down: hashes by file, and how the rest ended, by kind."""

    hashes: Mapping[str, str]
    missed: tuple[tuple[str, Reading], ...]


def folder_sources(folder: Path) -> tuple[Source, ...]:
    """Every file of a known kind, the best source of a fact first; NothingCollected without any."""
    names = {path.name for path in entries(folder) if path.is_file()}
    manifest = _manifest(folder)
    listed = sorted(filter(_kind_of, names | manifest.hashes.keys()), key=_place)[:_MOST_FILES]
    sources = [source for name in listed for source in _sources(folder, name, manifest)]
    unsaid = [_failed(kind, reading) for kind, reading in manifest.missed]
    if not sources and not unsaid:
        raise NothingCollected(str(folder))
    return (*sources, *unsaid)


def _kind_of(name: str) -> str:
    """The kind that a file's name begins with; "" for what nobody reads."""
    kinds = (kind for kind in _ORDER if kind in KINDS and name.startswith((f"{kind}-", f"{kind}.")))
    return max(kinds, key=len, default="")


def _place(name: str) -> tuple[int, str]:
    return _ORDER.index(_kind_of(name)), name


def _manifest(folder: Path) -> _Manifest:
    """The manifest, as far as it goes: the machine may have died while it was written."""
    try:
        lines = decoded(read_bytes(folder / MANIFEST)).splitlines()
    except ReadingFailed:
        lines = []
    rows = [row for line in lines if len(row := line.split()) == 3]
    return _Manifest(
        {name: sha256 for word, name, sha256 in rows if word == "file" and _is_plain(name)},
        tuple(
            (kind, _ending(how)) for word, kind, how in rows if word == "missed" and kind in _ORDER
        ),
    )


def _ending(word: str) -> Reading:
    """How it was missed; that it went well is no way of missing it."""
    reading = reading_word(word)
    return reading if reading in ENDINGS else Reading.UNREADABLE


def _is_plain(name: str) -> bool:
    """Whether it is a file of this folder and no path out of it."""
    return Path(name).name == name


def _sources(folder: Path, name: str, manifest: _Manifest) -> list[Source]:
    """One file's section; a dump of Windows speaks of many, and is read once."""
    kind = _kind_of(name)
    data = partial(_bytes, folder / name, manifest.hashes.get(name))
    if kind not in _WINDOWS:
        return [Source(_SECTION_OF[kind], name, partial(_answer, kind, name, data), LIMIT_S)]
    read = Once(data)
    report = Once(lambda: _WINDOWS[kind](decoded(read())))

    def ask(section: str) -> Callable[[], Answer]:
        return partial(_section, section, report, _raw_of(section, name, read))

    return [Source(section, name, ask(section), LIMIT_S) for section in SECTIONS]


def _raw_of(section: str, name: str, read: Callable[[], bytes]) -> Callable[[], tuple[Raw, ...]]:
    """The dump's words go with the section that every dump has, once."""
    return (lambda: (Raw(name, read()),)) if section == "system" else tuple


def _bytes(path: Path, sha256: str | None) -> bytes:
    """The file's bytes; one of a stick that was pulled out too early has others than promised."""
    data = read_bytes(path)
    if sha256 not in (None, "-", hashlib.sha256(data).hexdigest()):
        raise UnreadableReport(f"{path.name}: not the bytes that the collector wrote")
    return data


def _answer(kind: str, name: str, read: Callable[[], bytes]) -> Answer:
    data = read()
    raw = (Raw(name, data),)
    if kind == "edid-bin":
        connector = _CARD.sub("", Path(name).stem.removeprefix(f"{kind}-")) or None
        return Answer(Machine(displays=(parse_edid(connector, data),)), raw=raw)
    part = reader(kind)(data)
    return Answer(without_batteries(part) if kind == "dmidecode-text" else part, raw=raw)


def _section(
    section: str, report: Callable[[], WmiReport], raw: Callable[[], tuple[Raw, ...]]
) -> Answer:
    said = report()
    part, reading = SECTIONS[section](said.objects), said.reading_of(WANTED[section])
    if part == Machine() and reading is Reading.MISSING:
        raise SourceMissing(section)
    return Answer(part, reading, raw())


def _failed(kind: str, reading: Reading) -> Source:
    """What the collector could not read, as it said."""

    def fail() -> NoReturn:
        raise ENDINGS[reading](kind)

    return Source(_SECTION_OF.get(kind, "system"), kind, fail, LIMIT_S)
