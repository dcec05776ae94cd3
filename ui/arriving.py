"""A device of another point that nobody here knows yet: its arrival is recorded all the same."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from station import events as e
from station import refusals
from station.codes import Code, grouped
from station.duties import require_duty
from station.fold import POINT
from station.withdrawing import Withdraw, withdraw
from station.words import _
from ui.banners import Act as Offer
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.undoing import Undoing
from ui.wording import explain

if TYPE_CHECKING:
    from ui.arriving_dialog import ArriveUnknownDialog


class Arriving(QObject):
    """Offers to record an arrival beside the refused scan; opens the device once it is recorded."""

    arrived = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk, window: MainWindow, here: str) -> None:
        super().__init__()
        self._desk, self._window, self._here = desk, window, here
        self.undoing = Undoing(desk, self)

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
        from ui.arriving_dialog import ArriveUnknownDialog  # noqa: PLC0415 -- seldom needed

        dialog = ArriveUnknownDialog(code, self._here, reference, when, self._window)
        dialog.confirmed.connect(partial(self._record, dialog, code))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _record(self, dialog: "ArriveUnknownDialog", code: Code) -> None:
        dialog.clear_problems()
        act = dialog.act()
        if act is None:
            return
        dialog.set_busy(True)

        def done(arrived: tuple[e.Event, ...]) -> None:
            dialog.accept()
            told = _("{device} arrived.").format(device=grouped(code.text))
            back = partial(withdraw, Withdraw(events=tuple(event.hash for event in arrived)))
            self.undoing.tell(told, back)
            self.arrived.emit(code.text)

        def failed(error: Exception) -> None:
            dialog.refuse(error, explain(error, self._desk.reference))

        self._desk.do(act, done, failed, owner=dialog)
