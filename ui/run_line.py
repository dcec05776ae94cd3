"""One line that says what is going on in the background, for how long, and how it ended."""

from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from station.words import _, _n
from ui.bars import plain_bar
from ui.buttons import link_button
from ui.icons import pixmap
from ui.progress_line import left_words
from ui.theme import Tone, words

TICK_MS = 250
BAR_WIDTH = 120
ICON = 18


class RunLine(QFrame):
    """Hidden until something runs; an ending stays until it is dismissed or overtaken.

    `cancelled` when a person does not want what runs any more; only what can be stopped shows it.
    """

    cancelled = Signal()

    def __init__(self, dismiss: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._doing, self._began = "", 0.0
        self._picture = QLabel()
        self._words = words()
        self._words.setWordWrap(True)
        self._bar = plain_bar(width=BAR_WIDTH)
        self._bar.setRange(0, 0)  # nobody knows how long a machine takes to answer
        self._dismiss = link_button(dismiss)
        self._dismiss.clicked.connect(self.hide)
        self.stop = link_button(_("Cancel"))
        self.stop.setObjectName("cancelRun")
        self.stop.clicked.connect(self.cancelled)
        self._can_stop, self._usual_s = False, 0.0
        self._time = QTimer(self)
        self._time.setInterval(TICK_MS)
        self._time.timeout.connect(self._tell_time)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)
        row.addWidget(self._bar)
        row.addWidget(self.stop)
        row.addWidget(self._dismiss)
        self.hide()

    @property
    def text(self) -> str:
        """What the line says, "" while it is not shown."""
        return "" if self.isHidden() else self._words.text()

    @property
    def running(self) -> bool:
        """Whether something still runs."""
        return self._time.isActive()

    def start(self, doing: str, *, usual_s: float = 0, can_stop: bool = False) -> None:
        """Say what runs now, and what it took before; 0: nobody knows."""
        self._doing, self._began = doing, monotonic()
        self._usual_s, self._can_stop = usual_s, can_stop
        self._show(Tone.UNKNOWN, running=True)
        self._tell_time()
        self._time.start()

    def settle(self) -> None:
        """Take an ending away; what still runs stays."""
        if not self.running:
            self.hide()

    def end(self, tone: Tone, sentence: str) -> None:
        """Say how it ended."""
        self._time.stop()
        self._show(tone, running=False)
        self._words.setText(sentence)
        self.setAccessibleName(sentence)

    def _show(self, tone: Tone, *, running: bool) -> None:
        self._bar.setVisible(running)
        self._dismiss.setVisible(not running)
        self.stop.setVisible(running and self._can_stop)
        self._picture.setPixmap(pixmap(tone.value, tone.ink, ICON))
        self.setProperty("tone", tone.value)
        for widget in (self, self._words):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.show()

    def _tell_time(self) -> None:
        seconds = int(monotonic() - self._began)
        passed = _n("{count} second", "{count} seconds", seconds).format(count=seconds)
        left = round(self._usual_s) - seconds  # later than ever: nothing is promised
        told = left_words(left) if left > 0 else ""
        self._words.setText(" · ".join(filter(None, (f"{self._doing} {passed}", told))))
