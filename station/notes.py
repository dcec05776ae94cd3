"""Typed words on their way into the people store."""

from station.events import Ref
from station.people import Text
from station.ports import Work
from station.text import device_word, serial_word


def kept_note(work: Work, text: str) -> Ref | None:
    """Keep a note; None for an empty one. Raises BadText."""
    return work.keep(Text(text)) if text.strip() else None


def optional_word(text: str | None) -> str | None:
    """A maker or model for an event; None for an empty field. Raises NotADeviceWord."""
    return device_word(text) if text and text.strip() else None


def optional_serial(text: str | None) -> str | None:
    """A serial number for an event; None for an empty field. Raises NotADeviceWord."""
    return serial_word(text) if text and text.strip() else None
