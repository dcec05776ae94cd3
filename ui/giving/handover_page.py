"""Trao tặng: from an approved case and a ready device to a pupil with signed minutes."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Final, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from station.case import Case
from station.codes import Code, CodeKind
from station.device import Stage
from station.ports import PointStore
from station.words import _
from ui.buttons import secondary_button, with_shortcut
from ui.cards import PageHead
from ui.desk import Desk, Question
from ui.freshness import Freshness
from ui.giving.back_panel import BackPanel
from ui.giving.handover_lists import GivenLine, HandoverLists, given_line, read_lists
from ui.giving.lines_panel import LinesPanel
from ui.giving.match_panel import MatchPanel
from ui.giving.pupil_panel import PupilPanel
from ui.giving.school_panel import SchoolPanel
from ui.item_scans import ItemFinding
from ui.theme import Role, words
from ui.wording import explain

TABS: Final = ("match", "pupil", "school", "lines", "back")
GIVEN: Final = frozenset({Stage.HANDED_OVER, Stage.IN_REPAIR_FOR_PUPIL})
BETWEEN_MS: Final = 30  # two panels that are made ahead: keys are answered there

Panel = MatchPanel | PupilPanel | SchoolPanel | LinesPanel | BackPanel
P = TypeVar("P", MatchPanel, PupilPanel, SchoolPanel, LinesPanel, BackPanel)


class HandoverPage(QWidget):
    """One tab for each thing a handover clerk does; a scan opens the right one.

    A panel is made when it is first needed, or once the page stands: five at once keep the window.
    """

    open_device = Signal(str)
    print_minutes = Signal(str)  # of a case or a batch
    papers_wanted = Signal(str)
    papers_offered = Signal(str)  # of what; what was done to it was just said
    said = Signal(str)
    undoable = Signal(str, object)  # what was done, and what takes it back when called
    pair_wanted = Signal(object)  # ItemFinding: this charger belongs to that device from now on
    not_mine = Signal(object)  # Code
    good = Signal()
    doubted = Signal()  # what was scanned is packed, or came home, already
    alarmed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._problem = words("", Role.STRONG)
        self._made: dict[str, Panel] = {}
        self._lists: HandoverLists | None = None
        self._tabs, self._stack = self._tab_bar(), QStackedWidget()
        self._lay_out()
        self._tabs.currentChanged.connect(self._turn)
        self._turn(self._tabs.currentIndex())
        Freshness(self, desk, self.refresh)

    @cached_property
    def match(self) -> MatchPanel:
        """Cases that wait, and what suits them."""
        return self._add("match", MatchPanel(self._desk))

    @cached_property
    def pupil(self) -> PupilPanel:
        """What is kept for one pupil."""
        panel = self._add("pupil", PupilPanel(self._desk))
        panel.print_minutes.connect(self.print_minutes)
        return panel

    @cached_property
    def school(self) -> SchoolPanel:
        """What a school takes along."""
        panel = self._add("school", SchoolPanel(self._desk))
        panel.print_minutes.connect(self.print_minutes)
        panel.alarm.pair_wanted.connect(self.pair_wanted)
        panel.lending_wanted.connect(self._lend)
        panel.row.good.connect(self.good)
        panel.row.doubted.connect(self.doubted)
        panel.row.alarmed.connect(self.alarmed)
        return panel

    @cached_property
    def lines(self) -> LinesPanel:
        """What a school took, to be confirmed."""
        panel = self._add("lines", LinesPanel(self._desk))
        panel.papers_wanted.connect(self.papers_wanted)
        return panel

    @cached_property
    def back(self) -> BackPanel:
        """What was given, and what comes back of it."""
        panel = self._add("back", BackPanel(self._desk))
        panel.papers_wanted.connect(self.papers_wanted)
        panel.papers_offered.connect(self.papers_offered)
        return panel

    def _panel(self, tab: str) -> Panel:
        made: dict[str, Callable[[], Panel]] = {
            "match": lambda: self.match,
            "pupil": lambda: self.pupil,
            "school": lambda: self.school,
            "lines": lambda: self.lines,
            "back": lambda: self.back,
        }
        return made[tab]()

    def _add(self, tab: str, panel: P) -> P:
        self._made[tab] = panel
        self._stack.addWidget(panel)
        panel.said.connect(self.said)
        panel.undoing.done.connect(self.undoable)
        if self._lists is not None:
            panel.show_lists(self._lists)
        return panel

    def _make_ahead(self) -> None:
        """The next panel that nobody opened yet."""
        missing = [tab for tab in TABS if tab not in self._made]
        if missing:
            self._panel(missing[0])
            QTimer.singleShot(BETWEEN_MS, self, self._make_ahead)

    def refresh(self) -> None:
        """Read all lists anew."""
        self._desk.ask(read_lists, self._show, self._refuse, owner=self)

    def show_tab(self, tab: str) -> None:
        """Open one of the tabs."""
        self._tabs.setCurrentIndex(TABS.index(tab))

    def unfinished(self) -> str:
        """What closing the window would lose; "" when nothing was entered."""
        if self.match.form.is_begun:
            return _("What was typed of a case is not recorded yet.")
        return self.lines.unfinished() if "lines" in self._made else ""

    @property
    def at_hand(self) -> str:
        """The device that a scanned charger is compared with; "" while nothing is packed."""
        packing = TABS[self._tabs.currentIndex()] == "school"
        return self.school.at_hand if packing else ""

    def show_finding(self, finding: ItemFinding) -> None:
        """Whose the charger is that was scanned while a device was being packed."""
        self.school.show_finding(finding)

    def take_scan(self, code: Code) -> bool:
        """Pack one device after the other, while that is wanted; say what came home before."""
        tab = TABS[self._tabs.currentIndex()]
        if tab == "lines" and self.lines.came_home_before(code):
            self.doubted.emit()
            return True
        return tab == "school" and self.school.take_scan(code)

    def accept_scan(self, code: Code) -> bool:
        """Choose what was scanned where it is to be worked on; False when it is in no list."""
        if code.kind is CodeKind.PAPER:
            self._desk.ask(
                partial(_about, code.text),
                partial(self._take_paper, code),
                self._refuse,
                owner=self,
            )
            return True
        if code.kind not in (CodeKind.DEVICE, CodeKind.CASE, CodeKind.LOT):
            return False
        for tab in self._scan_order():
            if self._panel(TABS[tab]).accept_scan(code):
                self._tabs.setCurrentIndex(tab)
                self._problem.hide()
                return True
        return False

    def _take_paper(self, code: Code, about: tuple[str, ...]) -> None:
        """The paper of a batch with open lines takes that batch up; every other one is shown."""
        if any(self.lines.choose_batch(one) for one in about):
            self.show_tab("lines")
        else:
            self.not_mine.emit(code)

    def seek(self, code: Code) -> None:
        """Choose a known device or case in lists read anew, or show it where it stands instead.

        The lists may have been on their way yet, as after the first scan of the day.
        """
        self._desk.ask(read_lists, partial(self._find, code), self._refuse, owner=self)

    def _find(self, code: Code, lists: HandoverLists) -> None:
        self._show(lists)
        if self.accept_scan(code):
            return
        if code.kind is CodeKind.DEVICE:
            self._look_up(code.text)
        elif code.kind is CodeKind.LOT:
            self.papers_wanted.emit(code.text)  # nothing of it is open any more
        else:
            case: Question[Case | None] = partial(_case, code.text)
            self._desk.ask(case, self._show_device_of, self._refuse, owner=self)

    def _show_device_of(self, case: Case | None) -> None:
        """A case that waits for no device has one."""
        if case is not None and case.devices:
            self._look_up(case.devices[0])

    def _scan_order(self) -> list[int]:
        """The tab that is open first: a school's clerk scans for the school."""
        current = self._tabs.currentIndex()
        return sorted(range(len(TABS)), key=lambda tab: tab != current)

    def _tab_bar(self) -> QTabBar:
        bar = QTabBar()
        bar.setObjectName("handoverTabs")
        bar.setExpanding(False)
        bar.setDrawBase(False)
        for number, word in enumerate(self._tab_words(), 1):
            bar.addTab(word)
            keys = f"Alt+{number}"
            bar.setTabToolTip(number - 1, with_shortcut(word, keys))
            shortcut = QShortcut(keys, self)
            shortcut.setWhatsThis(word)
            shortcut.activated.connect(lambda at=number - 1: bar.setCurrentIndex(at))
        return bar

    def _tab_words(self) -> tuple[str, ...]:
        return (
            _("Match"),
            _("To a pupil"),
            _("Batches"),
            _("Back from school"),
            _("Given"),
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self._problem.setWordWrap(True)
        self._problem.setProperty("wrong", True)
        self._problem.hide()
        laptops = secondary_button(_("Laptops at schools…"), shortcut="Alt+L")
        laptops.setObjectName("lentLaptopsOpen")
        laptops.clicked.connect(self._open_lending)
        layout.addWidget(PageHead(_("Giving"), acts=(laptops,)))
        layout.addWidget(self._tabs)  # a line of its own: on a magnified screen it needs it all
        layout.addWidget(self._problem)
        layout.addWidget(self._stack, 1)

    def _turn(self, tab: int) -> None:
        self._stack.setCurrentWidget(self._panel(TABS[tab]))

    def _open_lending(self) -> None:
        from ui.lending.page_dialog import open_lending  # noqa: PLC0415 -- a start loads no parcels

        open_lending(self._desk, self)

    def _lend(self, devices: tuple[str, ...]) -> None:
        from ui.lending.page_dialog import open_lending  # noqa: PLC0415 -- the same

        open_lending(self._desk, self, along=devices)

    def _show(self, lists: HandoverLists) -> None:
        self._problem.hide()
        first, self._lists = self._lists is None, lists
        for panel in self._made.values():
            panel.show_lists(lists)
        if first:
            QTimer.singleShot(BETWEEN_MS, self, self._make_ahead)
        schools = {line.case.school for line in lists.promised if line.case.school}
        counts = (len(lists.waiting), len(lists.promised), len(schools), len(lists.at_school), 0)
        for tab, (word, count) in enumerate(zip(self._tab_words(), counts, strict=True)):
            self._tabs.setTabText(tab, f"{word} ({count})" if count else word)

    def _look_up(self, device: str) -> None:
        def show(line: GivenLine | None) -> None:
            if line is not None and line.device.stage in GIVEN:
                self.show_tab("back")
                self.back.show_sought(line)
            else:
                self.open_device.emit(device)

        self._desk.ask(lambda store: given_line(store, device), show, self._refuse, owner=self)

    def _refuse(self, error: Exception) -> None:
        self._problem.setText(explain(error, self._desk.reference))
        self._problem.show()


def _about(paper: str, store: PointStore) -> tuple[str, ...]:
    known = store.paper(paper)
    return known.about if known else ()


def _case(code: str, store: PointStore) -> Case | None:
    return store.case(code)
