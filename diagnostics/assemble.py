"""One machine out of what its sources said. Where two speak of the same, the earlier one wins."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any, TypeVar

import msgspec

from station.machine import Battery, Cpu, Disk, Display, Fact, Machine, NetworkAdapter

T = TypeVar("T", bound=Fact)
Key = Callable[[int, Any], object]

_KEYS: dict[type[Fact], Key] = {  # by what two sources name the same thing; others are not joined
    Cpu: lambda place, _cpu: place,
    Disk: lambda place, disk: disk.name or disk.serial_number or place,
    Battery: lambda place, battery: battery.name or battery.serial_number or place,
    Display: lambda place, display: display.connector or place,
    NetworkAdapter: lambda place, adapter: adapter.name or adapter.mac or place,
}


def assemble(parts: Iterable[Machine]) -> Machine:
    """Every part's facts in one machine; only contradictions are lost."""
    return reduce(_joined, parts, Machine())


def _joined(first: T, second: T) -> T:
    """Both, field by field."""
    changes = {
        name: _both(getattr(first, name), getattr(second, name))
        for name in first.__struct_fields__
        if getattr(second, name) != getattr(first, name)
    }
    return msgspec.structs.replace(first, **changes) if changes else first


def _both(first: Any, second: Any) -> Any:
    if isinstance(first, Fact) and isinstance(second, Fact):
        return _joined(first, second)
    if isinstance(first, tuple) and isinstance(second, tuple):
        return _lists(first, second)
    return second if first is None else first


def _lists(first: Sequence[Any], second: Sequence[Any]) -> tuple[Any, ...]:
    """Things with a name joined by it; of other lists, the first that holds anything."""
    if not first or not second:
        return tuple(first or second)
    key = _KEYS.get(type(first[0]))
    if key is None:
        return tuple(first)
    if len(first) == len(second) == 1 and 0 in (key(0, first[0]), key(0, second[0])):
        return (_joined(first[0], second[0]),)  # one that nobody named, and the only one there is
    found = {key(place, thing): thing for place, thing in enumerate(_told_apart(first, second))}
    for place, thing in enumerate(second):
        name = key(place, thing)
        found[name] = _joined(found[name], thing) if name in found else thing
    return tuple(found.values())


def _told_apart(first: Sequence[Any], second: Sequence[Any]) -> Sequence[Any]:
    """The first source's things without nameless batteries that the second one names.

    Windows hides serial numbers from a plain user, and powercfg tells them: where powercfg tells of
    as many or more, a nameless battery is one of them, and nobody knows which.
    """
    if not isinstance(first[0], Battery) or len(second) < len(first):
        return first
    if not any(map(_is_named, second)):  # they are told apart by their places, if at all
        return first
    return list(filter(_is_named, first))


def _is_named(battery: Battery) -> bool:
    return bool(battery.name or battery.serial_number)
