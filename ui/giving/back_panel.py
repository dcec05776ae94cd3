"""Given devices: taken back for repair, given back, returned to stock, or their paper once more."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station import events as e
from station.codes import Code, grouped
from station.device import Stage
from station.withdrawing import Withdraw, withdraw
from station.words import _
from ui.act_dialog import ActDialog
from ui.act_line import ActLine
from ui.buttons import papers_button, primary_button, secondary_button
from ui.cards import EmptyState
from ui.desk import Desk
from ui.duty import Duty
from ui.giving.given_dialogs import GiveBackDialog, ReturnDialog, TakeBackDialog
from ui.giving.given_list import given_list, scanned_key
from ui.giving.handover_lists import GivenLine, HandoverLists
from ui.giving.recap import Recap
from ui.open_dialog import open_dialog
from ui.side_by_side import fill, form_card, list_card, side_by_side
from ui.undoing import Undoing


class BackPanel(QWidget):
    """Máy đã trao: the newest stand in the list, a scan finds every other."""

    said = Signal(str)
    papers_wanted = Signal(str)
    papers_offered = Signal(str)  # of what; what was done to it was just said

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._read: tuple[GivenLine, ...] = ()
        self.undoing = Undoing(desk, self)
        how = _("Devices stand here once they are handed over.")
        self.devices = given_list(
            desk, EmptyState(_("Nothing was given yet"), how), with_step=True
        ).named("givenDevices", _("Given devices"))
        self._recap = Recap(desk, _("Choose a line, or scan the device's label."))
        self._papers = papers_button()
        self._papers.setObjectName("papers")
        self._return = secondary_button(_("Return to stock"))
        self._return.setObjectName("returnToStock")
        self._take = primary_button(_("Take back for repair"), "", "Ctrl+Return")
        self._take.setObjectName("takeBack")
        self._give = primary_button(_("Give back"), "", "Ctrl+Return")
        self._give.setObjectName("giveBack")
        self._acts = ActLine(
            desk, "backProblem", self._papers, self._return, self._take, self._give
        )
        self._duties = (
            Duty(desk, self._return, e.ReturnedToStock, self._acts),
            Duty(desk, self._take, e.TakenBackForRepair, self._acts),
            Duty(desk, self._give, e.GivenBack, self._acts),
        )
        right = form_card(_("What comes back"), self._recap, self._acts)
        fill(self, side_by_side(list_card(_("Given to pupils"), self.devices), right))
        self._connect()
        self._show_choice()

    def show_lists(self, lists: HandoverLists) -> None:
        """Show what was given, and what is here for repair first."""
        self._read = lists.given
        self.devices.show_lines(self._read)

    def show_sought(self, line: GivenLine) -> None:
        """Show a device given long ago above the others, and choose it."""
        others = (read for read in self._read if read.device.code != line.device.code)
        self.devices.show_lines((line, *others))
        self.devices.choose(line.device.code)

    def accept_scan(self, code: Code) -> bool:
        """Choose a given device that stands in the list."""
        found = scanned_key(self.devices.model.lines, code)
        return found is not None and self.devices.choose(found)

    def _connect(self) -> None:
        self._take.clicked.connect(
            partial(self._open, TakeBackDialog, _("{device} is here for repair."))
        )
        self._give.clicked.connect(
            partial(self._open, GiveBackDialog, _("{device} is with its pupil again."))
        )
        self._return.clicked.connect(
            partial(self._open, ReturnDialog, _("{device} is back in stock and is examined anew."))
        )
        self._papers.clicked.connect(self._want_papers)
        self.devices.chosen_changed.connect(self._show_choice)
        self.undoing.said.connect(self.said)
        for duty in self._duties:
            duty.told.connect(self.said)

    def _show_choice(self) -> None:
        line = self.devices.chosen
        in_repair = line is not None and line.device.stage is Stage.IN_REPAIR_FOR_PUPIL
        self._recap.show_line(line)
        self._take.setVisible(not in_repair)
        self._give.setVisible(in_repair)
        self._papers.setEnabled(line is not None)
        for duty in self._duties:
            duty.offer(line is not None)

    def _open(
        self, kind: "type[TakeBackDialog | GiveBackDialog | ReturnDialog]", done: str
    ) -> None:
        line = self.devices.chosen
        if line is not None:
            dialog: ActDialog = kind(line, self._desk.reference, self)
            said = done.format(device=grouped(line.device.code))
            open_dialog(dialog, self._desk, partial(self._done, line.device.code, said))

    def _done(self, code: str, said: str, event: e.Event) -> None:
        self.undoing.tell(said, partial(withdraw, Withdraw(events=(event.hash,))))
        self.papers_offered.emit(code)

    def _want_papers(self) -> None:
        line = self.devices.chosen
        if line is not None:
            self.papers_wanted.emit(line.device.code)
