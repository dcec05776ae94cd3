"""Keeps what a page holds and nobody recorded yet, a moment after it changed, for a power cut."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from station.ports import PointStore
from ui.desk import Desk
from ui.pc import this_pc

PAUSE_MS = 400  # after the last key; a power cut costs no more than this


def draft_place(page: str) -> str:
    """Under which name what a page of this PC holds is kept."""
    return f"{page}/{this_pc()}"


class Draft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What each page's draft begins with."""

    format: int  # another number is another version's draft, which nobody can continue
    at: datetime


D = TypeVar("D", bound=Draft)


class DraftForm(Generic[D]):
    """How the drafts of one page are written and read."""

    def __init__(
        self,
        page: str,
        kind: type[D],
        format_: int,
        holds: Callable[[D], bool] = lambda _draft: True,
    ) -> None:
        """`holds` says whether the parts of a draft fit each other."""
        self._page, self._format, self._holds = page, format_, holds
        self._encoder, self._decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(kind)

    def place(self) -> str:
        """Under which name this PC keeps it."""
        return draft_place(self._page)

    def found(self, store: PointStore) -> D | None:
        """What this PC held when it stopped; None when it held nothing that can go on."""
        return self.decode(store.draft(self.place()))

    def encode(self, draft: D) -> bytes:
        """The bytes that are sealed."""
        return self._encoder.encode(draft)

    def decode(self, data: bytes | None) -> D | None:
        """Read a draft; None where there is none, or one that this version cannot continue."""
        if data is None:
            return None
        try:
            draft = self._decoder.decode(data)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError):
            return None
        return draft if draft.format == self._format and self._holds(draft) else None


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
