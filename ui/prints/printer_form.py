"""A printer's set-up as fields: the way to it, what it speaks, what lies in it, what it shifts."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from labels.printer import Alignment, Language, Printer, Route
from labels.resolution import RESOLUTIONS
from labels.stock import Stock
from station import words
from station.words import _, _c
from ui.choice import Choice, ComboBox
from ui.field import Field
from ui.number_box import NumberBox
from ui.prints.printer_words import (
    LANGUAGES,
    ROUTES,
    address_example,
    address_name,
    languages_by,
    routes_here,
)
from ui.prints.printers import NamedPrinter

FARTHEST_MM = 20.0
MOST_PITCH_MM = 5.0
DARKEST = {Language.TSPL: 15, Language.ZPL: 30}  # from 0; beyond, a printer takes no notice
SLOWEST, FASTEST = 1, 14  # inches a second
COLUMNS = 12
FIXED = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
LEAST_CHARACTERS = 10


class PrinterForm(QWidget):
    """Says `changed` when somebody changed something, `queues_wanted` when queues are needed."""

    changed = Signal()
    queues_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._filling = False
        self.name = QLineEdit()
        self.name.setObjectName("printerName")
        self.name.setMaxLength(40)
        self.route = Choice("printerRoute")
        self.address, self._typed = ComboBox(), QLineEdit()
        self.address.setLineEdit(self._typed)
        self.address.setObjectName("printerAddress")
        self.address.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.language = Choice("printerLanguage")
        self.dpi = Choice("printerDpi")
        self.dpi.offer((str(dpi), f"{dpi} dpi") for dpi in RESOLUTIONS)
        self.stock = Choice("printerStock")
        for long in (self.route, self.address, self.stock):  # their list shows all of a long word
            long.setSizeAdjustPolicy(FIXED)
            long.setMinimumContentsLength(LEAST_CHARACTERS)
        self.shift_x, self.shift_y = _millimetres(FARTHEST_MM), _millimetres(FARTHEST_MM)
        self.pitch_x, self.pitch_y = _millimetres(MOST_PITCH_MM), _millimetres(MOST_PITCH_MM)
        self.darkness, self.speed = _figure(0, DARKEST[Language.ZPL]), _figure(SLOWEST, FASTEST)
        self.native = QCheckBox(_("Let the printer draw the barcode itself"))
        self.for_labels = QCheckBox(_("Labels are printed here"))
        self.for_papers = QCheckBox(_("Papers are printed here"))
        self._lay_out()
        self._connect()

    # ---- filled and read ----

    def offer_stocks(self, stocks: Sequence[Stock]) -> None:
        """Offer these stocks; what is chosen stays."""
        before = self.stock.chosen
        self._filling = True
        self.stock.offer((stock.id, stock.word(words.language())) for stock in stocks)
        self.stock.choose(before)
        self._filling = False

    def offer_queues(self, names: Sequence[str]) -> None:
        """Offer the system's queues; what stands there stays."""
        before = self.address.currentText()
        self._filling = True
        self.address.clear()
        self.address.addItems(names)
        self.address.setCurrentText(before)
        self._filling = False

    def show_printer(self, named: NamedPrinter, *, labels: bool, papers: bool) -> None:
        """Show how a printer is set up, and what is printed on it."""
        self._filling = True
        self.clear_errors()
        printer = named.printer
        self.name.setText(named.name)
        self.route.offer((route, ROUTES[route]()) for route in routes_here(printer.route))
        self.route.choose(printer.route)
        self._show_route(printer.route)
        self.address.setCurrentText(printer.address)
        self.language.choose(printer.language)
        self.dpi.choose(str(printer.dpi))
        self.stock.choose(printer.stock)
        moved = printer.alignment
        for field, length in (
            (self.shift_x, moved.x),
            (self.shift_y, moved.y),
            (self.pitch_x, moved.pitch_x),
            (self.pitch_y, moved.pitch_y),
        ):
            field.setValue(length)
        self._limit_darkness()
        for figure, said in ((self.darkness, printer.darkness), (self.speed, printer.speed)):
            figure.setValue(figure.minimum() if said is None else said)
        self.native.setChecked(printer.native)
        self.for_labels.setChecked(labels)
        self.for_papers.setChecked(papers)
        self._allow_raw()
        self._filling = False

    def printer(self) -> Printer | None:
        """The printer as it stands here; None where something is missing, said beside it."""
        self.clear_errors()
        missing = [field for field, said in self._needed() if not said]
        for field in missing:
            field.show_error(_("Please fill this in."))
        if missing:
            missing[0].control.setFocus()
            return None
        return self._read()

    def peek(self) -> Printer:
        """The printer as it stands here, whatever is missing."""
        return self._read()

    def choose_stock(self, id_: str | None) -> None:
        """Choose the labels that lie in the printer; nobody did it by hand."""
        self._filling = True
        self.stock.choose(id_)
        self._filling = False

    @property
    def called(self) -> str:
        """The printer's name."""
        return " ".join(self.name.text().split())

    def refuse_name(self, sentence: str) -> None:
        """Say what is wrong with the name."""
        self._name_field.show_error(sentence)
        self.name.setFocus()

    def clear_errors(self) -> None:
        """Forget what was missing."""
        for field in self.findChildren(Field):
            field.clear_error()

    def _needed(self) -> tuple[tuple[Field, object], ...]:
        return (
            (self._name_field, self.called),
            (self._address_field, self.address.currentText().strip()),
            (self._language_field, self.language.chosen),
            (self._stock_field, self.stock.chosen),
        )

    def _read(self) -> Printer:
        raw = self.language.chosen != Language.SYSTEM
        return Printer(
            route=Route(self.route.chosen or Route.SYSTEM),
            address=self.address.currentText().strip(),
            language=Language(self.language.chosen or Language.SYSTEM),
            dpi=int(self.dpi.chosen or Printer().dpi),
            stock=self.stock.chosen or Printer().stock,
            alignment=Alignment(
                *(
                    round(field.value(), 2)
                    for field in (self.shift_x, self.shift_y, self.pitch_x, self.pitch_y)
                )
            ),
            native=raw and self.native.isChecked(),
            darkness=_kept(self.darkness) if raw else None,
            speed=_kept(self.speed) if raw else None,
        )

    # ---- what follows from what ----

    def _route_chosen(self) -> None:
        if not self._filling and self.route.chosen:
            self._show_route(Route(self.route.chosen))
            self.address.setCurrentText("")
            self._changed()

    def _show_route(self, route: Route) -> None:
        self.language.offer((each, LANGUAGES[each]()) for each in languages_by(route))
        self._address_field.rename(address_name(route))
        self.address.clear()
        self._typed.setPlaceholderText(address_example(route))
        self.queues_wanted.emit()
        self._allow_raw()

    def _limit_darkness(self) -> None:
        if self.language.chosen in DARKEST:
            self.darkness.setMaximum(DARKEST[Language(self.language.chosen)])

    def _allow_raw(self) -> None:
        raw = self.language.chosen not in (None, Language.SYSTEM)
        self._limit_darkness()
        for control in (self.darkness, self.speed, self.native):
            control.setEnabled(raw)
        self.for_papers.setEnabled(not raw)  # a label printer's own language knows no pages
        if raw:
            self.for_papers.setChecked(False)

    def _changed(self) -> None:
        if not self._filling:
            self._allow_raw()
            self.changed.emit()

    # ---- laid out ----

    def _lay_out(self) -> None:
        self._name_field = Field(_("Name of the printer"), self.name)
        self._address_field = Field(_("Queue"), self.address)
        self._language_field = Field(_("Language"), self.language)
        self._stock_field = Field(_("Labels in it"), self.stock)
        rows: tuple[tuple[tuple[QWidget, int], ...], ...] = (
            (
                (self._name_field, 4),
                (Field(_c("printer", "Way"), self.route), 4),
                (self._address_field, 4),
            ),
            (
                (self._language_field, 4),
                (Field(_("Resolution"), self.dpi), 2),
                (self._stock_field, 6),
            ),
            (
                (Field(_("X offset"), self.shift_x), 3),
                (Field(_("Y offset"), self.shift_y), 3),
                (Field(_("Pitch across"), self.pitch_x), 3),
                (Field(_("Pitch down"), self.pitch_y), 3),
            ),
            (
                (Field(_("Darkness"), self.darkness), 3),
                (Field(_("Speed"), self.speed), 3),
                (_below_each_other(self.for_labels, self.for_papers, self.native), 6),
            ),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, fields in enumerate(rows):
            column = 0
            for widget, span in fields:
                grid.addWidget(widget, row, column, 1, span)
                column += span
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    def _connect(self) -> None:
        self.route.currentIndexChanged.connect(self._route_chosen)
        self.name.textEdited.connect(self._changed)
        self.address.currentTextChanged.connect(self._changed)
        for choice in (self.language, self.dpi, self.stock):
            choice.currentIndexChanged.connect(self._changed)
        for length in (self.shift_x, self.shift_y, self.pitch_x, self.pitch_y):
            length.valueChanged.connect(self._changed)
        for figure in (self.darkness, self.speed):
            figure.valueChanged.connect(self._changed)
        for tick in (self.native, self.for_labels, self.for_papers):
            tick.toggled.connect(self._changed)


def _below_each_other(*ticks: QCheckBox) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for tick in ticks:
        layout.addWidget(tick)
    layout.addStretch()
    return column


def _millimetres(most: float) -> QDoubleSpinBox:
    field = QDoubleSpinBox(minimum=-most, maximum=most, decimals=2, singleStep=0.25)
    field.setSuffix(" mm")
    return field


def _figure(least: int, most: int) -> QSpinBox:
    """Below the least the printer keeps its own."""
    field = NumberBox()
    field.setRange(least - 1, most)
    field.setValue(least - 1)
    field.setSpecialValueText(_("as the printer is set"))
    return field


def _kept(field: QSpinBox) -> int | None:
    return None if field.value() == field.minimum() else field.value()
