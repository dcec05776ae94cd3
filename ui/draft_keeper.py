"""Keeps what a page holds and nobody recorded yet, a moment after it changed, for a power cut."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from station.ports import PointStore
from ui.desk import Desk
from ui.pc import this_pc

PAUSE_MS = 400  # after the last key; a power cut costs no more than this


def draft_place(page: str) -> str:
    """Under which name what a page of this PC holds is kept."""
    return f"{page}/{this_pc()}"


class DraftKeeper(QObject):
    """Asks the page what it holds and writes it down, sealed, off the window's thread."""

    not_kept = Signal(Exception)

    def __init__(
        self, desk: Desk, page: str, held: Callable[[], bytes | None], parent: QObject
    ) -> None:
        """`held` gives what would be lost now; None where that is nothing."""
        super().__init__(parent)
        self._desk, self._place, self._held = desk, draft_place(page), held
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    def touch(self) -> None:
        """Something changed on the page."""
        self._pause.start()

    def keep(self) -> None:
        """Write down what is held now; nothing held is nothing kept."""
        self._pause.stop()
        keep = partial(_keep, self._place, self._held())
        self._desk.ask(keep, _kept, self.not_kept.emit, owner=self)

    def forget(self) -> None:
        """It was recorded: what was typed just before must not be written down after it."""
        self._pause.stop()


def _keep(place: str, draft: bytes | None, store: PointStore) -> None:
    if draft is None:
        store.drop_draft(place)
    else:
        store.keep_draft(place, draft)


def _kept(_nothing: None) -> None:
    """What is safe now is told to nobody: they go on typing."""
