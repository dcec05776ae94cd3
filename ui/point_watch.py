"""What the footer and the banners say of the point: what waits, a wrong clock, a restored copy."""

import logging
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject

from station.ledger import ChainId, Moment
from station.operators import Operator
from station.ports import PointStore, Standing
from station.store.witness import witness_of
from station.words import _
from ui.day_words import time_words
from ui.desk import Act, Desk
from ui.main_window import MainWindow
from ui.sync.end import SyncEnd, sync_sign
from ui.wording import explain

logger = logging.getLogger(__name__)


class Standstill(Struct, frozen=True):
    """What the window says of the point after each act."""

    standing: Standing
    waiting: int
    to_settle: int
    clock_doubt: datetime | None


class PointWatch(QObject):
    """Looks after each act, and notes on this PC how far the store has come."""

    def __init__(
        self, desk: Desk, window: MainWindow, standing: Standing, *, state: Path, in_a_file: bool
    ) -> None:
        super().__init__()
        self._desk, self._window, self._in_a_file = desk, window, in_a_file
        self._witness = witness_of(state, standing.store_id)
        self._seen: Standstill | None = None
        self._end: SyncEnd | None = None
        desk.recorded.connect(self.look)

    def look(self) -> None:
        """Look anew, as after each act."""
        now = self._desk.now().at

        def asked(store: PointStore) -> Standstill:
            standing = store.standing()
            self._remember(standing)
            waiting, to_settle = store.sync_state().waiting, len(store.tasks())
            return Standstill(standing, waiting, to_settle, store.clock_doubt(now))

        self._desk.ask(asked, self._tell, self._refuse, owner=self)

    def hear(self, end: SyncEnd) -> None:
        """How the last round of sync ended; what waits may be less now."""
        self._end = end
        self.look()

    def _show_sign(self) -> None:
        if self._seen is not None:
            sign = sync_sign(self._seen.waiting, self._seen.to_settle, self._end)
            self._window.show_sync(sign)

    def _tell(self, seen: Standstill) -> None:
        self._seen = seen
        self._show_sign()
        if seen.clock_doubt is None:
            self._window.settle("clock")
            return
        sentence = _("This PC's clock may be wrong: something was already recorded at {time}.")
        self._window.warn("clock", sentence.format(time=time_words(seen.clock_doubt.astimezone())))

    def check_witness(self, standing: Standing) -> None:
        """An old copy of the store begins a new chain before anything else is recorded."""
        if self._came_from_elsewhere(standing) or self._witness.is_ahead_of(standing):
            logger.warning("restored_copy chain=%s seq=%s", standing.chain, standing.seq)
            self.begin_anew()

    def _came_from_elsewhere(self, standing: Standing) -> bool:
        """A file that this PC never saw, with a past, was copied here: from a dead PC, say.

        The copy may be older than what that PC recorded last, so it goes on as a new chain.
        """
        if not (self._in_a_file and standing.seq > 1 and self._witness.never_saw()):
            return False
        if self._remember(standing):
            return True
        sentence = _(
            "This PC cannot note how far the data has come: an old copy is not noticed here."
        )
        self._window.warn("witness", sentence)  # else every start would take it for another's file
        return False

    def _remember(self, standing: Standing) -> bool:
        """Note how far the store has come; False where this PC cannot, and people must know."""
        try:
            self._witness.note(standing)
        except OSError:
            logger.warning("no_witness chain=%s seq=%s", standing.chain, standing.seq)
            return False
        return True

    def begin_anew(self) -> None:
        """Go on as a new chain: this copy lacks what was recorded after it was made."""
        seen = self._witness.last_seen()
        begin: Act[ChainId] = partial(_start_chain, seen.highest_number if seen else 0)
        self._desk.do(begin, self._tell_restored, self._refuse, owner=self)

    def _tell_restored(self, _chain: ChainId) -> None:
        sentence = _(
            "This store may be an older copy: records made later may be missing here. "
            "New codes leave a gap. Tell the station lead to look for the newest label."
        )
        self._window.warn("restored", sentence)

    def _refuse(self, error: Exception) -> None:
        self._window.say(explain(error, self._desk.reference))


def _start_chain(highest: int, store: PointStore, by: Operator, when: Moment) -> ChainId:
    return store.start_chain(by, when, printed=highest, reason="restored")
