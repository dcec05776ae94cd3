"""Đồng bộ: what was recorded, what the service answered, and what people must settle."""

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station import codes, events
from station.ports import PointStore, SyncState, TaskRow
from station.words import _
from ui.buttons import primary_button
from ui.cards import Card, EmptyState, FigureCard, PageHead
from ui.chips import Chip
from ui.day_words import time_words
from ui.desk import Desk
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.line_table import Column
from ui.side_by_side import list_card
from ui.sync_end import SyncEnd
from ui.theme import Role, Tone, words
from ui.wording import explain


class _Read(Struct, frozen=True):
    """One reading of everything the page shows."""

    state: SyncState
    tasks: tuple[TaskRow, ...]


class SyncPage(QWidget):
    """Sending goes on by itself; here one sees how far it is, and may ask for it now."""

    sync_now = Signal()
    open_device = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._now = primary_button(_("Sync now"), "sync", "Ctrl+Return")
        self._now.setObjectName("syncNow")
        self._head = PageHead(_("Sync"), acts=(self._now,))
        self.recorded = FigureCard(_("recorded"))
        self.answered = FigureCard(_("sent and answered"))
        self.waiting = FigureCard(_("wait to be sent"))
        self.disputed = FigureCard(_("contradict another point"))
        self.void = FigureCard(_("do not count"))
        self._chip = Chip(Tone.UNKNOWN, _("Not tried yet"))
        self._result = words("")
        self._result.setObjectName("syncResult")
        self._contact = words(_("No contact since the program was started"), Role.MUTED)
        self.tasks = self._task_list()
        self._lay_out()
        self._now.clicked.connect(self.sync_now)
        self.tasks.opened.connect(self._open)
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Ask the store anew."""
        self._desk.ask(_read, self._show, self._refuse, owner=self)

    def show_running(self) -> None:
        """Say that records are on their way."""
        self._now.setEnabled(False)
        self._chip.show_verdict(Tone.UNKNOWN, _("Sending"))
        self._result.setText(_("Records are being sent. Go on working."))

    def show_result(self, end: SyncEnd) -> None:
        """Say how the last attempt ended."""
        self._now.setEnabled(True)
        self._chip.show_verdict(end.tone, end.word)
        self._result.setText(end.sentence)
        if end.contact is not None:
            told = _("Last contact: {time}")
            self._contact.setText(told.format(time=time_words(end.contact)))
        self.refresh()

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(14)
        for card in (self.recorded, self.answered, self.waiting, self.disputed, self.void):
            card.setEnabled(False)  # they lead nowhere: the list below is all there is to do
            figures.addWidget(card, 1)
        result = Card()
        self._result.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._chip)
        row.addWidget(self._result, 1)
        row.addWidget(self._contact)
        result.body.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addLayout(figures)
        layout.addWidget(result)
        layout.addWidget(list_card(_("To be settled by people"), self.tasks), 1)

    def _task_list(self) -> LineList[TaskRow]:
        columns = (
            Column[TaskRow](_("Code"), lambda task: _subject(task.subject), width=148),
            Column[TaskRow](_("Answer"), _outcome_word, _outcome_tone, width=230),
            Column[TaskRow](_("What to do"), _what_to_do),
        )
        how = _("When two points record what cannot both be, it stands here.")
        empty = EmptyState(_("Nothing must be settled"), how)
        tasks = LineList(columns, lambda task: str(task.position), empty)
        return tasks.named("syncTasks", _("To be settled by people"))

    def _show(self, read: _Read) -> None:
        state = read.state
        self._head.show_title(_("Sync"), _("Chain {chain}").format(chain=state.chain))
        self.recorded.show_figure(str(state.recorded))
        self.answered.show_figure(str(state.answered), _last_answer(state))
        self.waiting.show_figure(str(state.waiting), _("kept here safely") if state.waiting else "")
        self.disputed.show_figure(str(state.disputed))
        self.void.show_figure(str(state.void))
        self.tasks.show_lines(read.tasks)

    def _open(self) -> None:
        task = self.tasks.chosen
        if task is not None and task.subject.isdigit():
            self.open_device.emit(task.subject)

    def _refuse(self, error: Exception) -> None:
        self._result.setText(explain(error, self._desk.reference))


def _read(store: PointStore) -> _Read:
    return _Read(store.sync_state(), store.tasks())


def _last_answer(state: SyncState) -> str:
    return (
        _("last answer: no. {number}").format(number=state.last_answer) if state.last_answer else ""
    )


def _subject(subject: str) -> str:
    try:
        return codes.grouped(codes.parse(subject).text)
    except codes.BadCode:
        return subject


def _outcome_word(task: TaskRow) -> str:
    return {
        events.VOID: _("Does not count"),
        events.DISPUTED: _("Contradicts another point"),
        events.REJECTED: _("Not accepted"),
    }.get(task.outcome, task.outcome)


def _outcome_tone(task: TaskRow) -> Tone:
    return Tone.WARN if task.outcome == events.DISPUTED else Tone.FAIL


def _what_to_do(task: TaskRow) -> str:
    if task.outcome == events.VOID:
        return _("Another point kept a device for this pupil first. Keep it for another pupil.")
    if task.outcome == events.DISPUTED:
        return _("Both records stay. Ask the other point and tell the Department what is right.")
    return _("Tell the people who look after the program: {rule}.").format(rule=task.rule or "–")
