"""Which of the forms that were printed blank under codes of their own are still out."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from station.codes import CodeKind
from station.ports import PointStore

PURPOSES: Final[Mapping[str, str]] = {
    "pick-up-form": "home-pickup",
    "emergency-form": "power-cut",
}
"""What the codes of each form are set aside for."""


class FormOut(Struct, frozen=True):
    """A form's lot code under which nothing was entered yet."""

    code: str
    purpose: str
    on: date


def forms_out(store: PointStore) -> tuple[FormOut, ...]:
    """Every form that was printed and not entered, the newest first."""
    return tuple(_out(store))


def is_out(code: str, store: PointStore) -> bool:
    """Whether this lot code stands on such a form."""
    return any(form.code == code for form in _out(store))


def _out(store: PointStore) -> Iterator[FormOut]:
    purposes = set(PURPOSES.values())
    for within in store.reserved(CodeKind.LOT):
        if within.unused and within.purpose in purposes:
            for code in within.codes:
                if not _is_entered(store, code):
                    yield FormOut(code, within.purpose, within.on)


def _is_entered(store: PointStore, code: str) -> bool:
    lot = store.lot(code)
    return lot is not None and bool(lot.count or lot.devices)
