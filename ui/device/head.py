"""The head of a device's page: what this is, whether it is all right, what to do next."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from station.device import Device
from station.words import _
from ui.buttons import papers_button, primary_button, secondary_button, with_shortcut
from ui.chips import Chip
from ui.device.acts import PRIMARY_SHORTCUT, SHORTCUTS, BenchAct, act_words, allowed
from ui.duty import OthersWork
from ui.elided import ElidedLabel
from ui.theme import Role, Tone

LISTED = tuple(act for act in BenchAct if act is not BenchAct.GO_TO_HANDOVER)
PRINT_SHORTCUT = "Alt+P"
PREVIEW_SHORTCUT = "Alt+Shift+P"
LAST_OF_GROUP = frozenset(
    {
        BenchAct.CONFIRM_GRADE,
        BenchAct.MAKE_READY_WITH_EXCEPTION,
        BenchAct.RETIRE,
        BenchAct.ARRIVE,
        BenchAct.COUNT_MISSING,
    }
)


class DeviceHead(QWidget):
    """Title, one primary button, two quiet ones, a menu of the rest; verdict and facts below."""

    wanted = Signal(str)  # an act
    print_wanted = Signal()
    preview_wanted = Signal()
    papers_wanted = Signal()
    told = Signal(str)  # whose work the next act is

    def __init__(self) -> None:
        super().__init__()
        self.title = ElidedLabel("", Role.PAGE_TITLE)
        self.title.setObjectName("device_title")
        self.second = ElidedLabel("", Role.MUTED)
        self.second.setObjectName("device_second")
        self.chip = Chip(Tone.UNKNOWN, "")
        self.chip.setObjectName("device_chip")
        self._next: BenchAct | None = None
        self.primary = primary_button("", shortcut=PRIMARY_SHORTCUT)
        self.primary.clicked.connect(self._want_next)
        self._others_work = OthersWork(self.primary, self)
        self._others_work.told.connect(self.told)
        self.print_button = secondary_button(_("Print label"), "print", PRINT_SHORTCUT)
        self.print_button.setObjectName("print_label")
        self.print_button.clicked.connect(self.print_wanted)
        self.papers = papers_button()
        self.papers.setObjectName("papers")
        self.papers.clicked.connect(self.papers_wanted)
        self.work_button = self._button_of(BenchAct.RECORD_WORK)
        self.work_button.setObjectName("record_work_button")
        self.actions_: dict[BenchAct, QAction] = {}
        self._shortcuts: dict[BenchAct, QShortcut] = {}
        self.more = secondary_button(_("More"))
        self.more.setObjectName("more_acts")
        self.more.setMenu(self._menu())
        self._lay_out()

    def show_title(self, title: str, second: str, tone: Tone, verdict: str) -> None:
        """Say what this is and how it stands."""
        self.title.setText(title)
        self.second.setText(second)
        self.chip.setVisible(bool(verdict))
        self.chip.show_verdict(tone, verdict)

    def offer(
        self, device: Device, next_act: BenchAct | None, barred: Mapping[BenchAct, str]
    ) -> None:
        """Offer what can be done now, the next act first; `barred` says what is others' work."""
        self._next = next_act
        self.print_button.show()
        self.papers.show()
        self.primary.setVisible(next_act is not None)
        if next_act is not None:
            self._propose(next_act, barred.get(next_act, ""))
        for act, action in self.actions_.items():
            possible = allowed(act, device)
            action.setVisible(possible)
            action.setEnabled(possible and act not in barred)
            action.setToolTip(barred.get(act, ""))
            if act in self._shortcuts:
                self._shortcuts[act].setEnabled(action.isEnabled())
        self.work_button.setVisible(
            allowed(BenchAct.RECORD_WORK, device)
            and next_act is not BenchAct.RECORD_WORK
            and BenchAct.RECORD_WORK not in barred
        )
        self.more.show()

    def offer_nothing(self) -> None:
        """There is no device to do anything with."""
        for button in (self.print_button, self.papers, self.work_button, self.more, self.primary):
            button.hide()

    def _propose(self, act: BenchAct, others_work: str) -> None:
        self.primary.setObjectName(act)
        self._others_work.name(act_words(act))
        self._others_work.bar(others_work)

    def _want_next(self) -> None:
        if self._next is not None:
            self.wanted.emit(self._next)

    def _button_of(self, act: BenchAct) -> QPushButton:
        button = secondary_button(act_words(act))
        button.setToolTip(with_shortcut(act_words(act), SHORTCUTS[act]))
        button.clicked.connect(lambda: self.wanted.emit(act))
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for act in LISTED:
            action = menu.addAction(act_words(act).replace("&", "&&"))
            action.setObjectName(act)
            action.triggered.connect(self._wanter(act))
            self.actions_[act] = action
            if act in SHORTCUTS:
                self._add_shortcut(act, action)
            if act in LAST_OF_GROUP:
                menu.addSeparator()
        self._add_preview(menu)
        return menu

    def _add_preview(self, menu: QMenu) -> None:
        keys = QKeySequence(PREVIEW_SHORTCUT)
        said = _("Preview the label")
        action = menu.addAction(f"{said}\t{keys.toString(QKeySequence.SequenceFormat.NativeText)}")
        action.setObjectName("preview_label")
        action.triggered.connect(self.preview_wanted)
        shortcut = QShortcut(keys, self)
        shortcut.setWhatsThis(said)
        shortcut.activated.connect(self.preview_wanted)

    def _add_shortcut(self, act: BenchAct, action: QAction) -> None:
        keys = QKeySequence(SHORTCUTS[act])
        action.setText(f"{action.text()}\t{keys.toString(QKeySequence.SequenceFormat.NativeText)}")
        shortcut = QShortcut(keys, self)
        shortcut.setWhatsThis(act_words(act))
        shortcut.activated.connect(self._wanter(act))
        self._shortcuts[act] = shortcut

    def _wanter(self, act: BenchAct) -> Callable[[], None]:
        return lambda: self.wanted.emit(act)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.title, 1)
        for widget in (self.print_button, self.papers, self.work_button, self.more, self.primary):
            row.addWidget(widget)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.chip)
        below.addWidget(self.second, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addLayout(below)
