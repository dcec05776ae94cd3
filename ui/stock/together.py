"""The same act on many devices: each recorded by itself, those that refused told by name."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from station.codes import grouped
from station.events import Event
from station.refusals import Refusal
from station.words import _, _n
from ui.desk import Act, Desk
from ui.progress_line import ProgressLine
from ui.wording import explain

SHOWN_REFUSALS = 3


class Done(Struct, frozen=True):
    """What became of it: the devices that took part, and why others did not."""

    codes: tuple[str, ...]
    acts: tuple[bytes, ...] = ()  # hashes of what was recorded
    refused: tuple[tuple[str, str], ...] = ()  # code, sentence
    stopped: bool = False


class Together(QObject):
    """Runs one act after the other; another begins only when this one is over."""

    ended = Signal(object)  # Done

    def __init__(self, desk: Desk, progress: ProgressLine, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._progress = desk, progress
        self._left: Iterator[str] = iter(())
        self._act: Callable[[str], Act[Any]] = _nothing
        self._codes: list[str] = []
        self._acts: list[bytes] = []
        self._refused: list[tuple[str, str]] = []
        self._stopped = self.running = False
        progress.cancelled.connect(self.stop)

    def run(self, doing: str, codes: Sequence[str], act: Callable[[str], Act[Any]]) -> None:
        """Do this to each of them."""
        if self.running:
            return
        self.running, self._stopped, self._act = True, False, act
        self._left, self._codes, self._acts, self._refused = iter(tuple(codes)), [], [], []
        self._progress.begin(doing, len(codes))
        self._go_on()

    def stop(self) -> None:
        """What was recorded stays; the rest is left."""
        self._stopped = True

    def _go_on(self) -> None:
        code = None if self._stopped else next(self._left, None)
        if code is None:
            self._end()
            return
        self._progress.advance(len(self._codes) + len(self._refused))
        self._desk.do(
            self._act(code), partial(self._did, code), partial(self._failed, code), owner=self
        )

    def _did(self, code: str, outcome: object) -> None:
        self._codes.append(code)
        if isinstance(outcome, Event):
            self._acts.append(outcome.hash)
        self._go_on()

    def _failed(self, code: str, error: Exception) -> None:
        self._refused.append((code, explain(error, self._desk.reference)))
        if isinstance(error, Refusal):
            self._go_on()
        else:  # the store itself: the others would fare no better
            self._stopped = True
            self._end()

    def _end(self) -> None:
        self.running = False
        self._progress.end()
        self.ended.emit(
            Done(tuple(self._codes), tuple(self._acts), tuple(self._refused), self._stopped)
        )


def done_words(done: Done) -> str:
    """Say how many it was done to, and exactly who refused and why."""
    count = len(done.codes)
    told = [_n("Done: {count} device", "Done: {count} devices", count).format(count=count)]
    for code, why in done.refused[:SHOWN_REFUSALS]:
        told.append(f"{grouped(code)}: {why}")
    more = len(done.refused) - SHOWN_REFUSALS
    if more > 0:
        told.append(_n("{count} more refused", "{count} more refused", more).format(count=more))
    if done.stopped:
        told.append(_("stopped before the end"))
    return " · ".join(told)


def _nothing(_code: str) -> Act[Any]:
    return lambda _store, _by, _when: None
