"""One line for work that lasts: how far it is, how long it still takes, and a way to stop it.

`begin("Writing the table", total)`, `advance(done)` as often as it likes, `end()` when it is over.
Nothing is shown in the first half second: most work is over by then.
"""

from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from station.words import _, _n
from ui.bars import plain_bar
from ui.buttons import link_button
from ui.theme import Role, words

SHOWN_AFTER_MS = 500
BAR_WIDTH = 180
SURE_AFTER = 0.05  # of the work: less tells nothing of the rest
MINUTE = 60


class ProgressLine(QFrame):
    """Hidden until something lasts; `cancelled` when a person stops it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._doing, self._total, self._began = "", 0, 0.0
        self._words = words("", Role.BODY)
        self._bar = plain_bar(width=BAR_WIDTH)
        self.stop = link_button(_("Cancel"))
        self.stop.setObjectName("cancelProgress")
        self.stop.clicked.connect(self._cancel)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SHOWN_AFTER_MS)
        self._later.timeout.connect(self.show)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._bar)
        row.addWidget(self.stop)
        self.hide()

    @property
    def text(self) -> str:
        """What the line says."""
        return self._words.text()

    def begin(self, doing: str, total: int) -> None:
        """Something begins that has so many steps."""
        self._doing, self._total, self._began = doing, max(total, 1), monotonic()
        self._bar.setRange(0, self._total)
        self.advance(0)
        self._later.start()

    def advance(self, done: int) -> None:
        """So many steps are over."""
        self._bar.setValue(min(done, self._total))
        told = remaining_words(monotonic() - self._began, done / self._total)
        self._words.setText(" · ".join(filter(None, (self._doing, told))))
        self.setAccessibleName(self._words.text())

    def advance_to(self, done: int, total: int) -> None:
        """The same, of work that learns only while it goes on how much there is."""
        self._total = max(total, 1)
        self._bar.setRange(0, self._total)
        self.advance(done)

    def end(self) -> None:
        """It is over, or was stopped."""
        self._later.stop()
        self.hide()

    def _cancel(self) -> None:
        self.end()
        self.cancelled.emit()


def remaining_words(passed_s: float, share: float) -> str:
    """How long it still takes, as far as the part that is over tells; "" while it tells nothing."""
    if share < SURE_AFTER:
        return ""
    return left_words(round(passed_s * (1 - min(share, 1)) / share))


def left_words(left: int) -> str:
    """Name so many seconds that are left."""
    if left >= MINUTE:
        minutes = -(-left // MINUTE)
        told = _n("about {count} minute left", "about {count} minutes left", minutes)
        return told.format(count=minutes)
    told = _n("about {count} second left", "about {count} seconds left", left)
    return told.format(count=left)
