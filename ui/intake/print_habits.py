"""What a PC prints of itself at intake; kept in its settings, so that it is asked once."""

from functools import partial
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from station.ports import PointStore
from station.words import _
from ui.background import need_no_answer
from ui.desk import Desk
from ui.settings import Settings, read_settings, write_settings


class PrintHabits(QWidget):
    """Ticks beside what is received: labels at once, one for each charger, the donor's receipt."""

    changed = Signal()
    refused = Signal(object)  # it holds until the program ends, and could not be kept

    def __init__(self, desk: Desk, file: Path, settings: Settings) -> None:
        super().__init__()
        self._desk, self._file = desk, file
        self._at_intake = _tick(
            _("Print labels at once"), "printAtIntake", settings.print_at_intake
        )
        self._chargers = _tick(_("Chargers too"), "printChargers", settings.print_chargers)
        self._receipts = _tick(_("Receipt too"), "printReceipts", settings.print_receipts)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for number, tick in enumerate((self._at_intake, self._chargers, self._receipts)):
            grid.addWidget(tick, *divmod(number, 2))
            tick.toggled.connect(self._keep)
        grid.setColumnStretch(1, 1)

    @property
    def at_intake(self) -> bool:
        """Whether receiving prints the labels too."""
        return self._at_intake.isChecked()

    @property
    def chargers(self) -> bool:
        """Whether a charger beside a device gets a label of its own."""
        return self._chargers.isChecked()

    @property
    def receipts(self) -> bool:
        """Whether the donor's receipt is printed with the labels."""
        return self._receipts.isChecked()

    def _keep(self) -> None:
        self.changed.emit()
        keep = partial(_write, self._file, self.at_intake, self.chargers, self.receipts)
        self._desk.ask(keep, need_no_answer, self.refused.emit, owner=self)


def _tick(words: str, name: str, on: bool) -> QCheckBox:
    tick = QCheckBox(words)
    tick.setObjectName(name)
    tick.setChecked(on)
    return tick


def _write(file: Path, at_intake: bool, chargers: bool, receipts: bool, _store: PointStore) -> None:
    """Change only these: the file may say more than this start was given."""
    kept = read_settings(file)
    chosen = structs.replace(
        kept, print_at_intake=at_intake, print_chargers=chargers, print_receipts=receipts
    )
    write_settings(file, chosen)
