"""Forms that are printed blank under codes of their own, and which of them are still out."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct

from station.codes import CodeKind
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from ui.papers.describing import Wanted
from ui.papers.extras import Extras
from ui.papers.forms import set_aside
from ui.papers.making import PaperSet, make_wanted

PURPOSES: Final[Mapping[str, str]] = {
    "pick-up-form": "home-pickup",
    "emergency-form": "power-cut",
}
"""What the codes of each form are set aside for."""

MOST_FORMS: Final = 50
MOST_DEVICES: Final = 20  # lines on a form


class BlankForms(Struct, frozen=True, kw_only=True):
    """So many forms, each for so many devices."""

    paper: str
    count: int = 1
    devices: int = 1
    extras: Extras = Extras()


class FormOut(Struct, frozen=True):
    """A form's lot code under which nothing was entered yet."""

    code: str
    purpose: str
    on: date


def make_forms(
    forms: BlankForms, office: Path | None, store: PointStore, by: Operator, when: Moment
) -> tuple[PaperSet, ...]:
    """Set codes aside for each form and make it; they are given out once, whatever comes after."""
    purpose = PURPOSES[forms.paper]
    wanted = tuple(
        Wanted(
            paper=forms.paper,
            about=set_aside(store, forms.devices, purpose, by, when),
            extras=forms.extras,
        )
        for _form in range(forms.count)
    )
    made = make_wanted(store, by, when, wanted, office)
    return (PaperSet(tuple(each for one in made for each in one.prints), made[0].sheets),)


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
