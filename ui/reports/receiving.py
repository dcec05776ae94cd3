"""Reports from laptops on the local network: switched on and off, awaited, and what landed.

The receiver has a thread of its own. What it tells comes to the window's thread as a signal.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import Struct, structs
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from diagnostics.shelf import Shelf
from ui.background import Background
from ui.desk import Desk
from ui.reports.shelf_keeper import ShelfKeeper
from ui.settings import read_settings, write_settings

if TYPE_CHECKING:
    from sync.firewall import Firewall
    from sync.lan_desk import PairingDesk, WaitingReport
    from sync.lan_discovery import Announcement
    from sync.lan_receiver import LanReceiver

T = TypeVar("T")

LOOK_MS: Final = 2_000


class Phase(StrEnum):
    """Whether laptops can send here."""

    OFF = "off"
    STARTING = "starting"
    LISTENING = "listening"
    FAILED = "failed"


class NotListening(Exception):
    """Laptops cannot send here now: nothing listens."""

    code = "not_listening"


class ReceiverState(Struct, frozen=True):
    """What people are told of the receiver."""

    phase: Phase
    addresses: tuple[str, ...] = ()  # none: this PC is on no local network
    port: int = 0
    heard: bool = False  # some other machine reached it since it listens
    firewall: "Firewall | None" = None


class _Open(Struct, frozen=True):
    """Everything that runs while it listens."""

    desk: "PairingDesk"
    receiver: "LanReceiver"
    announcement: "Announcement"
    firewall: "Firewall"

    def close(self) -> None:
        self.receiver.stop()
        self.announcement.stop()

    def look(self) -> "tuple[ReceiverState, tuple[WaitingReport, ...]]":
        now = self.receiver.state()
        heard = now.heard_s is not None
        state = ReceiverState(Phase.LISTENING, now.addresses, now.port, heard, self.firewall)
        return state, self.desk.waiting()


class Where(Struct, frozen=True):
    """Where to listen; tests keep to the loopback."""

    host: str = "0.0.0.0"  # noqa: S104 -- the receiver refuses whoever is no neighbour
    port: int | None = None  # None: the usual one
    announce_on: tuple[str, ...] = ()  # all adapters


class Receiving(QObject):
    """Off until somebody wants it: every listener is one more door of the PC."""

    changed = Signal()  # the state, or which laptops wait
    landed = Signal(object)  # Landed
    _told_landed = Signal(object)
    _told_changed = Signal()

    def __init__(
        self, desk: Desk, shelf: Shelf, point: int, settings: Path, where: Where | None = None
    ) -> None:
        super().__init__()
        self._desk, self._shelf, self._point, self._file = desk, shelf, point, settings
        self._where = where or Where()
        self._open: _Open | None = None
        self._background: Background | None = None
        self._seen: tuple[WaitingReport, ...] = ()
        self._looking = False
        self.state = ReceiverState(Phase.OFF)
        queued = Qt.ConnectionType.QueuedConnection
        self._told_landed.connect(self.landed, queued)
        self._told_changed.connect(self._look, queued)
        self._often = QTimer(self)
        self._often.setInterval(LOOK_MS)
        self._often.timeout.connect(self._look)

    @property
    def waiting(self) -> "tuple[WaitingReport, ...]":
        """The reports that laptops hold ready."""
        return self._seen

    def turn_on(self, *, remember: bool = True) -> None:
        """Listen from now on, and from the next start on."""
        if self.state.phase in {Phase.OFF, Phase.FAILED}:
            self._set(ReceiverState(Phase.STARTING))
            self._run(self._start, self._started, self._failed)
            if remember:
                self._remember(on=True)

    def turn_off(self) -> None:
        """Listen no more."""
        self._run(self._stop, lambda _nothing: None, lambda _error: None)
        self._seen = ()
        self._often.stop()
        self._set(ReceiverState(Phase.OFF))
        self._remember(on=False)

    def close(self) -> None:
        """The app ends."""
        self._often.stop()
        if self._background is not None:
            self._run(self._stop, lambda _nothing: None, lambda _error: None)
            self._background.close(QCoreApplication.processEvents)  # a goodbye takes a second

    def expect(
        self,
        code: str,
        device: str,
        done: Callable[[None], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Await the report of this code for a device; turned on where it was off."""
        self.turn_on()
        self._run(lambda: self._pairing().expect(code, device), done, failed)

    def pick(self, digest: bytes, device: str | None) -> None:
        """Let a waiting report come; raises NotWaiting or NotListening."""
        self._pairing().pick(digest, device)

    def decline(self, digest: bytes) -> None:
        """Do not want a waiting report."""
        self._pairing().decline(digest)

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Do slow work on the reports beside the window: reading and writing their files."""
        self._run(work, done, failed)

    def _run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        if self._background is None:
            self._background = Background("reports")
        self._background.run(work, done, failed, self)

    def _pairing(self) -> "PairingDesk":
        if self._open is None:
            raise NotListening
        return self._open.desk

    def _start(self) -> None:
        from sync.firewall import firewall_of  # noqa: PLC0415 -- a start of the app loads no HTTP
        from sync.lan_desk import PairingDesk  # noqa: PLC0415 -- the same
        from sync.lan_discovery import Announcement  # noqa: PLC0415 -- the same
        from sync.lan_receiver import LanReceiver  # noqa: PLC0415 -- the same
        from sync.lan_wire import PORT  # noqa: PLC0415 -- the same

        keeper = ShelfKeeper(self._shelf, lambda: self._desk.now().at)
        desk = PairingDesk(keeper, self._told_landed.emit, self._told_changed.emit)
        port = PORT if self._where.port is None else self._where.port
        receiver = LanReceiver(desk, point=self._point, host=self._where.host, port=port)
        listening = receiver.start()
        announced = Announcement(
            lambda: receiver.state().addresses,
            listening.port,
            self._point,
            self._where.announce_on,
        )
        announced.start()
        self._open = _Open(desk, receiver, announced, firewall_of(listening.port))

    def _stop(self) -> None:
        """Runs after a start that was asked for before, however quickly a person changed mind."""
        was, self._open = self._open, None
        if was is not None:
            was.close()

    def _started(self, _nothing: None) -> None:
        if self.state.phase is Phase.STARTING:
            self._often.start()
            self._look()

    def _failed(self, _error: Exception) -> None:
        self._set(ReceiverState(Phase.FAILED))

    def _look(self) -> None:
        """Which laptops wait, and how the network stands: a cable may have been pulled."""
        if self._open is not None and not self._looking:
            self._looking = True
            self._run(self._open.look, self._saw, self._cannot_look)

    def _saw(self, looked: "tuple[ReceiverState, tuple[WaitingReport, ...]]") -> None:
        self._looking = False
        if self.state.phase not in {Phase.STARTING, Phase.LISTENING}:
            return
        (state, seen), before = looked, self._seen
        self._seen = seen
        if state != self.state or [w.digest for w in seen] != [w.digest for w in before]:
            self._set(state)

    def _cannot_look(self, _error: Exception) -> None:
        self._looking = False

    def _set(self, state: ReceiverState) -> None:
        self.state = state
        self.changed.emit()

    def _remember(self, *, on: bool) -> None:
        keep = partial(_remember, self._file, on=on)
        self._run(keep, lambda _kept: None, lambda _error: None)  # it is asked for again then


def _remember(file: Path, *, on: bool) -> None:
    settings = read_settings(file)
    if settings.receive_reports is not on:
        write_settings(file, structs.replace(settings, receive_reports=on))
