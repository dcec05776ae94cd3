"""Forms that are printed blank under codes of their own, to be filled in by hand."""

from pathlib import Path
from typing import Final

from msgspec import Struct

from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from ui.papers.describing import Wanted
from ui.papers.extras import Extras
from ui.papers.forms import set_aside
from ui.papers.making import make_wanted
from ui.papers.paper_set import PaperSet
from ui.paperwork.forms_out import PURPOSES

MOST_FORMS: Final = 50
MOST_DEVICES: Final = 20  # lines on a form


class BlankForms(Struct, frozen=True, kw_only=True):
    """So many forms, each for so many devices."""

    paper: str
    count: int = 1
    devices: int = 1
    extras: Extras = Extras()


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
