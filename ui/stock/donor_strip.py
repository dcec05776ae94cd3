"""Donors found by what was searched for; a click shows their devices."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.words import _, _n
from ui.buttons import link_button
from ui.stock.glance import DonorHit
from ui.theme import Role, words


class DonorStrip(QWidget):
    """One line above a table; hidden while nobody was found."""

    chosen = Signal(DonorHit)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("donorStrip")
        self._hits: tuple[DonorHit, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(words(_("Donors:"), Role.MUTED))
        self._row.addStretch()
        self.hide()

    def show_hits(self, hits: Sequence[DonorHit]) -> None:
        """Offer these donors; the same ones stay as they are, so that a click is not lost."""
        if tuple(hits) != self._hits:
            self._hits = tuple(hits)
            while (item := self._row.takeAt(1)) is not None:
                if (old := item.widget()) is not None:
                    old.deleteLater()
            for number, hit in enumerate(hits):
                self._row.addWidget(self._button(number, hit))
            self._row.addStretch()
        self.setVisible(bool(hits))

    def _button(self, number: int, hit: DonorHit) -> QWidget:
        told = _n("{name} · {count} device", "{name} · {count} devices", hit.devices)
        button = link_button(told.format(name=hit.name, count=hit.devices))
        button.setObjectName(f"donor.{number}")
        button.clicked.connect(lambda: self.chosen.emit(hit))
        return button
