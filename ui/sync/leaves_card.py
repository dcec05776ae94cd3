"""What leaves this PC, said honestly: what is sent to whom, and what never is."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from station.words import _
from ui.cards import Card
from ui.icons import pixmap
from ui.theme import Role, Tone, words

ICON: Final = 16


class LeavesCard(Card):
    """Five lines that change only with the program."""

    def __init__(self) -> None:
        super().__init__(_("What leaves this PC"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        for tone, what, where in _leaving():
            self._add(tone, what, where)

    def _add(self, tone: Tone, what: str, where: str) -> None:
        row = self._grid.rowCount()
        picture = QLabel()
        picture.setPixmap(pixmap(tone.value, tone.ink, ICON))
        picture.setContentsMargins(0, 2, 0, 0)
        self._grid.addWidget(picture, row, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        for at, label in enumerate((words(what, Role.STRONG), words(where, Role.MUTED))):
            label.setWordWrap(True)
            self._grid.addWidget(label, row + at, 1)


def _leaving() -> tuple[tuple[Tone, str, str], ...]:
    return (
        (
            Tone.OK,
            _("What happened to devices and cases"),
            _("As codes, numbers and days, without a name: to the service."),
        ),
        (
            Tone.WARN,
            _("Donors, pupils, typed notes and papers that name them"),
            _("Encrypted: to the service, and to points that a device or case goes to."),
        ),
        (
            Tone.WARN,
            _("Scans of signed papers"),
            _("Encrypted: to the service alone."),
        ),
        (
            Tone.OK,
            _("Photos, certificates and test results that somebody let go"),
            _("One by one, each by a person's word: to the service."),
        ),
        (
            Tone.FAIL,
            _("Never: everything else"),
            _("Names and passwords of operators, all other photos and files, what disks held."),
        ),
    )
