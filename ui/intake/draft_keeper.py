"""Keeps what lies on the counter, a moment after somebody typed, off the window's thread."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from station.ports import PointStore
from ui.desk import Desk
from ui.intake.draft import CounterDraft, decode, encode
from ui.pc import this_pc

PAUSE_MS = 400  # after the last key; a power cut costs no more than this


def draft_place() -> str:
    """Under which name this PC's counter is kept."""
    return f"intake/{this_pc()}"


def found_draft(store: PointStore) -> CounterDraft | None:
    """What this PC held when it stopped; None when it held nothing that can go on."""
    return decode(store.draft(draft_place()))


class DraftKeeper(QObject):
    """Asks the page what it holds and writes it down; what is unchanged is not written again."""

    not_kept = Signal(Exception)

    def __init__(
        self, desk: Desk, held: Callable[[], CounterDraft | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._held = desk, held
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    def touch(self) -> None:
        """Something changed on the counter."""
        self._pause.start()

    def keep(self) -> None:
        """Write down what is held now; nothing held is nothing kept."""
        self._pause.stop()
        draft = self._held()
        self._desk.ask(partial(_keep, draft), _kept, self.not_kept.emit, owner=self)

    def forget(self) -> None:
        """It was committed: what was typed just before must not be written down after it."""
        self._pause.stop()


def _keep(draft: CounterDraft | None, store: PointStore) -> None:
    if draft is None:
        store.drop_draft(draft_place())
    else:
        store.keep_draft(draft_place(), encode(draft))


def _kept(_nothing: None) -> None:
    """What is safe now is told to nobody: they go on typing."""
