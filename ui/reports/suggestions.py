"""Which device a report may be of: proposals with their reasons, in words; a person decides."""

from collections.abc import Callable
from dataclasses import dataclass

from station.bench import machine_fact
from station.device import Device
from station.identity import Reason, WitnessKind, matches, witnesses_of
from station.machine import Machine
from station.ports import PointStore
from station.words import _, _n

MOST = 5


@dataclass(frozen=True)
class Suggestion:
    """One device that may be the one, and what speaks for it and against it."""

    device: Device
    reasons: tuple[str, ...]
    is_strong: bool  # enough to be proposed first; a weaker one is only shown


Suggest = Callable[[PointStore, Machine], tuple[Suggestion, ...]]


def suggestions(store: PointStore, machine: Machine) -> tuple[Suggestion, ...]:
    """The likeliest devices of the point first; none without a common witness."""
    fact = machine_fact(machine)
    carriers = store.devices_with([witness.mark for witness in witnesses_of(fact)])
    known = {device.code: device for device in carriers}
    return tuple(
        Suggestion(known[match.code], tuple(map(reason_words, match.reasons)), match.is_strong)
        for match in matches(fact, carriers)[:MOST]
    )


def reason_words(reason: Reason) -> str:
    """Why a device is, or is not, the one."""
    if not reason.agrees:
        return _against(reason.kind)
    told = _for(reason.kind)
    if reason.shared_by == 1:
        return told
    shared = _n("{reason} (on {count} device)", "{reason} (on {count} devices)", reason.shared_by)
    return shared.format(reason=told, count=reason.shared_by)


def _for(kind: WitnessKind | None) -> str:
    return {
        WitnessKind.SERIAL: _("same serial number"),
        WitnessKind.UUID: _("same machine id (UUID)"),
        WitnessKind.BOARD: _("same mainboard"),
        WitnessKind.DISK: _("same disk"),
        WitnessKind.MAC: _("same network card"),
        None: _("same model"),
    }[kind]


def _against(kind: WitnessKind | None) -> str:
    return {
        WitnessKind.SERIAL: _("another serial number"),
        WitnessKind.UUID: _("another machine id (UUID)"),
        WitnessKind.BOARD: _("another mainboard"),
        WitnessKind.DISK: _("another disk"),
        WitnessKind.MAC: _("another network card"),
        None: _("another model"),
    }[kind]
