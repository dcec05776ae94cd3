"""Records what came of a call, says what follows of it, and offers the way back."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station import calling
from station.calling import CallNoted
from station.device import Device
from station.events import Event
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store
from station.reference import Reference, Table, Unreached
from station.words import _
from ui.coded_words import coded
from ui.day_words import day_words
from ui.desk import Desk
from ui.offers.call_lines import CallLine
from ui.wording import explain


class CallDesk(QObject):
    """`done` says a sentence and what takes it back; `followed` what must be looked at now."""

    said = Signal(str)
    done = Signal(str, object)
    followed = Signal(str, str)  # a sentence, and the code it is about

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    def note(self, line: CallLine, result: str, again_on: date | None, note: str = "") -> None:
        """Record what came of ringing."""
        settles = self._desk.reference.call_result(result).settles
        command = calling.NoteCall(
            code=line.subject.code,
            about=line.call.about,
            result=result,
            again_on=None if settles else again_on,
            note=note,
        )
        done = partial(self._tell, line, result)
        self._desk.do(partial(calling.note_call, command), done, self._refuse, owner=self._page)

    def _tell(self, line: CallLine, result: str, noted: CallNoted) -> None:
        reference = self._desk.reference
        name = line.donor.name or line.subject.code
        word = coded(Table.CALL_RESULTS, result, reference)
        told = _("{donor}: {result}").format(donor=name, result=word.lower())
        if noted.follows is not None:
            sentence = f"{told}. {follow_words(noted, reference)}"
            self.followed.emit(sentence, line.subject.code)
            return
        if noted.again_on is not None:
            again = _("again on {day}").format(day=day_words(noted.again_on))
            told = f"{told}, {again}"
        self.done.emit(told, partial(self._take_back, line))

    def _take_back(self, line: CallLine) -> None:
        act = partial(_as_it_stood, line)
        self._desk.do(act, lambda _event: self._taken_back(), self._refuse, owner=self._page)

    def _taken_back(self) -> None:
        self.said.emit(_("Taken back"))

    def _refuse(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))


def _as_it_stood(line: CallLine, store: Store, by: Operator, when: Moment) -> Event:
    return calling.plan_again(line.subject.code, line.call, store, by, when)


def follow_words(noted: CallNoted, reference: Reference) -> str:
    """What follows where the donor was never reached."""
    if noted.held:
        return _("The donor was not reached: the device is on hold. Retire it for its parts?")
    words: dict[Unreached | None, Callable[[], str]] = {
        Unreached.HOLD: lambda: _("The donor was not reached: retire the device for its parts?"),
        Unreached.WISH: lambda: _wish(noted, reference),
        Unreached.OWN_STOCK: lambda: _(
            "The donor was not reached: take it from the point's stock."
        ),
        Unreached.CLOSE: lambda: _(
            "The donor was not reached: close the offer, or try in writing."
        ),
    }
    return words[noted.follows]()


def _wish(noted: CallNoted, reference: Reference) -> str:
    if noted.proposed is None:
        return _("The donor was not reached and said nothing at intake: the point decides.")
    wish = coded(Table.HOPELESS_WISHES, noted.proposed, reference)
    return _("The donor was not reached; at intake the donor said: {wish}.").format(wish=wish)


def is_device(line: CallLine) -> bool:
    """Whether the call is about a device that can be opened."""
    return isinstance(line.subject, Device)
