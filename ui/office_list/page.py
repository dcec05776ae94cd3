"""Danh sách của cơ quan: a file is chosen or dropped, looked at, put right, and expected."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget
from typing_extensions import override

from station import events as e
from station import offers
from station.events import Event
from station.lists.sheet import MOST_BYTES, read_sheet
from station.reference import Reference, Table
from station.words import _, _n
from ui.act_dialog import missing
from ui.background import Background
from ui.buttons import primary_button, secondary_button, with_shortcut
from ui.cards import EmptyState, PageHead
from ui.coded_words import coded
from ui.desk import Act, Desk
from ui.duty import Duty
from ui.field import Field, mark_wrong
from ui.line_list import LineList
from ui.line_table import Column as Shown
from ui.offers.day_choice import DayChoice
from ui.offers.dropped import SUFFIXES, dropped_list
from ui.offers.offer_dialog import DAYS, DonorFields
from ui.office_list.columns import Column, Headed, headed
from ui.office_list.habits import remember, remembered
from ui.office_list.lines import ListLine, as_list, read_lines, with_those_known
from ui.office_list.mapping import MappingFields
from ui.office_list.words import line_words, list_problem
from ui.side_by_side import SPACE, form_card, list_card, side_by_side
from ui.theme import Role, words

LEFT_WIDTH = 352


class Brought(Struct, frozen=True):
    """A file that was read, and how its columns were told before."""

    name: str
    sheet: Headed
    mapped: dict[Column, int]
    read: str = ""  # the sheet of a workbook
    unread: int = 0  # its other sheets that hold something


class OfficeListPage(QWidget):
    """Nothing is recorded unseen; lines that stop are put right or left out."""

    recorded = Signal(str)  # the offer's code
    open_device = Signal(str)
    said = Signal(str)
    done = Signal(str, object)

    def __init__(self, desk: Desk, slow: Background, settings: Path) -> None:
        super().__init__()
        self._desk, self._slow, self._settings = desk, slow, settings
        self._brought: Brought | None = None
        self._left_out: set[int] = set()
        self.donor = DonorFields(desk.reference)
        self.day = DayChoice("listDay", self._today, DAYS, none=_("no day agreed yet"))
        self.pick_up = QCheckBox(_("The point fetches it at the donor's"))
        self.mapping = MappingFields(desk.reference)
        self.lines = self._list()
        self.problem = words("", Role.STRONG)
        self.bring = secondary_button(_("Choose a file…"), "report", "Ctrl+O")
        self.leave_out = secondary_button(_("Leave this line out"), "", "Alt+Delete")
        self.record = primary_button(_("Expect these devices"), "today", "Ctrl+Return")
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self._show_state()

    def read(self, file: Path) -> None:
        """Read a file off the window's thread."""
        self._tell("")
        self.head.show_title(_("An office's list"), _("Reading {file}…").format(file=file.name))
        work: Callable[[], Brought] = partial(_read, file, self._settings.parent)
        self._slow.run(work, self._show, self._cannot, self)

    def unfinished(self) -> str:
        """What closing the window would lose."""
        return _("The office's list is not recorded yet.") if self._brought is not None else ""

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_list(event) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped_list(event)
        if file is not None:
            self.read(file)

    # ---- what was read ----

    def _show(self, brought: Brought) -> None:
        self._brought = brought
        self._left_out.clear()
        self.mapping.show_sheet(brought.sheet, brought.mapped)
        self._read_lines()

    def _read_lines(self) -> None:
        """The columns as they are told now; the store says which serial numbers are here."""
        if self._brought is None:
            return
        usual = self.mapping.usual.chosen or ""
        lines = read_lines(self._brought.sheet, self.mapping.mapped, self._desk.reference, usual)
        self._show_lines(lines)
        ask = partial(with_those_known, lines)
        self._desk.ask(ask, self._show_lines, self._cannot, owner=self)

    def _show_lines(self, lines: tuple[ListLine, ...]) -> None:
        self.lines.show_lines(lines)
        self._show_state()

    def _show_state(self) -> None:
        brought, taken = self._brought, self._taken()
        self._recording.offer(bool(taken) and not any(line.stops for line in taken))
        self._show_leaving_out()
        second = _("XLSX or CSV, as the office has it. Nothing is recorded before you looked.")
        if brought is not None:
            count = sum(line.count for line in taken)
            told = _n("{count} device from {file}", "{count} devices from {file}", count)
            second = told.format(count=count, file=brought.name) + _unread_words(brought)
        stops = sum(line.stops for line in taken)
        if stops:
            told = _n("{count} line to put right", "{count} lines to put right", stops)
            second = f"{second} · {told.format(count=stops)}"
        self.head.show_title(_("An office's list"), second)

    def _show_leaving_out(self) -> None:
        """The same key takes a line in again."""
        line, keys = self.lines.chosen, self.leave_out.shortcut()
        out = line is not None and line.number in self._left_out
        name = _("Take this line in again") if out else _("Leave this line out")
        self.leave_out.setText(name)
        self.leave_out.setAccessibleName(name)
        self.leave_out.setToolTip(with_shortcut(name, keys.toString()))
        self.leave_out.setShortcut(keys)  # setText drops it
        self.leave_out.setEnabled(line is not None)

    def _taken(self) -> tuple[ListLine, ...]:
        return tuple(line for line in self.lines.model.lines if line.number not in self._left_out)

    def _toggle(self) -> None:
        line = self.lines.chosen
        if line is None:
            return
        self._left_out ^= {line.number}
        self.lines.show_lines(self.lines.model.lines)
        self._show_state()

    # ---- recording ----

    def _record(self) -> None:
        self._tell("")
        self._day_field.clear_error()
        brought = self._brought
        if brought is None or not self.donor.check():
            return
        if self.day.is_missing:
            missing(self._day_field)
            return
        command = offers.EnterOffer(
            donor=self.donor.donor,
            listed=as_list(self._taken()),
            expected_on=self.day.day,
            pick_up=self.pick_up.isChecked(),
        )
        self._recording.offer(False)
        remembering = partial(remember, self._settings.parent, brought.sheet, self.mapping.mapped)
        self._slow.run(remembering, lambda _none: None, self._cannot, self)
        act: Act[Event] = partial(offers.enter_offer, command)
        self._desk.do(act, self._recorded, self._cannot, owner=self)

    def _recorded(self, event: Event) -> None:
        code = event.header.subject
        self._brought = None
        self.lines.show_lines(())
        self.donor.fill_anew()
        self._show_state()
        mistake = offers.CloseOffer(offer=code, reason=offers.BY_MISTAKE)
        self.done.emit(_("The office's list is expected"), partial(self._take_back, mistake))
        self.recorded.emit(code)

    def _take_back(self, mistake: offers.CloseOffer) -> None:
        act: Act[Event] = partial(offers.close_offer, mistake)
        self._desk.do(act, lambda _event: self.said.emit(_("Taken back")), self._cannot)

    def _cannot(self, error: Exception) -> None:
        self._show_state()
        self._tell(list_problem(error, self._desk.reference))

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _today(self) -> date:
        return self._desk.now().day

    # ---- the page ----

    def _choose(self) -> None:
        kinds = _("Lists ({suffixes})").format(suffixes=" ".join(f"*{one}" for one in SUFFIXES))
        chosen, _kind = QFileDialog.getOpenFileName(self, _("An office's list"), "", kinds)
        if chosen:
            self.read(Path(chosen))

    def _list(self) -> LineList[ListLine]:
        reference = self._desk.reference
        columns = (
            Shown[ListLine](_("Row"), lambda line: str(line.number), width=62),
            Shown[ListLine](_("Kind"), lambda line: coded_kind(line, reference), width=138),
            Shown[ListLine](_("Maker, model"), _named),
            Shown[ListLine](_("Serial"), lambda line: line.device.serial, width=112),
            Shown[ListLine](_("Number"), lambda line: str(line.count), width=48),
            Shown[ListLine](
                _("To note"),
                lambda line: line_words(line, line.number in self._left_out)[1],
                lambda line: line_words(line, line.number in self._left_out)[0],
                width=218,
            ),
        )
        how = _("Choose the office's file, or drop it here: XLSX or CSV.")
        listed = LineList(
            columns, lambda line: str(line.number), EmptyState(_("No list was read yet"), how)
        )
        return listed.named("officeList", _("Lines of the list"))

    def _lay_out(self) -> None:
        self.problem.setObjectName("listProblem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        mark_wrong(self.problem, True)
        for name, button in (
            ("chooseList", self.bring),
            ("leaveLineOut", self.leave_out),
            ("recordList", self.record),
        ):
            button.setObjectName(name)
        self.donor.organisation.setChecked(True)
        self.head = PageHead(_("An office's list"), acts=(self.bring, self.record))
        self._recording = Duty(self._desk, self.record, e.OfferEntered, self.head)
        left, self._day_field = QWidget(), Field(_("Day"), self.day)
        left.setFixedWidth(LEFT_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(
            form_card(
                _("Who gives"), self.donor, self._day_field, self.pick_up, self.donor.address_field
            )
        )
        column.addWidget(form_card(_("Columns"), self.mapping), 1)
        card = list_card(_("Lines of the list"), self.lines)
        card.add_to_head(self.leave_out)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(SPACE)
        for widget in (self.head, self.problem):
            page.addWidget(widget)
        page.addLayout(side_by_side(left, card, weights=(0, 1)), 1)

    def _connect(self) -> None:
        self._recording.told.connect(self.said)
        self.bring.clicked.connect(self._choose)
        self.record.clicked.connect(self._record)
        self.leave_out.clicked.connect(self._toggle)
        self.mapping.changed.connect(self._read_lines)
        self.lines.chosen_changed.connect(self._show_state)
        self.pick_up.toggled.connect(self.donor.address_field.setVisible)
        self.donor.address_field.hide()
        known = QShortcut("Ctrl+Shift+O", self, self._open_known)
        known.setWhatsThis(_("Open the device that has this serial number"))
        self.lines.view.doubleClicked.connect(self._open_known)

    def _open_known(self) -> None:
        line = self.lines.chosen
        if line is not None and line.here:
            self.open_device.emit(line.here)


def _unread_words(brought: Brought) -> str:
    """Which sheet this is, where a workbook has more of them."""
    if not brought.unread:
        return ""
    told = _n(
        "sheet “{sheet}”, {count} other sheet is not read",
        "sheet “{sheet}”, {count} other sheets are not read",
        brought.unread,
    )
    return f" · {told.format(sheet=brought.read, count=brought.unread)}"


def _named(line: ListLine) -> str:
    """What it is called; of a line that nobody understands, all that stands in it."""
    return f"{line.device.maker} {line.device.model}".strip() or (line.raw if line.stops else "")


def coded_kind(line: ListLine, reference: Reference) -> str:
    """The kind of a line, in words; a dash where nobody knows it."""
    return coded(Table.KINDS, line.device.kind, reference) if line.device.kind else "–"


def _read(file: Path, settings: Path) -> Brought:
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)  # of a film that was taken for a list no more is read
    read = read_sheet(data)
    sheet = headed(read.rows)
    return Brought(file.name, sheet, remembered(settings, sheet), read.name, read.others)
