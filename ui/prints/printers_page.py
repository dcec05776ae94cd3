"""Máy in: the printers of this PC, how each is set up, and trying them."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labels.printer import Printer, Route
from labels.stock import Stock
from station.ports import PointStore
from station.words import _
from ui.act_line import ActLine
from ui.background import Background
from ui.buttons import primary_button, secondary_button
from ui.cards import Card, PageHead
from ui.desk import Desk
from ui.prints.printer_form import PrinterForm
from ui.prints.printer_list import PrinterList
from ui.prints.printer_trial import PrinterTrial
from ui.prints.printer_words import WAYS_WITH_A_QUEUE, name_taken
from ui.prints.printers import NamedPrinter, Printers, read_printers, write_printers
from ui.scanning.sounds import ScanSounds
from ui.side_by_side import SPACE, side_by_side
from ui.wording import explain

Change = Callable[[Printers], Printers]

FRESH = NamedPrinter("", Printer(route=Route.SYSTEM))


class PrintersPage(QWidget):
    """Nothing here is recorded: printers belong to this PC, and a test print is no label."""

    said = Signal(str)
    removed = Signal(str, object)  # the sentence, and what takes it back
    open_page = Signal(str)
    dialog_gone = Signal()

    def __init__(self, desk: Desk, file: Path, background: Background, sounds: ScanSounds) -> None:
        super().__init__()
        self._desk, self._file, self._background = desk, file, background
        self._printers = Printers()
        self._shown = FRESH
        self._dirty = False
        self.listed = PrinterList()
        self.form = PrinterForm()
        self.save = primary_button(_("Save"), shortcut="Ctrl+Return")
        self.save.setObjectName("savePrinter")
        self.take_back = secondary_button(_("Take the changes back"))
        self.take_back.setObjectName("takeBackPrinter")
        self.acts = ActLine(desk, "printerProblem", self.take_back, self.save)
        self.trial = PrinterTrial(self.form.printer, background, desk.reference, sounds)
        self._card = Card(_("Set-up"))
        self._lay_out()
        self._connect()
        self.setEnabled(False)  # until the file was read
        self.refresh()

    def refresh(self) -> None:
        """Read the file and ask the system for its printers."""
        self._desk.ask(partial(_read, self._file), self._show, self._cannot, owner=self)
        self._ask_queues()

    def unfinished(self) -> str:
        """What closing the window would lose."""
        return _("A printer's set-up is not saved yet.") if self._dirty else ""

    # ---- shown ----

    def _show(self, printers: Printers) -> None:
        self._printers = printers
        self.setEnabled(True)
        self.listed.show_printers(printers)
        self.trial.stocks = printers.stocks
        self._background.run(
            partial(_stocks, printers.stocks), self._offer_stocks, self._cannot, self
        )
        if not self._dirty:
            known = printers.named(self._shown.name)
            first = printers.printers[0] if printers.printers else FRESH
            self._show_printer(known if known.name else first)

    def _show_printer(self, named: NamedPrinter) -> None:
        self._shown = named
        none_yet = not named.name and not self._printers.labels_on
        self.form.show_printer(
            named,
            labels=none_yet or (bool(named.name) and named.name == self._printers.labels_on),
            papers=bool(named.name) and named.name == self._printers.papers_on,
        )
        self._card.set_title(named.name or _("A new printer"))
        self.trial.name = named.name
        self.trial.show_proven(named.proven)
        self.trial.say("")
        self.listed.choose(named.name)
        self._set_dirty(False)

    def _offer_stocks(self, stocks: tuple[Stock, ...]) -> None:
        chosen = self.form.stock.chosen or self._shown.printer.stock
        self.form.offer_stocks(stocks)
        self.form.choose_stock(chosen)

    def _ask_queues(self) -> None:
        self._background.run(_queues, self.form.offer_queues, self._cannot, self)

    def _queues_wanted(self) -> None:
        if self.form.route.chosen in WAYS_WITH_A_QUEUE:
            self._ask_queues()

    # ---- chosen and changed ----

    def _choose(self) -> None:
        chosen = self.listed.chosen
        if chosen is None or chosen.name == self._shown.name:
            return
        if self._dirty:
            self.listed.choose(self._shown.name)
            self.acts.refuse(_("Save this printer first, or take the changes back."))
        else:
            self._show_printer(chosen)

    def _add(self) -> None:
        if self._dirty:
            self.acts.refuse(_("Save this printer first, or take the changes back."))
            return
        self._show_printer(FRESH)
        self.form.name.setFocus()

    def _set_dirty(self, dirty: bool = True) -> None:
        self._dirty = dirty
        self.take_back.setEnabled(dirty)
        self.acts.clear()
        if dirty:
            printer = self.form.peek()
            same = self._shown.with_printer(printer)
            self.trial.show_proven(same.proven)

    # ---- saved ----

    def _save(self) -> None:
        self._keep(None)

    def _proven(self) -> None:
        """What was scanned back is worth keeping, with the settings it was printed with."""
        self._keep(self._desk.now().day)

    def _keep(self, proven: date | None) -> None:
        printer = self.form.printer()
        if printer is None:
            return
        if name_taken(self.form.called, self._shown.name, self._printers.printers):
            self.form.refuse_name(_("Another printer is called so."))
            return
        named = structs.replace(self._shown.with_printer(printer), name=self.form.called)
        if proven is not None:
            named = structs.replace(named, proven=proven)
        labels, papers = self.form.for_labels.isChecked(), self.form.for_papers.isChecked()
        change = partial(_kept, self._shown.name, named, labels, papers)
        self._change(change, partial(self._saved, named))

    def _saved(self, named: NamedPrinter, printers: Printers) -> None:
        self._dirty = False
        self._shown = named
        told = self.trial.told.text()
        self._show(printers)
        self.trial.say(told)
        self.said.emit(_("Printer saved: {name}").format(name=named.name))

    def _remove(self) -> None:
        gone, before = self._shown, self._printers
        back = partial(
            _kept, "", gone, before.labels_on == gone.name, before.papers_on == gone.name
        )
        self._change(lambda printers: printers.without(gone.name), partial(self._removed, back))

    def _removed(self, back: Change, printers: Printers) -> None:
        name = self._shown.name
        self._dirty = False
        self._shown = FRESH
        self._show(printers)
        told = _("Printer removed: {name}").format(name=name)
        self.removed.emit(told, lambda: self._change(back, self._show))

    def _use_stocks(self, file: str) -> None:
        """Own label sizes; a file with a mistake is named and not used."""
        self._background.run(
            partial(_stocks, file), lambda _stocks: self._keep_stocks(file), self._cannot, self
        )

    def _keep_stocks(self, file: str) -> None:
        self._change(lambda printers: structs.replace(printers, stocks=file), self._show)

    def _change(self, change: Change, done: Callable[[Printers], None]) -> None:
        self.acts.clear()
        keep = partial(_changed, self._file, change)
        self._desk.ask(keep, done, self._not_saved, owner=self)

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, OSError):
            told = _(
                "The printers cannot be saved. Check the disk and the account's rights: {file}"
            )
            self.acts.refuse(told.format(file=self._file))
        else:
            self._cannot(error)

    def _cannot(self, error: Exception) -> None:
        self.acts.refuse(explain(error, self._desk.reference))

    # ---- laid out ----

    def _lay_out(self) -> None:
        self.settings = secondary_button(_("Back to settings"))
        self.settings.setObjectName("backToSettings")
        second = _("What no printer is chosen for opens in the system's viewer.")
        self._card.body.addWidget(self.form)
        self._card.body.addWidget(self.acts)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._card)
        column.addWidget(self.trial, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(PageHead(_("Printers"), second, acts=(self.settings,)))
        layout.addLayout(side_by_side(self.listed, right, weights=(1, 2)), 1)

    def _connect(self) -> None:
        self.settings.clicked.connect(lambda: self.open_page.emit("settings"))
        self.listed.chosen_changed.connect(self._choose)
        self.listed.add.clicked.connect(self._add)
        self.listed.remove.clicked.connect(self._remove)
        self.listed.stocks_chosen.connect(self._use_stocks)
        self.form.changed.connect(self._set_dirty)
        self.form.queues_wanted.connect(self._queues_wanted)
        self.save.clicked.connect(self._save)
        self.take_back.clicked.connect(lambda: self._show_printer(self._shown))
        self.trial.proven.connect(self._proven)
        self.trial.dialog_gone.connect(self.dialog_gone)


def _read(file: Path, _store: PointStore) -> Printers:
    return read_printers(file)


def _changed(file: Path, change: Change, _store: PointStore) -> Printers:
    """Change what the file says now: another window may have changed it meanwhile."""
    printers = change(read_printers(file))
    write_printers(file, printers)
    return printers


def _kept(
    old: str, named: NamedPrinter, labels: bool, papers: bool, printers: Printers
) -> Printers:
    kept = printers.keep(old, named)
    return structs.replace(
        kept,
        labels_on=_used(kept.labels_on, named.name, labels),
        papers_on=_used(kept.papers_on, named.name, papers),
    )


def _used(now: str, name: str, ticked: bool) -> str:
    if ticked:
        return name
    return "" if now == name else now


def _stocks(file: str) -> tuple[Stock, ...]:
    from labels.stocks import stocks  # noqa: PLC0415 -- the tables load on first use
    from ui.prints.trial_prints import own_stocks  # noqa: PLC0415 -- the same

    return (*stocks(), *own_stocks(file))


def _queues() -> tuple[str, ...]:
    from ui.prints.system_printer import queues  # noqa: PLC0415 -- loads QtPrintSupport

    return tuple(queue.name for queue in queues())
