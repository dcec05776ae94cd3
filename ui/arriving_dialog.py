"""Where a device of another point came from, and what it is."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import refusals, transfer
from station.codes import Code, grouped
from station.fold import POINT
from station.ledger import Moment
from station.reference import Reference, Table
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.device.travel_dialogs import places_but
from ui.field import Field
from ui.theme import words


class ArriveUnknownDialog(ActDialog):
    """Asks where it came from and what it is; its history comes by itself later."""

    def __init__(
        self, code: Code, here: str, reference: Reference, when: Moment, parent: QWidget
    ) -> None:
        title = _("A device of another point arrived")
        super().__init__("arrive_unknown", title, grouped(code.text), _("Record"), parent)
        self._code = code.text
        why = words(_("What happened to it before comes by itself, once its point has synced."))
        why.setWordWrap(True)
        self.place = Choice("place", placeholder=_("Choose the place"))
        self.place.offer(places_but(here, reference, when.day))
        self.place.choose(f"{POINT}{code.point:03d}" if code.point else None)
        self._place_field = Field(_("Where it came from"), self.place)
        self.kind = Choice("kind", reference.entries(Table.KINDS), _("Choose the kind"))
        self._kind_field = Field(_("Kind of device"), self.kind)
        self.add(why, self._place_field, self._kind_field)
        self.kind.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self.place.chosen is None:
            missing(self._place_field)
            return None
        if self.kind.chosen is None:
            missing(self._kind_field)
            return None
        command = transfer.Arrive(device=self._code, place=self.place.chosen, kind=self.kind.chosen)
        return partial(transfer.arrive, command)

    @override
    def field_of(self, error: Exception) -> Field | None:
        return self._place_field if isinstance(error, refusals.NotFromHere) else None
