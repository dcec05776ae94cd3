"""Devices that may be given: for a case those that suit it, the most fitting first, and why."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from station.codes import grouped
from station.device import Device
from station.matching import LevelNeed, suggestions
from station.reference import Table
from station.words import _
from ui.cards import EmptyState
from ui.coded_words import coded
from ui.day_words import age_words
from ui.desk import Desk
from ui.giving.given_list import set_word
from ui.giving.handover_lists import CaseLine, HandoverLists
from ui.giving.sought import TWO_LINES, Sought
from ui.giving.suiting import why
from ui.line_list import LineList
from ui.line_table import Column


class ReadyLine(Struct, frozen=True):
    """A device and what is said of it, for the chosen case or of itself."""

    device: Device
    why: str


class ReadyList(Sought[ReadyLine]):
    """Nothing is chosen here by itself, however well it suits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ready: Sequence[Device] = ()
        self._shelves: Mapping[str, str] = {}
        self._needs: Mapping[str, LevelNeed] = {}
        super().__init__(
            self._listing(),
            self._words,
            "deviceFilter",
            _("Code, model, shelf or reason"),
            keys="Ctrl+Shift+D",
        )
        self.listing.view.verticalHeader().setDefaultSectionSize(TWO_LINES)

    def know(self, lists: HandoverLists) -> None:
        """What is ready, where it lies and what levels need; `show_for` shows it."""
        self._ready, self._shelves, self._needs = lists.ready, lists.shelves, lists.needs

    def show_for(self, line: CaseLine | None) -> None:
        """What suits this case; without one, everything that is ready, the longest first."""
        if line is None:
            self.show_lines(tuple(ReadyLine(d, self._of_itself(d)) for d in self._ready))
            return
        reference, case, day = self._desk.reference, line.case, self._desk.now().day
        found = suggestions(case, self._ready, self._needs, reference, day)
        self.show_lines(
            tuple(ReadyLine(one.device, why(one, case, self._shelves, reference)) for one in found)
        )

    def _of_itself(self, device: Device) -> str:
        since, shelf = device.since, device.shelf
        age = age_words(since, self._desk.now().day) if since else ""
        gift = device.promised
        parts = (
            _("direct gift for {case}").format(case=grouped(gift)) if gift else "",
            _("ready for {age}").format(age=age) if age and not gift else "",
            _("at {name}").format(name=self._shelves.get(shelf) or grouped(shelf)) if shelf else "",
        )
        return "; ".join(part for part in parts if part)

    def _name(self, line: ReadyLine) -> str:
        grade = line.device.grade
        graded = coded(Table.GRADES, grade, self._desk.reference) if grade else ""
        name = set_word(line.device, self._desk)
        return " · ".join(part for part in (name, graded) if part) + f"\n{line.why}"

    def _words(self, line: ReadyLine) -> str:
        return f"{grouped(line.device.code)} {line.device.code} {self._name(line)}"

    def _listing(self) -> LineList[ReadyLine]:
        columns = (
            Column[ReadyLine](_("Device code"), lambda line: grouped(line.device.code), width=118),
            Column[ReadyLine](_("Device, and why it suits"), self._name),
        )
        how = _("Devices come here from the bench, once they meet all conditions.")
        empty = EmptyState(_("No device is ready"), how)
        return LineList(columns, lambda line: line.device.code, empty).named(
            "readyDevices", _("Ready to give")
        )
