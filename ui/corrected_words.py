"""What a correction put in the place of what was said, field by field."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from station import events as e
from station.reference import Reference, Table
from station.words import _
from ui.coded_words import coded

CODED: Final[Mapping[str, Table]] = {
    "kind": Table.KINDS,
    "condition": Table.CONDITIONS,
    "grade": Table.GRADES,
}


def corrected_words(said: e.Corrected, reference: Reference) -> tuple[str, ...]:
    """Word the new values; fields that have no words here are left out."""
    try:
        fields = msgspec.msgpack.decode(said.fields, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ()  # a newer version's shape
    return tuple(_words(fields, reference))


def _words(fields: Mapping[str, Any], reference: Reference) -> Iterator[str]:
    titles = _titles()
    for name, value in fields.items():
        if name in CODED and value is not None:
            yield f"{titles[name]}: {coded(CODED[name], str(value), reference)}"
        elif name in titles:
            yield f"{titles[name]}: {value or '–'}"
        elif name == "passed":
            yield _("Erased") if value else _("The erasure failed")


def _titles() -> dict[str, str]:
    return {
        "kind": _("Kind"),
        "condition": _("Condition"),
        "grade": _("Grade"),
        "maker": _("Maker"),
        "model": _("Model"),
        "serial": _("Serial number (S/N)"),
    }
