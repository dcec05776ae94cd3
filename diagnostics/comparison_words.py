"""What a repair changed, in words: "Disk: HDD 500 GB → SSD 256 GB"."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from diagnostics.amounts import memory_amount
from diagnostics.catalogue import check_word
from diagnostics.comparison import AmountChange, Change, FieldChange, Part, PartChange
from diagnostics.finding import Finding
from diagnostics.part_words import (
    adapter_words,
    battery_health,
    cpu_words,
    disk_size,
    display_words,
    joined,
    module_words,
)
from diagnostics.wording import outcome_word, reason_word
from station.machine import Battery, Disk
from station.words import _, _c

ARROW: Final = "→"
SHORT: Final = ", "


def change_words(change: Change) -> str:
    """One change in one line."""
    match change:
        case AmountChange():
            amounts = _arrow(memory_amount(change.before), memory_amount(change.after))
            return f"{part_word(change.part)}: {amounts}"
        case PartChange():
            return f"{_name(change)}: {_part_change(change)}"
    known = change.after or change.before
    name = check_word(known.check) if known else ""
    subject = f" ({known.subject})" if known and known.subject else ""
    return f"{name}{subject}: {_arrow(_verdict(change.before), _verdict(change.after))}"


def summary_words(changes: Iterable[Change]) -> str:
    """The parts that changed, as one would tell a colleague; "" when none did."""
    parts = (change for change in changes if isinstance(change, PartChange | AmountChange))
    told = (change for change in parts if change.part is not Part.MODULE)
    return SHORT.join(change_words(change) for change in told)


def part_word(part: Part) -> str:
    """What a component is called."""
    return {
        Part.MACHINE: _("S/N of the machine"),
        Part.BOARD: _("Mainboard"),
        Part.BIOS: _("Firmware (BIOS)"),
        Part.CPU: _("Processor (CPU)"),
        Part.MEMORY: _c("part", "RAM"),
        Part.MODULE: _("Memory module"),
        Part.DISK: _c("part", "Disk"),
        Part.BATTERY: _c("part", "Battery"),
        Part.DISPLAY: _c("part", "Screen"),
        Part.NETWORK: _("Network adapter"),
    }[part]


def _name(change: PartChange) -> str:
    """Of a part that stayed, which one it is."""
    stayed = change.after if change.fields else None
    which = stayed.serial_number if isinstance(stayed, Disk | Battery) else None
    return f"{part_word(change.part)} {which}" if which else part_word(change.part)


def _part_change(change: PartChange) -> str:
    if change.fields:
        return SHORT.join(map(_field, change.fields))
    words = _WORDS[change.part]
    if change.before is None:
        return _("added: {part}").format(part=words(change.after))
    if change.after is None:
        return _("taken out: {part}").format(part=words(change.before))
    before, after = words(change.before), words(change.after)
    if before == after:  # alike, and yet another one
        before, after = f"{before} {_mark(change.before)}", f"{after} {_mark(change.after)}"
    return _arrow(before, after)


def _mark(part: Any) -> str:
    return str(getattr(part, "serial_number", None) or "?")


def _field(change: FieldChange) -> str:
    values = _arrow(_value(change.before), _value(change.after))
    named = _fields().get(change.name, "{values}")
    return named.format(values=values)


def _fields() -> dict[str, str]:
    return {
        "smart_passed": _("its own word: {values}"),
        "reallocated": _("reallocated sectors: {values}"),
        "pending": _("pending sectors: {values}"),
        "uncorrectable": _("uncorrectable sectors: {values}"),
        "media_errors": _("media errors: {values}"),
        "wear_left_percent": _("life left in %: {values}"),
        "percentage_used": _("life used in %: {values}"),
        "firmware": _("its firmware: {values}"),
        "health_percent": _("holds in %: {values}"),
    }


def _value(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return _c("disk", "healthy") if value else _c("disk", "FAILING")
    return str(value)


def _verdict(finding: Finding | None) -> str:
    if finding is None:
        return _c("verdict", "not tested")
    reasons = SHORT.join(map(reason_word, finding.reasons))
    verdict = outcome_word(finding.outcome)
    return f"{verdict} ({reasons})" if reasons else verdict


def _arrow(before: str, after: str) -> str:
    return f"{before or '?'} {ARROW} {after or '?'}"


def _battery(battery: Battery) -> str:
    health = battery_health(battery)
    known = joined(battery.manufacturer, battery.model)
    return known if health is None else _("holds {percent} %").format(percent=health)


_WORDS: Final[dict[Part, Callable[[Any], str]]] = {
    Part.MACHINE: lambda system: joined(system.serial_number),
    Part.BOARD: lambda board: joined(board.manufacturer, board.model, board.serial_number),
    Part.BIOS: lambda bios: joined(bios.version),
    Part.CPU: cpu_words,
    Part.MODULE: module_words,
    Part.DISK: disk_size,
    Part.BATTERY: _battery,
    Part.DISPLAY: display_words,
    Part.NETWORK: adapter_words,
}
