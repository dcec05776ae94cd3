"""Labels that wait for a full row or for a sheet: how many, and how to print them now."""

from PySide6.QtCore import Signal

from labels.stock import Form
from station.codes import grouped
from station.words import _, _n, language
from ui.buttons import link_button, secondary_button
from ui.cards import Card
from ui.field import Field
from ui.number_box import NumberBox
from ui.prints.label_row import RowState
from ui.prints.sheet_picture import SheetPicture
from ui.theme import words

SHOWN = 4  # codes; the rest is counted


class RowCard(Card):
    """Hidden on a roll with one label across: there nothing waits."""

    print_wanted = Signal(int)  # from this place on
    clear_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.picture = SheetPicture()
        self.place = NumberBox()
        self.place.setObjectName("startPlace")
        self._place = Field(_("First free label on the sheet"), self.place)
        self._codes = words("")
        self._codes.setWordWrap(True)
        self.print = secondary_button("", "print", "Ctrl+Shift+R")
        self.print.setObjectName("printRow")
        self.clear = link_button(_("Print none of them"))
        self.clear.setObjectName("clearRow")
        for widget in (self._codes, self._place, self.picture):
            self.body.addWidget(widget)
        self.body.addWidget(self.print)
        self.body.addWidget(self.clear)
        self.body.addStretch(1)
        self.picture.chosen.connect(self.place.setValue)
        self.place.valueChanged.connect(self._show_place)
        self.print.clicked.connect(lambda: self.print_wanted.emit(self.place.value()))
        self.clear.clicked.connect(self.clear_wanted)
        self._row: RowState | None = None
        self.hide()

    def show_row(self, row: RowState) -> None:
        """Show what waits now."""
        self._row = row
        sheet = row.stock.form is Form.SHEET
        self.setVisible(row.stock.places > 1)
        self.set_title(row.stock.word(language()))
        self._codes.setText(_waiting_words(row))
        self.place.setRange(1, row.stock.places)
        self.place.setValue(row.next_place if sheet else 1)
        self._place.setVisible(sheet)
        self._show_place()
        keys = self.print.shortcut()
        self.print.setText(_print_words(row))
        self.print.setAccessibleName(_print_words(row))
        self.print.setShortcut(keys)  # setText drops it
        for button in (self.print, self.clear):
            button.setEnabled(bool(row.waiting))

    def _show_place(self) -> None:
        if self._row is not None:
            self.picture.show_places(self._row.stock, self.place.value(), len(self._row.waiting))


def _waiting_words(row: RowState) -> str:
    count = len(row.waiting)
    if not count:
        return _("No label waits.")
    told = _n("{count} label waits: {codes}", "{count} labels wait: {codes}", count)
    codes = [grouped(code) for code in row.waiting[:SHOWN]]
    return told.format(count=count, codes=", ".join(codes + ["…"] * (count > SHOWN)))


def _print_words(row: RowState) -> str:
    if row.stock.form is Form.SHEET:
        return _("Print on the sheet")
    if not row.blank:
        return _("Print the row now")
    told = _n(
        "Print the row now ({count} label stays blank)",
        "Print the row now ({count} labels stay blank)",
        row.blank,
    )
    return told.format(count=row.blank)
