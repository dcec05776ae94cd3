"""Which Android devices hang on this PC, and why one cannot be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from diagnostics.endings import ReadingFailed
from station.machine import Reading


class Trouble(StrEnum):
    """Why a tablet cannot be asked."""

    NONE = "none"  # adb sees no device
    NOT_ALLOWED = "not_allowed"  # its owner did not yet press "Allow USB debugging"
    OFFLINE = "offline"
    NO_RIGHTS = "no_rights"  # this PC's account may not use the USB device
    SEVERAL = "several"  # which one was not said
    OTHER = "other"  # recovery, sideload, bootloader: Android itself is not running


class NoTablet(ReadingFailed):
    """No tablet answers; `trouble` says why and `serials` which ones adb sees."""

    reading: ClassVar[Reading] = Reading.MISSING

    def __init__(self, trouble: Trouble, serials: Sequence[str] = ()) -> None:
        super().__init__(f"{trouble}: {' '.join(serials)}")
        self.trouble = trouble
        self.serials = tuple(serials)


@dataclass(frozen=True)
class Attached:
    """One device as `adb devices` lists it."""

    serial: str
    state: str  # device, unauthorized, offline, recovery, "no permissions" ...


_TROUBLES = {
    "unauthorized": Trouble.NOT_ALLOWED,
    "authorizing": Trouble.NOT_ALLOWED,
    "offline": Trouble.OFFLINE,
    "no permissions": Trouble.NO_RIGHTS,
}


def parse_devices(text: str) -> tuple[Attached, ...]:
    """The lines of `adb devices`: a serial, a tab, and the state with more words behind it."""
    rows = (line.split("\t", 1) for line in text.splitlines() if "\t" in line)
    return tuple(Attached(serial.strip(), _state(words)) for serial, words in rows)


def _state(words: str) -> str:
    said = words.strip()
    return "no permissions" if said.startswith("no permissions") else said.split(" ", 1)[0]


def choose(devices: Sequence[Attached], wanted: str) -> str:
    """The serial to ask: the wanted one, or the only one; raises NoTablet."""
    found = [device for device in devices if wanted in ("", device.serial)]
    if not found:
        raise NoTablet(Trouble.NONE, [device.serial for device in devices])
    if len(found) > 1:
        raise NoTablet(Trouble.SEVERAL, [device.serial for device in found])
    (device,) = found
    if device.state != "device":
        raise NoTablet(_TROUBLES.get(device.state, Trouble.OTHER), [device.serial])
    return device.serial
