"""A device of another point that nobody here knows yet: its arrival is recorded all the same."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import events as e
from station import refusals, transfer
from station.codes import Code, grouped
from station.duties import require_duty
from station.fold import POINT
from station.ledger import Moment
from station.reference import Reference, Table
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.banners import Act as Offer
from ui.choice import Choice
from ui.desk import Act, Desk
from ui.device.travel_dialogs import places_but
from ui.field import Field
from ui.main_window import MainWindow
from ui.theme import words
from ui.wording import explain


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


class Arriving(QObject):
    """Offers to record an arrival beside the refused scan; opens the device once it is recorded."""

    arrived = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk, window: MainWindow, here: str) -> None:
        super().__init__()
        self._desk, self._window, self._here = desk, window, here

    def offer(self, code: Code) -> bool:
        """Offer it for a device of another point; False for one of this point."""
        if code.point is None or f"{POINT}{code.point:03d}" == self._here:
            return False
        told = _("It is a device of point {number}. Did it arrive here?")
        act = Offer(_("Record its arrival…"), partial(self.ask, code))
        self._window.offer(told.format(number=f"{code.point:03d}"), act)
        return True

    def ask(self, code: Code) -> None:
        """Open the dialog, unless it is others' work."""
        reference, when = self._desk.reference, self._desk.now()
        try:
            require_duty(self._desk.operator, e.ArrivedFrom)
        except refusals.NotYourRole as error:
            self.said.emit(explain(error, reference))
            return
        dialog = ArriveUnknownDialog(code, self._here, reference, when, self._window)
        dialog.confirmed.connect(partial(self._record, dialog, code))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _record(self, dialog: ArriveUnknownDialog, code: Code) -> None:
        dialog.clear_problems()
        act = dialog.act()
        if act is None:
            return
        dialog.set_busy(True)

        def done(_events: object) -> None:
            dialog.accept()
            self.arrived.emit(code.text)

        def failed(error: Exception) -> None:
            dialog.refuse(error, explain(error, self._desk.reference))

        self._desk.do(act, done, failed, owner=dialog)
