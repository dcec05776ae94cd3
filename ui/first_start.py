"""The first start at a point: which point this is, and who leads it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from station.ports import Standing
from station.reference import Point
from station.words import _, language
from ui.buttons import primary_button
from ui.field import Field, mark_wrong
from ui.opening import FirstPoint
from ui.theme import Role, words

WIDTH = 480


class FirstStart(QDialog):
    """Asks what a new store must know; nothing is made before the last key."""

    def __init__(
        self,
        points: Sequence[Point],
        before: Sequence[Standing] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`before` is what this PC saw of stores that it worked at: one of them may be lost."""
        super().__init__(parent)
        self._before = before
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
        title = _("The data of this point is not here") if before else _("This PC has no store yet")
        layout.addWidget(words(title, Role.CARD_TITLE))
        if before:
            layout.addWidget(self._warning())
            self.points.setCurrentIndex(self.points.findData(before[-1].chain.station))
        layout.addWidget(Field(_("Which point is this?"), self.points))
        layout.addWidget(self._lead_field)
        layout.addWidget(begin)
        self.resize(WIDTH, layout.totalHeightForWidth(WIDTH))

    @property
    def answer(self) -> FirstPoint:
        """What was filled in."""
        station = int(self.points.currentData())
        seen = (known for known in self._before if known.chain.station == station)
        printed = max((known.highest_number for known in seen), default=0)
        return FirstPoint(station, self.lead.text().strip(), printed)

    def _warning(self) -> QLabel:
        """An empty place where a store was is no first start but a loss."""
        points = sorted({known.chain.station for known in self._before})
        said = _(
            "This PC kept the data of point {points} before, and its file is not here any more. If "
            "it was moved or lost, close this and put the file or its last backup back. Whoever "
            "begins anew begins without that data; codes then leave a gap."
        )
        label = words(said.format(points=", ".join(f"{point:03d}" for point in points)))
        label.setObjectName("lostStore")
        label.setWordWrap(True)
        mark_wrong(label, True)
        return label

    def _begin(self) -> None:
        if self.lead.text().strip():
            self.accept()
        else:
            self._lead_field.show_error(_("Type the name of the person who answers for the point."))
