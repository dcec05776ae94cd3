"""Việc cần giải quyết: two records that cannot both be, side by side, and what people decide."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.codes import Code, CodeKind
from station.events import Event
from station.reference import Table
from station.words import _
from ui.buttons import secondary_button
from ui.cards import EmptyState, PageHead
from ui.coded_words import coded
from ui.day_words import age_words
from ui.desk import Desk
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.line_table import Column
from ui.side_by_side import SPACE, list_card, side_by_side
from ui.tasks.task_card import TaskCard
from ui.tasks.task_lines import TaskLine, read_tasks
from ui.theme import Tone
from ui.wording import explain


class TasksPage(QWidget):
    """Anybody reads what contradicts what; the lead decides, and it leaves the list."""

    open_device = Signal(str)
    open_case = Signal(object)  # Code
    open_page = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sync = secondary_button(_("Sync"), "sync")
        self._sync.setObjectName("tasksToSync")
        self._head = PageHead(
            _("To be settled"), _("Everybody may look; the lead decides."), acts=(self._sync,)
        )
        self.tasks = self._task_list()
        self.card = TaskCard(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self._head)
        listed = list_card(_("Wait for a decision"), self.tasks)
        layout.addLayout(side_by_side(listed, self.card, weights=(1, 1)), 1)
        self._connect()
        self._show_chosen()
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Ask the store anew."""
        today = self._desk.now().day
        self._desk.ask(lambda store: read_tasks(store, today), self._show, self._refuse, owner=self)

    def accept_scan(self, code: Code) -> bool:
        """Choose what is to be settled about a scanned device or case, if anything is."""
        known = (line for line in self.tasks.model.lines if line.subject == code)
        line = next(known, None)
        return line is not None and self.tasks.choose(line.key)

    def _connect(self) -> None:
        self._sync.clicked.connect(lambda: self.open_page.emit("sync"))
        self.tasks.chosen_changed.connect(self._show_chosen)
        self.card.open_wanted.connect(self._open)
        self.card.settled.connect(self._settled)
        self.card.told.connect(self.said)

    def _task_list(self) -> LineList[TaskLine]:
        columns = (
            Column[TaskLine](_("Code"), lambda line: line.code, width=150),
            Column[TaskLine](_("What is wrong"), lambda line: line.rule.short, _tone),
            Column[TaskLine](_("Waiting"), self._age, width=88),
        )
        how = _("When two points record what cannot both be, it stands here.")
        empty = EmptyState(_("Nothing must be settled"), how)
        tasks = LineList(columns, lambda line: line.key, empty)
        return tasks.named("tasks", _("To be settled by people"))

    def _age(self, line: TaskLine) -> str:
        return age_words(line.at.date(), self._desk.now().day) if line.at else ""

    def _show(self, lines: tuple[TaskLine, ...]) -> None:
        self.tasks.show_lines(lines, go_on=True)
        if lines and self.tasks.chosen is None:
            self.tasks.choose(lines[0].key)

    def _show_chosen(self) -> None:
        self.card.show_task(self.tasks.chosen)

    def _open(self, line: TaskLine) -> None:
        code = line.subject
        if code is not None and code.kind is CodeKind.DEVICE:
            self.open_device.emit(code.text)
        elif code is not None:
            self.open_case.emit(code)

    def _settled(self, decision: str, _event: Event) -> None:
        word = coded(Table.DECISIONS, decision, self._desk.reference)
        self.said.emit(_("Settled: {decision}").format(decision=word))
        self.tasks.view.setFocus()

    def _refuse(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))


def _tone(line: TaskLine) -> Tone:
    """What the Department decided only has to be taken note of."""
    return Tone.OK if line.task.decision else Tone.WARN
