"""Scan after scan without closing anything: how many, which was last, and the way back of it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.codes import grouped
from station.words import _, _n
from ui.buttons import secondary_button
from ui.elided import ElidedLabel
from ui.theme import Role

Undo = Callable[[], object]


class Streak(QWidget):
    """One line for a page whose scans go into a list or to a place, one after the other."""

    changed = Signal()

    def __init__(self, name: str, nothing: str = "") -> None:
        """`nothing` is said before the first scan, where it is no device that is scanned."""
        super().__init__()
        self._nothing = nothing or _("Nothing scanned yet.")
        self.setObjectName(name)
        self._undo: dict[str, Undo | None] = {}
        self.words = ElidedLabel("", Role.STRONG)
        self.back = secondary_button(_("Undo"), "undo", "Ctrl+Shift+Z")
        self.back.setObjectName(f"{name}Undo")
        self.back.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.back)
        self.begin_anew()

    @property
    def codes(self) -> tuple[str, ...]:
        """What was scanned, in its order."""
        return tuple(self._undo)

    def holds(self, code: str) -> bool:
        """Whether it was scanned before; it is said, for a warning sound."""
        if code not in self._undo:
            return False
        self.words.setText(_("{code} was scanned already.").format(code=grouped(code)))
        return True

    def add(self, code: str, undo: Undo | None) -> None:
        """One more was done; without `undo` nothing leads back."""
        self._undo[code] = undo
        self._show()

    def begin_anew(self) -> None:
        """Another list or place."""
        self._undo.clear()
        self._show()

    def _take_back(self) -> None:
        _code, undo = self._undo.popitem()
        self._show()
        if undo is not None:
            undo()

    def _show(self) -> None:
        last = next(reversed(self._undo), "")
        self.words.setText(f"{self._count()} {grouped(last)}" if last else self._count())
        self.back.setEnabled(bool(last) and self._undo[last] is not None)
        self.changed.emit()

    def _count(self) -> str:
        count = len(self._undo)
        if not count:
            return self._nothing
        return _n("{count} scanned, the last:", "{count} scanned, the last:", count).format(
            count=count
        )
