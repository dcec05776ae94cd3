"""Tem trắng in sẵn: codes set aside and printed before what they will stand on comes."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from station import events as e
from station.codes import BadCode, Code, CodeKind, grouped, parse_scan
from station.labelling import ReserveCodes, reserve_codes
from station.ports import CodeRange, PointStore
from station.reference import Table
from station.words import _, _n
from ui.act_line import ActLine
from ui.buttons import primary_button, secondary_button
from ui.cards import EmptyState, PageHead
from ui.coded_words import coded
from ui.day_words import day_words
from ui.desk import Desk
from ui.duty import Duty
from ui.field import Field
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.line_table import Column
from ui.number_box import NumberBox
from ui.prints.printing import Printing
from ui.prints.spoilt_row import SpoiltRow
from ui.side_by_side import SPACE, form_card, list_card, side_by_side
from ui.theme import Role, words
from ui.wording import explain

ROLL = "roll"  # what they are set aside for
USUAL, MOST = 50, 500
KINDS = (CodeKind.DEVICE, CodeKind.LOT, CodeKind.PART)


class BlanksPage(QWidget):
    """Reserve and print in one go; print again what is not used yet, from any code on."""

    said = Signal(str)
    good = Signal()
    doubted = Signal()  # a spoilt label was scanned before
    alarmed = Signal()

    def __init__(self, desk: Desk, printing: Printing) -> None:
        super().__init__()
        self._desk, self._printing = desk, printing
        self.ranges = self._list()
        self.count = NumberBox()
        self.count.setObjectName("blankCount")
        self.count.setRange(1, MOST)
        self.count.setValue(USUAL)
        self.print_new = primary_button(_("Reserve and print"), "print", "Ctrl+Return")
        self.print_new.setObjectName("printBlanks")
        self.first = QLineEdit()
        self.first.setObjectName("firstBlank")
        self._first = Field(_("From this code on"), self.first, _("Empty: all that are unused."))
        self.again = secondary_button(_("Print the unused ones again"), "print", "Ctrl+R")
        self.again.setObjectName("printBlanksAgain")
        self.spoilt = SpoiltRow(desk)
        self._new = ActLine(desk, "blanksProblem", self.print_new)
        self._old = ActLine(desk, "blanksAgainProblem", self.again)
        self._duty = Duty(desk, self.print_new, e.CodesReserved, self._new)
        self._lay_out()
        self._connect()
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Ask anew which codes are set aside."""
        self._desk.ask(_reserved, self._show, self._refuse, owner=self)

    def take_scan(self, code: Code) -> bool:
        """A blank label that is spoilt is listed, while that is wanted."""
        return self.spoilt.take_scan(code)

    def _tell_spoilt(self, sentence: str) -> None:
        if sentence:
            self._old.refuse(sentence)
        else:
            self._old.clear()

    def _print_spoilt(self, codes: tuple[str, ...]) -> None:
        self._print(codes)
        self.spoilt.begin_anew()

    def _show(self, ranges: tuple[CodeRange, ...]) -> None:
        self.ranges.show_lines(ranges)
        if self.ranges.chosen is None and ranges:
            self.ranges.choose(_key(ranges[0]))

    def _reserve(self) -> None:
        command = ReserveCodes(of=CodeKind.DEVICE, count=self.count.value(), purpose=ROLL)
        self._new.take(partial(reserve_codes, command), self._print)

    def _print(self, codes: tuple[str, ...]) -> None:
        self._printing.print_at_once(codes)
        told = _n(
            "{count} blank label is printed.", "{count} blank labels are printed.", len(codes)
        )
        self.said.emit(told.format(count=len(codes)))

    def _print_again(self) -> None:
        chosen = self.ranges.chosen
        if chosen is None:
            return
        self._first.clear_error()
        codes = chosen.codes
        try:
            typed = self.first.text().strip()
            first = parse_scan(typed).text if typed else codes[0]
        except BadCode as error:
            self._first.show_error(explain(error, self._desk.reference))
            return
        if first not in codes:
            self._first.show_error(_("This code is not among those of the chosen line."))
            return
        wanted = codes[codes.index(first) :]
        self._desk.ask(partial(_unused, wanted), self._print_unused, self._refuse, owner=self)

    def _print_unused(self, codes: tuple[str, ...]) -> None:
        if codes:
            self.first.clear()
            self._print(codes)
        else:
            self._old.refuse(_("All of them are used: print the labels from their devices."))

    def _show_choice(self) -> None:
        self._old.clear()
        self._first.clear_error()
        chosen = self.ranges.chosen
        self.again.setEnabled(chosen is not None and chosen.unused > 0)

    def _refuse(self, error: Exception) -> None:
        self._old.refuse(explain(error, self._desk.reference))

    def _list(self) -> LineList[CodeRange]:
        columns = (
            Column[CodeRange](_("Codes"), _codes_words, width=220),
            Column[CodeRange](_("What for"), self._purpose),
            Column[CodeRange](_("Count"), lambda line: str(line.count), width=70),
            Column[CodeRange](_("Unused"), lambda line: str(line.unused), width=84),
            Column[CodeRange](_("Set aside on"), lambda line: day_words(line.on), width=96),
        )
        how = _("Stick them on while the power or the printer is off, and scan them at intake.")
        empty = EmptyState(_("No code is set aside"), how)
        ranges = LineList(columns, _key, empty)
        return ranges.named("reservedCodes", _("Codes set aside"))

    def _purpose(self, line: CodeRange) -> str:
        return coded(Table.CODE_PURPOSES, line.purpose, self._desk.reference)

    def _lay_out(self) -> None:
        warning = words(
            _("Print again only what is lost or spoilt: two devices must never bear one code."),
            Role.MUTED,
        )
        warning.setWordWrap(True)
        fresh = form_card(_("New blank labels"), Field(_("How many"), self.count), self._new)
        old = form_card(_("The chosen line"), self._first, warning, self._old, self.spoilt)
        right = QWidget()
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(SPACE)
        below.addWidget(fresh)
        below.addWidget(old, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        second = _("Each code is given out once, whoever prints it and however often.")
        column.addWidget(PageHead(_("Blank labels"), second))
        listed = list_card(_("Codes set aside"), self.ranges)
        column.addLayout(side_by_side(listed, right, weights=(2, 1)), 1)

    def _connect(self) -> None:
        self._duty.told.connect(self.said)
        self.print_new.clicked.connect(self._reserve)
        self.again.clicked.connect(self._print_again)
        self.ranges.chosen_changed.connect(self._show_choice)
        self.spoilt.refused.connect(self._tell_spoilt)
        self.spoilt.print_wanted.connect(self._print_spoilt)
        self.spoilt.good.connect(self.good)
        self.spoilt.doubted.connect(self.doubted)
        self.spoilt.alarmed.connect(self.alarmed)
        self._show_choice()


def _key(line: CodeRange) -> str:
    return line.codes[0]


def _codes_words(line: CodeRange) -> str:
    return f"{grouped(line.codes[0])} – {grouped(line.codes[-1])}"


def _reserved(store: PointStore) -> tuple[CodeRange, ...]:
    return tuple(found for kind in KINDS for found in store.reserved(kind))


def _unused(codes: tuple[str, ...], store: PointStore) -> tuple[str, ...]:
    """Those under which nothing was received."""
    find = {
        CodeKind.DEVICE: store.device,
        CodeKind.LOT: store.lot,
        CodeKind.PART: store.labelled,
    }[parse_scan(codes[0]).kind]
    return tuple(code for code in codes if find(code) is None)
