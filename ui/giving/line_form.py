"""How it went with one pupil's line: what it came to, who signed, whether the device came back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from station import words
from station.handover import SIGNED, ConfirmHandover
from station.people import Person
from station.reference import Entry, Reference, Table
from station.words import _
from ui.giving.handover_lists import GivenLine
from ui.name_field import NameField

PROXY = "proxy"
LEFT_OUT = "left-out"


class LineForm(QWidget):
    """Asked anew for each line."""

    changed = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._results = Results(reference.entries(Table.DELIVERIES))
        self.receiver = QLineEdit()
        self.receiver.setObjectName("lineReceiver")
        self.field = NameField(_("Who signed"), self.receiver, reference)
        self.back = QCheckBox(_("The device came back, it lies at the point"))
        self.back.setObjectName("cameBack")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._results)
        column.addWidget(self.back)
        self._results.chosen_changed.connect(self._show)
        self._show()

    @property
    def result(self) -> str | None:
        """What is marked."""
        return self._results.chosen

    def clear(self) -> None:
        """What was said of one line is not said of the next."""
        self.receiver.clear()
        self.back.setChecked(False)
        self._results.clear()

    def is_filled_in(self) -> bool:
        """Whether the answer can be recorded; else it is said beside it."""
        if self.result == PROXY and not self.receiver.text().strip():
            self.field.show_error(_("Type the name of the person who signed."))
            self.receiver.setFocus()
            return False
        return self.field.check()

    def command(self, line: GivenLine) -> ConfirmHandover:
        """What is said of this line."""
        result = self.result or ""
        signed = result in SIGNED
        name = self.receiver.text() if signed else ""
        return ConfirmHandover(
            device=line.device.code,
            result=result,
            receiver=Person(name=name) if name.strip() else None,
            back=not signed and (self.back.isChecked() or result == LEFT_OUT),
        )

    def _show(self) -> None:
        signed = self.result is None or self.result in SIGNED
        self.receiver.setEnabled(signed)
        self.back.setEnabled(not signed and self.result != LEFT_OUT)
        self.changed.emit()


class Results(QWidget):
    """What a line can come to."""

    chosen_changed = Signal()

    def __init__(self, results: tuple[Entry, ...]) -> None:
        super().__init__()
        self._ids = tuple(entry.id for entry in results)
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, entry in enumerate(results):
            button = QRadioButton(entry.word(words.language()))
            button.setObjectName(f"delivery.{entry.id}")
            self._group.addButton(button, at)
            grid.addWidget(button, *divmod(at, 2))
        self._group.idToggled.connect(lambda _id, _on: self.chosen_changed.emit())

    @property
    def chosen(self) -> str | None:
        """The id of the answer that is marked."""
        at = self._group.checkedId()
        return self._ids[at] if at >= 0 else None

    def clear(self) -> None:
        """Mark no answer."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)
