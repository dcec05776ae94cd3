"""The first start at a point: which point this is, and who leads it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from station.people import person_name
from station.ports import Standing
from station.reference import Point
from station.text import BadText
from station.words import _, language
from ui.buttons import link_button, primary_button
from ui.choice import ComboBox
from ui.field import Field, mark_wrong
from ui.first.code import FirstCode
from ui.fitted_dialog import FittedDialog
from ui.opening import FirstPoint
from ui.theme import Role, words
from ui.wording import problem_words

WIDTH = 480

AskPoint = Callable[[str, str, Callable[[int], None], Callable[[str], None]], None]
"""Ask at an address which point a code is for; answers with its number, or with what is wrong."""


class FirstStart(FittedDialog):
    """Asks what a new store must know; nothing is made before the last key."""

    def __init__(
        self,
        points: Sequence[Point],
        before: Sequence[Standing] = (),
        parent: QWidget | None = None,
        *,
        ask: AskPoint | None = None,
        service: str = "",
    ) -> None:
        """`before` is what this PC saw of stores that it worked at: one of them may be lost."""
        super().__init__(WIDTH, parent)
        self._before, self._ask, self._told_station = before, ask, 0
        self.setWindowTitle(_("First start"))
        self.points = ComboBox()
        self.points.setObjectName("firstPoint")
        for point in points:
            self.points.addItem(f"{point.number:03d} · {point.word(language())}", point.number)
        self.lead = QLineEdit()
        self.lead.setObjectName("firstLead")
        self._lead_field = Field(_("Name of the station lead"), self.lead)
        self.code = FirstCode(service)
        self.code.setVisible(ask is not None)
        self.code.changed.connect(self._offer_points)
        self._asking = words("", Role.MUTED)
        self._asking.hide()
        self._go = primary_button(_("Begin"))
        self._go.setObjectName("firstBegin")
        self._go.setDefault(True)
        self._go.clicked.connect(self._begin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        title = _("The data of this point is not here") if before else _("This PC has no store yet")
        layout.addWidget(words(title, Role.CARD_TITLE))
        if before:
            layout.addWidget(self._warning())
            self.points.setCurrentIndex(self.points.findData(before[-1].chain.station))
        layout.addWidget(self.code)
        layout.addWidget(Field(_("Which point is this?"), self.points))
        layout.addWidget(self._lead_field)
        layout.addWidget(self._asking)
        layout.addWidget(self._go)
        self.join = link_button(_("This is another PC of a point that works already…"), "Alt+M")
        self.join.setObjectName("firstJoin")
        self.join.hide()
        layout.addWidget(self.join)
        self.restore = link_button(_("Restore a backup of this point…"), "Alt+K")
        self.restore.setObjectName("firstRestore")
        self.restore.hide()
        layout.addWidget(self.restore)
        self.fit()

    def offer_joining(self, join: Callable[[], None]) -> None:
        """Let a person say that the data lies on a main PC; this dialog ends then."""
        self._offer(self.join, join)

    def offer_restoring(self, restore: Callable[[], None]) -> None:
        """Let a person bring a backup; this dialog ends then."""
        self._offer(self.restore, restore)

    def _offer(self, button: QPushButton, go_there: Callable[[], None]) -> None:
        def chosen() -> None:
            self.rejected.disconnect()  # leaving for there is no end of the start
            self.reject()
            go_there()

        button.clicked.connect(chosen)
        button.show()

    @property
    def answer(self) -> FirstPoint:
        """What was filled in."""
        station = self._told_station or int(self.points.currentData())
        seen = (known for known in self._before if known.chain.station == station)
        printed = max((known.highest_number for known in seen), default=0)
        first = FirstPoint(station, self.lead.text().strip(), printed)
        if not self._told_station:
            return first
        return replace(first, code=self.code.code.digits, service=self.code.address)

    def _warning(self) -> QLabel:
        """An empty place where a store was is no first start but a loss."""
        points = sorted({known.chain.station for known in self._before})
        said = _(
            "This PC kept the data of point {points} before, and its file is not here any more. If "
            "it was moved, close this and put the file back; if it is lost, restore the last "
            "backup with the line at the bottom. Whoever begins anew begins without that data; "
            "codes then leave a gap."
        )
        label = words(said.format(points=", ".join(f"{point:03d}" for point in points)))
        label.setObjectName("lostStore")
        label.setWordWrap(True)
        mark_wrong(label, True)
        return label

    def _offer_points(self) -> None:
        """With a code the service says which point it is."""
        self.points.setEnabled(not self.code.given)

    def _begin(self) -> None:
        if not self._is_named():
            self.lead.setFocus()
        elif self._ask is None or not self.code.given:
            self.accept()
        elif self.code.is_whole():
            self._wait(_("The service is asked which point this is…"))
            self._ask(self.code.address, self.code.code.digits, self._know, self._refuse)

    def _is_named(self) -> bool:
        """Else it is said here: once the store is made nobody could go back to this."""
        self._lead_field.clear_error()
        if not self.lead.text().strip():
            self._lead_field.show_error(_("Type the name of the person who answers for the point."))
            return False
        try:
            person_name(self.lead.text())
        except BadText as error:
            self._lead_field.show_error(problem_words(error))
            return False
        return True

    def _wait(self, told: str) -> None:
        """Nothing is changed while the service is asked."""
        self._asking.setText(told)
        self._asking.setVisible(bool(told))
        for part in (self._go, self.code, self.lead):
            part.setEnabled(not told)

    def _know(self, station: int) -> None:
        self._told_station = station
        self.accept()

    def _refuse(self, sentence: str) -> None:
        self._wait("")
        self.code.show_problem(sentence)
