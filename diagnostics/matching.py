"""Which part of one report is which part of another: by what marks it, never by its place."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from station.machine import Battery, Disk, Fact, MemoryModule, NetworkAdapter

T = TypeVar("T", bound=Fact)
Same = Callable[[T, T], bool]


class Matched(Struct, Generic[T], frozen=True):
    """The same part twice, a part in the place of another, and parts of one report only."""

    same: tuple[tuple[T, T], ...]
    swapped: tuple[tuple[T, T], ...]
    gone: tuple[T, ...]
    come: tuple[T, ...]


def match(before: Sequence[T], after: Sequence[T], rules: Sequence[Same[T]]) -> Matched[T]:
    """Pair the parts by the first rule that holds; the rest, one for one, took each other's place.

    A rule pairs each part once, so that two alike modules stay two.
    """
    left, right, pairs = list(before), list(after), []
    for same in rules:
        for one in tuple(left):
            other = next((part for part in right if same(one, part)), None)
            if other is not None:
                pairs.append((one, other))
                _take(left, one)
                _take(right, other)
    swapped = tuple(zip(left, right, strict=False))
    return Matched(tuple(pairs), swapped, tuple(left[len(right) :]), tuple(right[len(left) :]))


def same_disk(one: Disk, other: Disk) -> bool:
    """The same serial number or WWN."""
    return _told_alike(one.serial_number, other.serial_number) or _told_alike(one.wwn, other.wwn)


def alike_disk(one: Disk, other: Disk) -> bool:
    """Where one report could read no mark, as much as both say: model and size."""
    marks = (one.serial_number, other.serial_number)
    alike = (one.model, one.capacity_bytes) == (other.model, other.capacity_bytes)
    return None in marks and one.capacity_bytes is not None and alike


def same_battery(one: Battery, other: Battery) -> bool:
    """The same serial number."""
    return _told_alike(one.serial_number, other.serial_number)


def alike_battery(one: Battery, other: Battery) -> bool:
    """Many packs carry no serial number: the same model in the same bay, of the same design."""
    marks = (one.serial_number, other.serial_number)
    return None in marks and _pack(one) == _pack(other)


def same_module(one: MemoryModule, other: MemoryModule) -> bool:
    """The same serial number and part; makers count serial numbers for each part anew."""
    alike = one.part_number == other.part_number
    return alike and _told_alike(one.serial_number, other.serial_number)


def alike_module(one: MemoryModule, other: MemoryModule) -> bool:
    """Without a mark, the same module in the same slot."""
    marks = (one.serial_number, other.serial_number)
    return None in marks and _module(one) == _module(other)


def same_adapter(one: NetworkAdapter, other: NetworkAdapter) -> bool:
    """The same address."""
    return _told_alike(one.mac, other.mac)


def alike_adapter(one: NetworkAdapter, other: NetworkAdapter) -> bool:
    """Where one report could read no address, the same model of the same kind."""
    alike = (one.wireless, one.model) == (other.wireless, other.model)
    return None in (one.mac, other.mac) and alike


def _told_alike(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.casefold() == other.casefold()


def _pack(battery: Battery) -> tuple[object, ...]:
    return battery.name, battery.model, battery.design_capacity_mwh, battery.design_capacity_mah


def _module(module: MemoryModule) -> tuple[object, ...]:
    return module.slot, module.part_number, module.capacity_mib


def _take(parts: list[T], part: T) -> None:
    """Remove this very part; another that is equal stays."""
    del parts[next(place for place, known in enumerate(parts) if known is part)]
