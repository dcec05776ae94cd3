"""Things that are not taken in: recorded alone, or beside the devices of the same visit."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station.events import Event
from station.intake import RefusedThing
from station.withdrawing import Withdraw, withdraw
from station.words import _, _n
from ui.desk import Desk
from ui.intake.donor_form import DonorForm
from ui.intake.refuse_dialog import RefuseDialog
from ui.undoing import Undoing
from ui.wording import explain


class Refusing(QObject):
    """Asks what it was and why. `things` wait for the commit of the visit."""

    changed = Signal()
    said = Signal(str)
    undoable = Signal(str, object)

    def __init__(
        self, desk: Desk, donor: DonorForm, brings_devices: Callable[[], bool], page: QWidget
    ) -> None:
        super().__init__(page)
        self._desk, self._donor, self._page = desk, donor, page
        self._brings_devices = brings_devices
        self.things: tuple[RefusedThing, ...] = ()
        self._undoing = Undoing(desk, self)
        self._undoing.done.connect(self.undoable)
        self._undoing.said.connect(self.said)

    def ask(self) -> None:
        """Open the dialog, once the donor is fit to be named."""
        if not self._donor.check():
            return
        dialog = RefuseDialog(self._donor.donor, self._desk.reference, self._page)
        dialog.confirmed.connect(partial(self._record, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _record(self, dialog: RefuseDialog) -> None:
        act = dialog.act()
        if act is None:
            return
        if self._brings_devices():
            self._put_beside(dialog)
            return
        dialog.set_busy(True)

        def failed(error: Exception) -> None:
            dialog.refuse(error, explain(error, self._desk.reference))

        def done(event: Event) -> None:
            dialog.accept()
            back = partial(withdraw, Withdraw(events=(event.hash,)))
            self._undoing.tell(_("Recorded as not taken in"), back)

        self._desk.do(act, done, failed, owner=dialog, occurred=self._donor.occurred)

    def _put_beside(self, dialog: RefuseDialog) -> None:
        """In a visit that brings devices too it is recorded with them, on the same receipt."""
        before, thing = self.things, dialog.thing
        self.things = (*before, thing)
        dialog.accept()
        self.changed.emit()
        told = _n("{count} thing is not taken in", "{count} things are not taken in", thing.count)
        back = partial(setattr, self, "things", before)
        self.undoable.emit(told.format(count=thing.count), back)
