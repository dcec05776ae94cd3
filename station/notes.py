"""Typed words on their way into the people store."""

from station.events import Ref
from station.people import Text
from station.placeholders import fact
from station.ports import Work
from station.text import PhoneInAWord, Placeholder, device_word, looks_like_phone, serial_word


def kept_note(work: Work, text: str) -> Ref | None:
    """Keep a note; None for an empty one. Raises BadText."""
    return work.keep(Text(text)) if text.strip() else None


def optional_word(text: str | None) -> str | None:
    """A maker or model for an event; None for an empty field. Raises NotADeviceWord."""
    return device_word(text) if text and text.strip() else None


def optional_serial(text: str | None) -> str | None:
    """A serial number for an event; None for an empty field.

    Raises NotADeviceWord, TooLong, PhoneInAWord, or Placeholder: taken for a number, that would
    make strangers one machine.
    """
    if not (text and text.strip()):
        return None
    word = serial_word(text)
    if fact(word) is None:
        raise Placeholder
    if " " in word and looks_like_phone(word):  # a person's number beside it
        raise PhoneInAWord
    return word
