"""Kho thiết bị: every device this point knows, found by code, words, stage, kind or donor."""

from functools import partial
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import QLocale, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTableView, QVBoxLayout, QWidget

from station.codes import BadCode, CodeKind, grouped, parse_scan
from station.device import Device
from station.ports import DeviceFilter, PointStore
from station.words import _, _n
from ui.background import Background
from ui.buttons import link_button, papers_button, secondary_button
from ui.cards import Card, EmptyState, PageHead
from ui.desk import Desk
from ui.field import mark_wrong
from ui.freshness import Freshness
from ui.progress_line import ProgressLine
from ui.stock.chosen_menu import ChosenMenu
from ui.stock.donor_strip import DonorStrip
from ui.stock.export_desk import ExportDesk
from ui.stock.filter_row import FilterRow
from ui.stock.glance import DonorHit, StockGlance, count_stages, glance, of_donor, together
from ui.stock.labels_dialog import Choice as LabelChoice
from ui.stock.labels_dialog import LabelsDialog
from ui.stock.stage_filter import StageFilter
from ui.stock.table_model import (
    AGE,
    CODE,
    COLUMNS,
    GRADE,
    KIND,
    LOT,
    NAME,
    SERIAL,
    STAGE,
    DeviceTableModel,
)
from ui.stock.together import Together
from ui.stock.view_menu import ViewMenu
from ui.stock.views import View
from ui.tables import Listing, dress_table
from ui.theme import Role, words
from ui.wording import explain

WIDTHS = {CODE: 132, SERIAL: 100, LOT: 64, STAGE: 180, KIND: 120, GRADE: 76, AGE: 80, NAME: 140}
MOST_LABELS = 300  # printed at once
TYPING_PAUSE_MS = 300  # longer than between two keys: all questions wait for one store thread


class StockPage(QWidget):
    """The words come from the window's scan box, stages and kind from the page."""

    open_device = Signal(str)
    open_page = Signal(str)
    print_labels = Signal(tuple, int)  # codes, copies
    papers_wanted = Signal(str)  # of the lot that was sought, "" of the point

    said = Signal(str)
    undoable = Signal(str, object)

    def __init__(self, desk: Desk, slow: Background, views: Path) -> None:
        super().__init__()
        self._desk = desk
        self._total = 0  # devices that the filter lets through
        self.progress = ProgressLine()
        self.together = Together(desk, self.progress, self)
        self.chosen = ChosenMenu(desk, self.together, self)
        self.exports = ExportDesk(desk, slow, self.progress, self)
        self.export = secondary_button(_("Export…"), shortcut="Ctrl+E")
        self.export.setObjectName("stockExport")
        self.figures = link_button(_("Figures"))
        self.figures.setObjectName("openFigures")
        self.filters = FilterRow(desk.reference)
        self._text = ""
        self._donor: DonorHit | None = None
        self._current = ""  # code of the chosen row
        self._stages_due = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self.model = DeviceTableModel(desk, self)
        self.table = QTableView()
        self.stages = StageFilter()
        self.donors = DonorStrip()
        self.labels = secondary_button(_("Print labels…"), "print", "Ctrl+P")
        self.labels.setObjectName("stockLabels")
        self.shelves = secondary_button(_("Shelves"), "", "Ctrl+K")
        self.shelves.setObjectName("openShelves")
        self.leaving = secondary_button(_("Leave the point"))
        self.leaving.setObjectName("leaving")
        self.leaving.setMenu(self._leaving_menu())
        self._papers = papers_button()
        self._papers.setObjectName("papers")
        heads = [self.model.headerData(at, Qt.Orientation.Horizontal) for at in range(COLUMNS)]
        self.views = ViewMenu(desk, views, [head or "" for head in heads], (CODE, NAME))
        acts = (self.shelves, self.leaving, self._papers, self.labels)
        self.head = PageHead(_("Stock of devices"), acts=acts)
        self._search = words("", Role.STRONG)
        self._clear = link_button(_("Show all devices"))
        self._problem = words("", Role.STRONG)
        self._make_table()
        self._lay_out()
        self._connect()
        Freshness(self, desk, self.refresh)

    def _leaving_menu(self) -> QMenu:
        """What leaves the point together has a page of its own."""
        menu = QMenu(self)
        for page, words_, key in (
            ("sending", _("Send devices away"), "Alt+N"),
            ("waste", _("Hand over electronic waste"), "Alt+W"),
        ):
            keys = QKeySequence(key)
            native = keys.toString(QKeySequence.SequenceFormat.NativeText)
            open_ = partial(self.open_page.emit, page)
            action = menu.addAction(f"{words_}\t{native}")
            action.setObjectName(page)
            action.triggered.connect(lambda _on=False, open_=open_: open_())
            shortcut = QShortcut(keys, self)
            shortcut.setWhatsThis(words_)
            shortcut.activated.connect(open_)
        return menu

    def show_search(self, text: str) -> None:
        """Show what these words match; "" shows everything."""
        self._text, self._donor = text.strip(), None
        if not self._text:
            self.donors.show_hits(())
        self._ask()

    def show_hold(self, reason: str) -> None:
        """Show what is on hold for this reason."""
        self.stages.choose(())
        self.filters.show_view(View(_("On hold"), hold=reason))
        self.show_search("")

    def refresh(self) -> None:
        """Read the shown rows anew, and what is counted."""
        self._stages_due = True
        self.model.refresh()

    @property
    def _wanted(self) -> DeviceFilter:
        plain = DeviceFilter(text=self._text, stages=self.stages.stages)
        wanted = self.filters.narrowed(plain, self._desk.now().day)
        return of_donor(wanted, self._donor) if self._donor else wanted

    def _ask(self) -> None:
        self._pause.stop()
        self._tell_search()
        self.model.show_filter(self._wanted)

    def _answered(self) -> None:
        """The rows are there; what stands around them follows, once nobody types any more."""
        self._tell_problem("")
        self._listing.show()
        self._pause.start()

    def _look_around(self) -> None:
        wanted = self.model.wanted
        self._desk.ask(
            partial(glance, wanted), partial(self._show_glance, wanted), self._refuse, owner=self
        )

    def _show_glance(self, wanted: DeviceFilter, seen: StockGlance) -> None:
        if wanted != self.model.wanted:
            return  # somebody typed on
        self._total = seen.devices
        count = QLocale().toString(seen.devices)
        told = _n("{count} device", "{count} devices", seen.devices).format(count=count)
        self.head.show_title(_("Stock of devices"), told)
        if not wanted.donors:
            self.donors.show_hits(seen.donors)
        if not seen.devices and seen.donors and self._donor is None:
            self._show_donor(together(seen.donors))  # a name was meant
        elif self._stages_due:
            self._stages_due = False
            self._desk.ask(count_stages, self.stages.show_counts, self._refuse, owner=self)

    def _show_donor(self, donor: DonorHit) -> None:
        self._donor = donor
        self._ask()

    def _show_everything(self) -> None:
        self.stages.choose(())
        self.filters.clear()
        self.show_search("")

    def _tell_search(self) -> None:
        told = ""
        if self._donor is not None:
            told = _("Devices of {donor}").format(donor=self._donor.name)
        elif self._text:
            told = _("Search: {text}").format(text=self._text)
        self._search.setText(told)
        for widget in (self._search, self._clear):
            widget.setVisible(bool(told))

    def _refuse(self, error: Exception) -> None:
        self._listing.show()
        self._tell_problem(explain(error, self._desk.reference))

    def _tell_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    @property
    def _picked(self) -> tuple[Device, ...]:
        """The chosen devices, in the order they stand."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.device(row) for row in rows)

    def _count_chosen(self) -> None:
        picked = self._picked
        self.chosen.show_chosen([d.code for d in picked] if len(picked) > 1 else ())

    def _open_view(self, view: View) -> None:
        self._text, self._donor = "", None
        self.stages.choose(view.stages)
        self.filters.show_view(view)
        self.views.hide_columns(view.hidden)
        self._show_columns()
        self._ask()
        self.said.emit(_("View: {name}").format(name=view.name))

    def _keep_view(self, name: str) -> None:
        view = structs.replace(self.filters.as_view(name), stages=self.stages.stages)
        self.views.keep(view)

    def _show_columns(self) -> None:
        for column in range(COLUMNS):
            self.table.setColumnHidden(column, column in self.views.hidden)

    def _export(self) -> None:
        picked = self._picked
        several = picked if len(picked) > 1 else ()
        self.exports.ask(self.model.wanted, several, self._total)

    def _remember(self) -> None:
        index = self.table.currentIndex()
        self._current = self.model.device(index.row()).code if index.isValid() else ""

    def _choose_again(self) -> None:
        row = self.model.row_of(self._current)
        if row is not None:
            self.table.selectRow(row)

    def _clicked(self, index: QModelIndex) -> None:
        """A plain click opens; with Ctrl or Shift several are chosen."""
        held = QGuiApplication.keyboardModifiers()
        if held == Qt.KeyboardModifier.NoModifier and len(self._picked) == 1:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        self.open_device.emit(self.model.device(index.row()).code)

    def _ask_labels(self) -> None:
        wanted = self.model.wanted
        self._desk.ask(partial(_codes, wanted), self._offer_labels, self._refuse, owner=self)

    def _offer_labels(self, shown: tuple[str, ...]) -> None:
        """The chosen device, all that are shown, and the lot that was searched for."""
        choices: list[LabelChoice] = []
        self._remember()
        picked = tuple(device.code for device in self._picked)
        if len(picked) > 1:
            told = _n("The {count} chosen", "The {count} chosen", len(picked))
            choices.append((told.format(count=len(picked)), picked[:MOST_LABELS]))
        elif self._current:
            told = _("The chosen device, {code}").format(code=grouped(self._current))
            choices.append((told, (self._current,)))
        if shown:
            told = _n("All that are shown: {count}", "All that are shown: {count}", len(shown))
            choices.append((told.format(count=len(shown)), shown))
        if lot := lot_code(self._text):
            choices.append((_("The lot itself, {code}").format(code=grouped(lot)), (lot,)))
        if choices:
            dialog = LabelsDialog(choices, self)
            dialog.wanted.connect(self.print_labels)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _make_table(self) -> None:
        self.table.setObjectName("stockTable")
        self.table.setAccessibleName(_("Stock of devices"))
        self.table.setModel(self.model)
        dress_table(self.table, stretch=NAME, widths=WIDTHS)
        self.table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)

    def _lay_out(self) -> None:
        self._clear.setObjectName("clearSearch")
        mark_wrong(self._problem, True)
        self._problem.setWordWrap(True)
        self._problem.hide()
        narrowing = QHBoxLayout()
        narrowing.setSpacing(8)
        narrowing.addWidget(self.filters)
        narrowing.addStretch()
        for button in (*self.views.buttons, self.export):
            narrowing.addWidget(button)
        self.stages.gone.addWidget(self.chosen.button)
        found = QHBoxLayout()
        found.setSpacing(8)
        found.addWidget(self._search)
        found.addWidget(self._clear)
        found.addWidget(self.donors)
        found.addStretch()
        found.addWidget(self.figures)
        how = _("Receive devices on the Intake page, or search with fewer words and filters.")
        self._listing = Listing(self.table, EmptyState(_("No device to show"), how))
        self._listing.hide()  # until the store has answered
        card = Card()
        card.body.addWidget(self._listing, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.head)
        layout.addWidget(self.stages)
        layout.addLayout(narrowing)
        layout.addWidget(self.progress)
        layout.addLayout(found)
        layout.addWidget(self._problem)
        layout.addWidget(card, 1)
        self._tell_search()

    def _connect(self) -> None:
        self.figures.clicked.connect(lambda: self.open_page.emit("figures"))
        self._papers.clicked.connect(lambda: self.papers_wanted.emit(lot_code(self._text)))
        self.model.answered.connect(self._answered)
        self.model.modelAboutToBeReset.connect(self._remember)
        self.model.modelReset.connect(self._choose_again)
        self.model.failed.connect(self._refuse)
        self._pause.timeout.connect(self._look_around)
        self.stages.changed.connect(self._ask)
        self.filters.changed.connect(self._ask)
        self.export.clicked.connect(self._export)
        self.views.view_wanted.connect(self._open_view)
        self.views.keep_wanted.connect(self._keep_view)
        self.views.columns_changed.connect(self._show_columns)
        self.table.selectionModel().selectionChanged.connect(self._count_chosen)
        for part in (self.views, self.exports, self.chosen):
            part.said.connect(self.said)
        self.chosen.undoing.done.connect(self.undoable)
        self.exports.refused.connect(self._tell_problem)
        self.donors.chosen.connect(self._show_donor)
        self._clear.clicked.connect(self._show_everything)
        self.labels.clicked.connect(self._ask_labels)
        self.shelves.clicked.connect(lambda: self.open_page.emit("shelves"))
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._clicked)


def _codes(wanted: DeviceFilter, store: PointStore) -> tuple[str, ...]:
    return tuple(row.device.code for row in store.devices(wanted, limit=MOST_LABELS))


def lot_code(text: str) -> str:
    """The lot or batch that is sought by its code; "" when something else is."""
    try:
        code = parse_scan(text)
    except BadCode:
        return ""
    return code.text if code.kind is CodeKind.LOT else ""
