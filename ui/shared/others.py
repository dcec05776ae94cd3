"""Other PCs of the point: what they record is seen here soon, and a main PC that is off is told."""

from PySide6.QtCore import QObject, QTimer

from station.ports import PointStore, StoreUnreachable
from station.words import _
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.shared.sharing import Way
from ui.wording import explain

EVERY_MS = 4_000
KEY = "main-pc"


class OtherPcs(QObject):
    """Asks a store that others work with, too, how far it is; pages then ask what is new."""

    def __init__(self, desk: Desk, window: MainWindow, way: Way) -> None:
        """Made before any page: what is noted as seen, no page read earlier."""
        super().__init__()
        self._desk, self._window, self._way = desk, window, way
        self._seen, self._told = 0, ""
        self._waiting = False  # for an answer: a main PC that is off takes its time
        desk.recorded.connect(self._note)
        self._often = QTimer(self, interval=EVERY_MS)
        self._often.timeout.connect(self.look)

    def begin(self) -> None:
        """Look every few seconds from now on."""
        self._note()
        self._often.start()

    def close(self) -> None:
        """Look no more."""
        self._often.stop()

    def look(self) -> None:
        """Ask whether another PC recorded something."""
        if not self._waiting:
            self._waiting = True
            self._desk.ask(_newest, self._compare, self._cannot, owner=self)

    def _note(self) -> None:
        """The pages ask anew by themselves for what was recorded here."""
        self._desk.ask(_newest, self._know, self._cannot, owner=self)

    def _compare(self, newest: int) -> None:
        if newest > self._seen:
            self._desk.recorded.emit()
        self._know(newest)

    def _know(self, newest: int) -> None:
        self._waiting = False
        self._seen = max(self._seen, newest)
        self._tell("")

    def _cannot(self, error: Exception) -> None:
        self._waiting = False
        if isinstance(error, StoreUnreachable):
            self._tell(self._words(error))

    def _tell(self, sentence: str) -> None:
        """Once, not with every question: a screen reader reads what is new."""
        if sentence == self._told:
            return
        self._told = sentence
        if sentence:
            self._window.warn(KEY, sentence)
        else:
            self._window.settle(KEY)

    def _words(self, error: StoreUnreachable) -> str:
        if type(error) is not StoreUnreachable:
            return explain(error, self._desk.reference)
        if self._way is Way.MAIN:
            return _(
                "The shared data of this PC does not answer: nothing can be recorded. Close the "
                "program here and open it again; nothing is lost."
            )
        if self._way is not Way.OTHER:
            return explain(error, self._desk.reference)
        return _(
            "The main PC does not answer: nothing can be recorded. Switch it on and open the "
            "program there; here everything goes on by itself then."
        )


def _newest(store: PointStore) -> int:
    return store.newest()
