"""The report on its way to the station: on a thread of its own, told step by step."""

import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from sync.lan import (
    NoStation,
    NotAStationAddress,
    Outcome,
    Refused,
    Sent,
    StrangeAnswer,
    Unreachable,
    Waiting,
    keep_sending,
    typed_station,
)
from sync.lan_discovery import Station, StationFinder
from sync.pairing import draw_code
from ui.theme import Tone

Told = Callable[[Outcome], None]


class Courier(Protocol):
    """Carries a report to the station until it is there, is refused for good, or told to stop."""

    def __call__(
        self, data: bytes, code: str, address: str, told: Told, stop: threading.Event
    ) -> Outcome:
        """`address` is what a person typed; "" looks for stations on the network."""
        ...


def carry_by_lan(
    data: bytes, code: str, address: str, told: Told, stop: threading.Event
) -> Outcome:
    """Over the local network; raises NotAStationAddress for an address that leads nowhere."""
    typed = (typed_station(address),) if address else ()
    with StationFinder() as finder:
        return keep_sending(data, code, lambda: _beside(typed, finder.stations()), told, stop)


def _beside(typed: tuple[Station, ...], heard: tuple[Station, ...]) -> tuple[Station, ...]:
    """The typed one first, and once: it may be among those that announced themselves."""
    known = {(station.address, station.port) for station in typed}
    return typed + tuple(one for one in heard if (one.address, one.port) not in known)


class Sending(QObject):
    """Sends one report under one pairing code; another report takes another code."""

    told = Signal(object)  # Outcome
    wrong_address = Signal()

    def __init__(
        self, courier: Courier, parent: QObject | None = None, *, wrong_shown_s: float = 8.0
    ) -> None:
        super().__init__(parent)
        self._courier, self._wrong_shown_s = courier, wrong_shown_s
        self._stop = threading.Event()
        self._data = b""
        self.code = ""

    def begin(self, data: bytes) -> None:
        """Draw a code for this report and look for a station."""
        self._data, self.code = data, draw_code()
        self._carry("")

    def try_address(self, address: str) -> None:
        """Send it to this address instead."""
        self._carry(address)

    def stop(self) -> None:
        """Send no more. The thread ends at its next breath; nobody waits for it."""
        self._stop.set()

    def _carry(self, address: str) -> None:
        self._stop.set()
        self._stop = stop = threading.Event()
        data, code, courier = self._data, self.code, self._courier

        def tell(outcome: Outcome) -> None:
            if not stop.is_set():
                self.told.emit(outcome)

        def carry() -> None:
            try:
                courier(data, code, address, tell, stop)
            except NotAStationAddress:
                self.wrong_address.emit()
                if not stop.wait(self._wrong_shown_s):  # read by then; what was found before counts
                    courier(data, code, "", tell, stop)

        # a daemon: a network that hangs must not hold up the end of the program
        threading.Thread(target=carry, name="lan-sender", daemon=True).start()


def sending_tone(outcome: Outcome) -> Tone:
    """How it looks: green is done, amber waits for a person, grey still looks."""
    if isinstance(outcome, Sent):
        return Tone.OK
    if isinstance(outcome, Waiting):
        return Tone.WARN
    return Tone.UNKNOWN if isinstance(outcome, NoStation) else Tone.FAIL


def needs_the_stick(outcome: Outcome) -> bool:
    """Whether the network will not do and a stick is the way."""
    stuck = isinstance(outcome, Refused) and outcome.is_final
    return stuck or isinstance(outcome, NoStation | Unreachable | StrangeAnswer)
