"""A direct gift: whose the device is to become, as its donor chose."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.codes import grouped
from station.words import _
from ui.buttons import link_button
from ui.chips import Chip
from ui.theme import Tone


class PromiseLine(QWidget):
    """Stands here once a case was scanned; hidden for all other devices."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.case: str | None = None
        self._chip = Chip(Tone.OK, "")
        self.clear = link_button(_("For nobody in particular"))
        self.clear.setObjectName("promiseClear")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._chip)
        row.addWidget(self.clear)
        row.addStretch()
        self.clear.clicked.connect(lambda: self.take_case(None))
        self.show_case(None)

    def show_case(self, case: str | None) -> None:
        """Show whose it is to become."""
        self.case = case
        told = _("Direct gift for case {case}").format(case=grouped(case)) if case else ""
        self._chip.show_verdict(Tone.OK, told)
        self.setVisible(case is not None)

    def take_case(self, case: str | None) -> None:
        """Somebody scanned a case, or took it away again."""
        self.show_case(case)
        self.edited.emit()
