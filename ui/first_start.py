"""The first start at a point: which point this is, and who leads it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from station.reference import Point
from station.words import _, language
from ui.buttons import primary_button
from ui.field import Field
from ui.opening import FirstPoint
from ui.theme import Role, words


class FirstStart(QDialog):
    """Asks what a new store must know; nothing is made before the last key."""

    def __init__(self, points: Sequence[Point], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("First start"))
        self.points = QComboBox()
        self.points.setObjectName("firstPoint")
        for point in points:
            self.points.addItem(f"{point.number:03d} · {point.word(language())}", point.number)
        self.lead = QLineEdit()
        self.lead.setObjectName("firstLead")
        self._lead_field = Field(_("Name of the station lead"), self.lead)
        begin = primary_button(_("Begin"))
        begin.setObjectName("firstBegin")
        begin.setDefault(True)
        begin.clicked.connect(self._begin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(words(_("This PC has no store yet"), Role.CARD_TITLE))
        layout.addWidget(Field(_("Which point is this?"), self.points))
        layout.addWidget(self._lead_field)
        layout.addWidget(begin)
        self.resize(440, 260)

    @property
    def answer(self) -> FirstPoint:
        """What was filled in."""
        return FirstPoint(int(self.points.currentData()), self.lead.text().strip())

    def _begin(self) -> None:
        if self.lead.text().strip():
            self.accept()
        else:
            self._lead_field.show_error(_("Type the name of the person who answers for the point."))
