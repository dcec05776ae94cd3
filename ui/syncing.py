"""Sending the ledger beside the work: one push at a time, and how it ended in a person's words."""

from datetime import datetime
from threading import Event

from PySide6.QtCore import QObject, Signal

from station.ports import PointStore, Standing
from station.words import _, _n
from sync.problems import ChainAhead, ChainStuck, Offline, ServiceUnavailable
from sync.push import Pushed, push
from ui.background import Background
from ui.desk import Desk
from ui.settings import is_service_address
from ui.sync_end import SyncEnd
from ui.theme import Tone
from ui.wording import explain


class Syncing(QObject):
    """Runs on a thread of slow things, so that neither the window nor the store waits for it."""

    started = Signal()
    ended = Signal(object)  # SyncEnd
    restored_copy = Signal()  # the chain written now is not the service's: begin a new one

    def __init__(self, desk: Desk, store: PointStore, background: Background, address: str) -> None:
        super().__init__()
        self._desk, self._store, self._background = desk, store, background
        self._address = address
        self._stopping = Event()
        self._contact: datetime | None = None
        self.running = False
        self.last: SyncEnd | None = None
        if not is_service_address(address):
            self._tell_address()

    def sync_now(self) -> None:
        """Send what waits; while it is being sent, asking again changes nothing."""
        if self.running or self._stopping.is_set():
            return
        if not is_service_address(self._address):
            self._tell_address()
            return
        self.running = True
        self.started.emit()
        self._background.run(self._push, self._pushed, self._failed, self)

    def close(self) -> None:
        """Stop after the batch that is on its way; nothing is lost by it."""
        self._stopping.set()

    def _push(self) -> Pushed:
        from sync.service import CentralService  # noqa: PLC0415 -- httpx is slow to load

        with CentralService(self._address) as service:
            return push(self._store, service, stop=self._stopping.is_set)

    def _pushed(self, pushed: Pushed) -> None:
        self._contact = self._desk.now().at
        to_settle = pushed.disputed + pushed.void + pushed.rejected
        self._end(
            Tone.WARN if to_settle or pushed.again else Tone.OK, _pushed_words(pushed, to_settle)
        )
        if pushed.answered:
            self._desk.recorded.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, (ChainAhead, ChainStuck)):
            self._contact = self._desk.now().at
            self._desk.recorded.emit()  # what stands in other chains may have been answered
        self._end(_tone(error), explain(error, self._desk.reference))
        if isinstance(error, ChainAhead):
            self._tell_unless_left(error)

    def _tell_unless_left(self, ahead: ChainAhead) -> None:
        """A new chain may have been begun while this one was being sent; one is enough."""

        def tell(standing: Standing) -> None:
            if standing.chain == ahead.chain:
                self.restored_copy.emit()

        self._desk.ask(lambda store: store.standing(), tell, self._failed, owner=self)

    def _tell_address(self) -> None:
        """Nothing was tried: sending begins once an address is written on the settings page."""
        if self._address:
            told = _("{address} is no address of a service. Correct it on the settings page.")
            sentence = told.format(address=self._address)
            self._end(Tone.FAIL, sentence, _("Wrong address"))
        else:
            sentence = _("This point is not connected to the service yet.")
            self._end(Tone.UNKNOWN, sentence, _("No address set"))

    def _end(self, tone: Tone, sentence: str, word: str = "") -> None:
        self.running = False
        word = word or _ending_word(tone)
        self.last = SyncEnd(self._desk.now().at, tone, word, sentence, self._contact)
        self.ended.emit(self.last)


def _tone(error: Exception) -> Tone:
    if isinstance(error, (Offline, ServiceUnavailable)):
        return Tone.UNKNOWN
    return Tone.WARN if isinstance(error, ChainStuck) else Tone.FAIL


def _ending_word(tone: Tone) -> str:
    return {
        Tone.OK: _("Sent"),
        Tone.WARN: _("Sent, look below"),
        Tone.UNKNOWN: _("Offline"),
        Tone.FAIL: _("Stopped"),
    }[tone]


def _pushed_words(pushed: Pushed, to_settle: int) -> str:
    sent = _sent_words(pushed, to_settle)
    if not pushed.again:
        return sent
    lost = _n(
        "The service had lost {count} record of this point; it was sent again.",
        "The service had lost {count} records of this point; they were sent again.",
        pushed.again,
    )
    return f"{lost.format(count=pushed.again)} {sent}"


def _sent_words(pushed: Pushed, to_settle: int) -> str:
    if not pushed.answered:
        return _("Everything was sent already.")
    sent = _n("{count} record was sent.", "{count} records were sent.", pushed.answered)
    if not to_settle:
        return sent.format(count=pushed.answered)
    settle = _n("{count} must be settled.", "{count} must be settled.", to_settle)
    return f"{sent.format(count=pushed.answered)} {settle.format(count=to_settle)}"
