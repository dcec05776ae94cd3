"""Device after device is packed by one scan each: for whoever packs a whole school's batch."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from station.codes import Code, grouped
from station.packing import Pack, pack, unpack
from station.words import _
from ui.desk import Act, Desk
from ui.giving.handover_lists import GivenLine
from ui.scanning.streak import Streak
from ui.wording import explain


class PackingRow(QWidget):
    """A tick and the line of what was scanned; it sounds when it has judged a scan."""

    good = Signal()
    doubted = Signal()  # it was packed before
    alarmed = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.wanted = QCheckBox(_("Pack each device that is scanned, with its kit beside it"))
        self.wanted.setObjectName("packingRow")
        self.streak = Streak("packingStreak")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.wanted)
        column.addWidget(self.streak)
        self.wanted.toggled.connect(self._begin_anew)
        self._begin_anew()

    @property
    def is_on(self) -> bool:
        """Whether one scan packs."""
        return self.wanted.isChecked()

    def take(self, code: Code, line: GivenLine | None) -> None:
        """A device was scanned; `line` is it where it is kept for a pupil of a school."""
        if line is None:
            told = _("{device} is kept for no pupil of a school.")
            self._alarm(told.format(device=grouped(code.text)))
        elif self.streak.holds(line.device.code) or line.device.packed:
            self.doubted.emit()
        else:
            done = partial(self._packed, line.device.code)
            self._record(partial(pack, Pack(device=line.device.code)), done)

    def _packed(self, device: str) -> None:
        self.streak.add(device, partial(self._take_back, device))
        self.good.emit()

    def _take_back(self, device: str) -> None:
        self._record(partial(unpack, device), lambda: None)

    def _record(self, act: Act[Any], done: Callable[[], None]) -> None:
        self.refused.emit("")
        self._desk.do(act, lambda _events: done(), self._refuse, owner=self)

    def _refuse(self, error: Exception) -> None:
        self._alarm(explain(error, self._desk.reference))

    def _alarm(self, sentence: str) -> None:
        self.refused.emit(sentence)
        self.alarmed.emit()

    def _begin_anew(self) -> None:
        self.streak.begin_anew()
        self.streak.setVisible(self.is_on)
