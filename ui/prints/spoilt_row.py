"""Blank labels that are torn or badly printed: scanned one after the other, then printed again."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from station.codes import Code, CodeKind, grouped
from station.ports import PointStore
from station.words import _, _n
from ui.buttons import secondary_button
from ui.desk import Desk
from ui.scanning.streak import Streak
from ui.wording import explain


class SpoiltRow(QWidget):
    """A tick, the line of what was scanned, and a button; it sounds when it has judged a scan."""

    good = Signal()
    doubted = Signal()  # it was scanned before
    alarmed = Signal()
    refused = Signal(str)
    print_wanted = Signal(tuple)  # codes

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.wanted = QCheckBox(_("Scan the spoilt ones one after the other"))
        self.wanted.setObjectName("spoiltRow")
        self.streak = Streak("spoiltStreak", _("No label scanned yet."))
        self.print = secondary_button("", "print", "Ctrl+Shift+R")
        self.print.setObjectName("printSpoilt")
        last = QHBoxLayout()
        last.addStretch()
        last.addWidget(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.wanted)
        column.addWidget(self.streak)
        column.addLayout(last)
        self.wanted.toggled.connect(self.begin_anew)
        self.streak.changed.connect(self._show)
        self.print.clicked.connect(lambda: self.print_wanted.emit(self.streak.codes))
        self.begin_anew()

    def take_scan(self, code: Code) -> bool:
        """Take a blank label, while that is wanted; what is used is told."""
        if not self.wanted.isChecked() or code.kind not in {CodeKind.DEVICE, CodeKind.LOT}:
            return False
        self.refused.emit("")
        if self.streak.holds(code.text):
            self.doubted.emit()
        else:
            ask = partial(_whether_blank, code)
            self._desk.ask(ask, partial(self._judged, code), self._cannot, owner=self)
        return True

    def begin_anew(self) -> None:
        """What was scanned is printed, or not wanted after all."""
        self.streak.begin_anew()
        self.streak.setVisible(self.wanted.isChecked())

    def _judged(self, code: Code, wrong: str) -> None:
        if wrong:
            self._alarm(wrong)
        else:
            self.streak.add(code.text, _nothing)
            self.good.emit()

    def _show(self) -> None:
        count = len(self.streak.codes)
        told = _n("Print {count} label again", "Print {count} labels again", count)
        self.print.setText(told.format(count=count))
        self.print.setAccessibleName(self.print.text())
        self.print.setShortcut("Ctrl+Shift+R")  # setText drops it
        self.print.setVisible(count > 0)

    def _cannot(self, error: Exception) -> None:
        self._alarm(explain(error, self._desk.reference))

    def _alarm(self, sentence: str) -> None:
        self.refused.emit(sentence)
        self.alarmed.emit()


def _nothing() -> None:
    """It was only listed: off the list it is as before."""


def _whether_blank(code: Code, store: PointStore) -> str:
    """What is wrong with printing it again as a blank; "" when nothing is."""
    find = store.device if code.kind is CodeKind.DEVICE else store.lot
    if find(code.text) is not None:
        told = _("{code} is used. Print its label from what bears it.")
        return told.format(code=grouped(code.text))
    if not any(code.text in reserved.codes for reserved in store.reserved(code.kind)):
        told = _("{code} was never set aside here.")
        return told.format(code=grouped(code.text))
    return ""
