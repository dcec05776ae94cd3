"""The first morning: what to do before the first device comes, in three steps."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from station.words import _
from ui.buttons import secondary_button
from ui.cards import Card
from ui.side_by_side import HEAD
from ui.theme import Role, words

NUMBER_WIDTH = 34


class FirstDay(Card):
    """Each step says why, and has a button that begins it."""

    open_page = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Welcome: three steps to begin with"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(18)
        self._grid.setColumnMinimumWidth(0, NUMBER_WIDTH)
        self._grid.setColumnStretch(1, 1)
        steps = (
            (
                _("Choose the printers"),
                _("A test label shows in a minute whether the label printer is set up right."),
                _("Printers…"),
                "printers",
            ),
            (
                _("Say who works here"),
                _("Everybody signs in with a name of their own: each record says who made it."),
                _("Settings…"),
                "settings",
            ),
            (
                _("Receive the first device"),
                _("It gets a code and a label, and the point's day appears here."),
                _("Go to intake"),
                "intake",
            ),
        )
        for number, step in enumerate(steps, 1):
            self._add(number, *step)
        self.title.setMinimumHeight(HEAD)
        self.body.addSpacing(8)
        self.body.addLayout(self._grid)
        hint = words(
            _("Does a donor announce something by telephone? Enter it under Expected devices."),
            Role.MUTED,
        )
        hint.setWordWrap(True)
        self.body.addSpacing(16)
        self.body.addWidget(hint)
        self.body.addStretch()

    def _add(self, number: int, title: str, why: str, verb: str, page: str) -> None:
        row = 2 * (number - 1)
        button = secondary_button(verb)
        button.setObjectName(f"firstStep{number}")
        button.clicked.connect(lambda: self.open_page.emit(page))
        reason = words(why, Role.MUTED)
        reason.setWordWrap(True)
        inner = QWidget()
        column = QGridLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setVerticalSpacing(2)
        column.addWidget(words(title, Role.STRONG), 0, 0)
        column.addWidget(reason, 1, 0)
        figure: QLabel = words(str(number), Role.FIGURE)
        self._grid.addWidget(figure, row, 0)
        self._grid.addWidget(inner, row, 1)
        self._grid.addWidget(button, row, 2)
