"""What a PC prints of itself at intake; kept in its settings, so that it is asked once."""

from functools import partial
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from station.ports import PointStore
from station.words import _
from ui.desk import Desk
from ui.settings import read_settings, write_settings


class PrintHabits(QWidget):
    """Two ticks beside what is received: labels at once, and one for each charger."""

    changed = Signal()
    refused = Signal(object)  # it holds until the program ends, and could not be kept

    def __init__(self, desk: Desk, file: Path, *, at_intake: bool, chargers: bool) -> None:
        super().__init__()
        self._desk, self._file = desk, file
        self._at_intake = _tick(_("Print labels at once"), "printAtIntake", at_intake)
        self._chargers = _tick(_("Chargers too"), "printChargers", chargers)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for tick in (self._at_intake, self._chargers):
            row.addWidget(tick)
            tick.toggled.connect(self._keep)
        row.addStretch()

    @property
    def at_intake(self) -> bool:
        """Whether receiving prints the labels too."""
        return self._at_intake.isChecked()

    @property
    def chargers(self) -> bool:
        """Whether a charger beside a device gets a label of its own."""
        return self._chargers.isChecked()

    def _keep(self) -> None:
        self.changed.emit()
        keep = partial(_write, self._file, self.at_intake, self.chargers)
        self._desk.ask(keep, _need_no_answer, self.refused.emit, owner=self)


def _tick(words: str, name: str, on: bool) -> QCheckBox:
    tick = QCheckBox(words)
    tick.setObjectName(name)
    tick.setChecked(on)
    return tick


def _write(file: Path, at_intake: bool, chargers: bool, _store: PointStore) -> None:
    """Change only these: the file may say more than this start was given."""
    kept = read_settings(file)
    write_settings(file, structs.replace(kept, print_at_intake=at_intake, print_chargers=chargers))


def _need_no_answer(_nothing: None) -> None:
    """It is kept."""
