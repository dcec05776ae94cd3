"""Đồng bộ: what waits, what came, what leaves this PC, and whether the service knows it."""

from collections.abc import Iterator

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from station.ledger import ChainId
from station.words import _, _n
from ui.buttons import primary_button, secondary_button
from ui.cards import Card, FigureCard, PageHead
from ui.chips import Chip
from ui.day_words import time_words
from ui.desk import Desk
from ui.freshness import Freshness
from ui.side_by_side import SPACE, side_by_side
from ui.sync.end import SyncEnd
from ui.sync.enrol_card import Enrol, EnrolCard
from ui.sync.leaves_card import LeavesCard
from ui.sync.read import COUNTED, SyncRead, read_sync
from ui.theme import Role, Tone, words
from ui.wording import explain


class SyncPage(QWidget):
    """Sync goes on by itself; here one sees how far it is, and may ask for it now."""

    sync_now = Signal()
    open_page = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk, enrol: Enrol, begin_anew: Enrol, *, connected: bool) -> None:
        """`connected` says whether this PC was given an address of the service."""
        super().__init__()
        self._desk, self._connected = desk, connected
        self._revoked: ChainId | None = None
        self._now = primary_button(_("Sync now"), "sync", "Ctrl+Return")
        self._now.setObjectName("syncNow")
        self.to_settle = self._to_settle_button()
        self._head = PageHead(_("Sync"), acts=(self.to_settle, self._now))
        self.waiting = FigureCard(_("records to send"))
        self.people = FigureCard(_("people's rows to send"))
        self.files = FigureCard(_("files to send"))
        self.disputed = FigureCard(_("contradict another record"))
        self.void = FigureCard(_("do not count"))
        self._chip = Chip(Tone.UNKNOWN, _("Not tried yet"))
        self._result = words("")
        self._result.setObjectName("syncResult")
        self._contact = words(_("No contact since the program was started"), Role.MUTED)
        self._came = words("", Role.MUTED)
        self._came.setObjectName("syncCame")
        self.enrolment = EnrolCard(desk, enrol, begin_anew)
        self._lay_out()
        self._connect()
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Ask the store anew."""
        self._desk.ask(read_sync, self._show, self._refuse, owner=self)

    def show_running(self) -> None:
        """Say that records are on their way."""
        self._now.setEnabled(False)
        self._chip.show_verdict(Tone.UNKNOWN, _("Syncing"))
        self._result.setText(_("Records are on their way. Go on working."))

    def show_result(self, end: SyncEnd) -> None:
        """Say how the last attempt ended."""
        self._now.setEnabled(True)
        self._revoked = end.revoked
        self._chip.show_verdict(end.tone, end.word)
        self._result.setText(end.sentence)
        if end.contact is not None:
            told = _("Last contact: {time}")
            self._contact.setText(told.format(time=time_words(end.contact)))
        if self.isVisible():
            self.refresh()

    def take_code(self, digits: str) -> None:
        """Take a one-time code that was scanned into the scan box."""
        self.enrolment.take_code(digits)
        self.refresh()

    def _to_settle_button(self) -> QPushButton:
        button = secondary_button("", "", "Ctrl+T")
        button.setObjectName("syncTasks")
        button.hide()
        return button

    def _connect(self) -> None:
        self._now.clicked.connect(self.sync_now)
        for way in (self.to_settle, self.disputed, self.void):
            way.clicked.connect(lambda: self.open_page.emit("tasks"))
        self.enrolment.said.connect(self.said)
        self.enrolment.told.connect(self.said)

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(SPACE)
        for card in (self.waiting, self.people, self.files, self.disputed, self.void):
            figures.addWidget(card, 1)
        for card in (self.waiting, self.people, self.files):
            card.setEnabled(False)  # they lead nowhere: what waits goes by itself
        result = Card()
        self._result.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._chip)
        row.addWidget(self._result, 1)
        row.addWidget(self._contact)
        result.body.addLayout(row)
        result.body.addWidget(self._came)
        self._came.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self._head)
        layout.addWidget(result)
        layout.addLayout(figures)
        layout.addLayout(side_by_side(LeavesCard(), self.enrolment, weights=(3, 2)), 1)

    def _show(self, read: SyncRead) -> None:
        state = read.state
        sent = _("{count} records kept here, {answered} answered").format(
            count=state.recorded, answered=state.answered
        )
        self._head.show_title(_("Sync"), sent)
        self.waiting.show_figure(str(state.waiting), _("kept here safely") if state.waiting else "")
        self.people.show_figure(_counted(read.people_waiting))
        self.files.show_figure(_counted(read.files_waiting))
        self.disputed.show_figure(str(state.disputed))
        self.void.show_figure(str(state.void))
        self._came.setText(" · ".join(_what_came(read)))
        self._name_tasks(read.to_settle)
        revoked = read.revoked or self._revoked == state.chain  # whose line is cut gets no word
        self.enrolment.show_read(structs.replace(read, revoked=revoked), self._connected)

    def _name_tasks(self, count: int) -> None:
        told = _n("{count} thing to settle", "{count} things to settle", count).format(count=count)
        keys = self.to_settle.shortcut()
        self.to_settle.setText(told)
        self.to_settle.setAccessibleName(told)
        self.to_settle.setShortcut(keys)  # setText drops it
        self.to_settle.setVisible(count > 0)

    def _refuse(self, error: Exception) -> None:
        self._result.setText(explain(error, self._desk.reference))


def _counted(count: int) -> str:
    return f"{count - 1}+" if count == COUNTED else str(count)


def _what_came(read: SyncRead) -> Iterator[str]:
    """What the Department and other points sent here, and the number of the last answer."""
    offers = _n("{count} offer expected", "{count} offers expected", read.offers)
    yield offers.format(count=read.offers)
    cases = _n("{count} allotted case", "{count} allotted cases", read.cases)
    yield cases.format(count=read.cases)
    lists = _n("{count} list of the programme", "{count} lists of the programme", read.words)
    yield lists.format(count=read.words)
    if read.state.last_answer:
        yield _("last answer: no. {number}").format(number=read.state.last_answer)
