"""Which device a report may be of: proposals with their reasons, in words; a person decides."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from station.device import Device
from station.machine import Machine
from station.ports import DeviceFilter, PointStore
from station.text import fold
from station.words import _

MOST = 5


@dataclass(frozen=True)
class Suggestion:
    """One device that may be the one, and what speaks for it."""

    device: Device
    reasons: tuple[str, ...]


Suggest = Callable[[PointStore, Machine], tuple[Suggestion, ...]]


def by_serial_number(store: PointStore, machine: Machine) -> tuple[Suggestion, ...]:
    """Devices known under a serial number that the machine tells."""
    return tuple(_found(store, machine))[:MOST]


def _found(store: PointStore, machine: Machine) -> Iterator[Suggestion]:
    system = machine.system
    told = {_key(serial) for serial in (system.serial_number, system.chassis_serial_number)}
    for serial in sorted(told - {""}):
        for row in store.devices(DeviceFilter(text=serial)):
            if _key(row.device.serial) == serial:
                yield Suggestion(row.device, (_("same serial number"),))


def _key(serial: str | None) -> str:
    return fold(serial).replace(" ", "") if serial else ""
