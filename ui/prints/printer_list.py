"""The printers of this PC in a list, and the file of the point's own label sizes."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from station.words import _, _c
from ui.buttons import link_button, secondary_button
from ui.cards import Card, EmptyState
from ui.elided import ElidedLabel
from ui.line_list import LineList
from ui.line_table import Column
from ui.prints.printer_words import what_for
from ui.prints.printers import NamedPrinter, Printers
from ui.theme import Role, words

USE_WIDTH = 108


class PrinterList(Card):
    """Says `stocks_chosen` with a file, or "" to use none."""

    chosen_changed = Signal()
    stocks_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Printers of this PC"))
        self._printers = Printers()
        columns = (
            Column[NamedPrinter](_("Printer"), lambda known: known.name),
            Column[NamedPrinter](_c("printer", "Prints"), self._use, width=USE_WIDTH),
        )
        empty = EmptyState(_("No printer is set up"), _("Describe one on the right and save it."))
        self._list = LineList(columns, lambda known: known.name, empty)
        self._list.named("printers", _("Printers of this PC"))
        self.add = secondary_button(_("New printer"), "plus")
        self.add.setObjectName("addPrinter")
        self.remove = secondary_button(_c("printer", "Remove"))
        self.remove.setObjectName("removePrinter")
        self._file = ElidedLabel("", Role.MUTED)
        self.own = link_button(_("Choose a file"))
        self.own.setObjectName("chooseStocks")
        self.none = link_button(_("Use none"))
        self.none.setObjectName("noStocks")
        self._lay_out()
        self._list.chosen_changed.connect(self._chose)
        self.own.clicked.connect(self._choose_file)
        self.none.clicked.connect(lambda: self.stocks_chosen.emit(""))

    @property
    def chosen(self) -> NamedPrinter | None:
        """The printer that is chosen."""
        return self._list.chosen

    def show_printers(self, printers: Printers) -> None:
        """Show these."""
        self._printers = printers
        self._list.show_lines(printers.printers)
        self._file.setText(Path(printers.stocks).name or _("None of its own"))
        self.none.setVisible(bool(printers.stocks))

    def choose(self, name: str) -> None:
        """Choose a printer; a new one is none of the list."""
        if not self._list.choose(name):
            self._list.view.clearSelection()
            self._list.view.setCurrentIndex(self._list.model.index(-1, -1))

    def _use(self, known: NamedPrinter) -> str:
        return what_for(known.name, self._printers.labels_on, self._printers.papers_on)

    def _chose(self) -> None:
        self.remove.setEnabled(self.chosen is not None)
        self.chosen_changed.emit()

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Own label sizes"), "", _("Label sizes (*.toml)")
        )
        if chosen:
            self.stocks_chosen.emit(chosen)

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.add, 1)
        acts.addWidget(self.remove)
        file = QHBoxLayout()
        file.setSpacing(4)
        file.addWidget(self._file, 1)
        file.addWidget(self.own)
        file.addWidget(self.none)
        self.body.addWidget(self._list, 1)
        self.body.addLayout(acts)
        self.body.addWidget(words(_("Own label sizes"), Role.MUTED))
        self.body.addLayout(file)
