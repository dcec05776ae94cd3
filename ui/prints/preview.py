"""The print preview: the pages as paper, and how they are to be printed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from station.reference import Reference
from station.words import _, _n
from ui.background import Background
from ui.buttons import primary_button, secondary_button
from ui.choice import Choice
from ui.elided import ElidedLabel
from ui.field import Field, mark_wrong
from ui.first_size import first_size
from ui.number_box import NumberBox
from ui.prints.label_places import PlaceState
from ui.prints.page_list import PageList
from ui.prints.paper_view import PaperView
from ui.prints.preview_bar import PreviewBar
from ui.prints.previewed import Drawn, Previewed, PrintChoice
from ui.prints.printers import NamedPrinter
from ui.theme import Role, words
from ui.wording import explain

MOST_COPIES: Final = 99
REDRAW_PAUSE_MS: Final = 150  # while somebody turns a figure up
SIDE_WIDTH: Final = 264


class Preview(QDialog):
    """Says `print_wanted` with a PrintChoice and closes; `saved` with the files it wrote."""

    print_wanted = Signal(object)
    saved = Signal(tuple)

    def __init__(
        self,
        previewed: Previewed,
        background: Background,
        reference: Reference,
        parent: QWidget | None = None,
        *,
        printers: Sequence[NamedPrinter],
        chosen: NamedPrinter,
        start: int = 1,
    ) -> None:
        super().__init__(parent)
        self._previewed, self._background, self._reference = previewed, background, reference
        self._printers = {each.name: each for each in (NamedPrinter(""), *printers)}
        self._drawn: Drawn | None = None
        self.setObjectName("preview")
        self.setWindowTitle(previewed.title)
        self.resize(first_size(self.screen().availableGeometry()) * 0.95)
        self.view = PaperView(background)
        self.bar = PreviewBar(self.view)
        self.pages = PageList(self.view)
        self.printer = Choice("previewPrinter")
        self.copies = NumberBox()
        self.start = NumberBox()
        self.print = primary_button(_("Print"), "print", "Ctrl+P")
        self.save_pdf = secondary_button(_("Save as PDF"), shortcut="Ctrl+S")
        self.save_png = secondary_button(_("Save as pictures (PNG)"), shortcut="Ctrl+Shift+S")
        self.leave = secondary_button(_("Close"))
        self._note = words("", Role.MUTED)
        self._problem = words("", Role.STRONG)
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_PAUSE_MS)
        self._fill(chosen, start)
        self._lay_out(previewed.title)
        self._connect()
        self.view.show_waiting(_("Drawing the pages…"))
        self._draw()

    @property
    def choice(self) -> PrintChoice:
        """What is chosen now."""
        printer = self._printers[self.printer.chosen or ""]
        return PrintChoice(printer, self.copies.value(), self.start.value())

    @property
    def problem(self) -> str:
        """What is wrong, "" when nothing is."""
        return self._problem.text()

    @property
    def note(self) -> str:
        """What is said of pages and labels that stay blank."""
        return self._note.text()

    # ---- drawn ----

    def _draw(self) -> None:
        self._redraw.stop()
        self._drawn = None
        self._refuse("")
        self._let_print(False)
        self._note.setText(_("Drawing the pages…"))
        choice, draw = self.choice, self._previewed.draw

        def make() -> bytes:
            drawn.append(draw(choice))
            return drawn[0].pdf

        drawn: list[Drawn] = []
        self._making = drawn
        self.view.pictures.open(make)

    def _show(self) -> None:
        self._drawn = self._making[0]
        self.view.show_places(self._drawn.places)
        if self._drawn.places:
            self.start.setMaximum(len(self._drawn.places[0]))
        self._start_field.setVisible(self.start.maximum() > 1)
        self._note.setText(self._told(self._drawn))
        self._let_print(True)

    def _told(self, drawn: Drawn) -> str:
        count = self.view.page_count
        told = _n("{count} page", "{count} pages", count).format(count=count)
        blank = sum(place.state is PlaceState.BLANK for page in drawn.places for place in page)
        if not blank:
            return told
        stays = _n(
            "{count} label behind the last one stays blank.",
            "{count} labels behind the last one stay blank.",
            blank,
        )
        return f"{told}. {stays.format(count=blank)}"

    def _fail(self, error: Exception) -> None:
        self.view.show_waiting(_("There is nothing to see."))
        self._note.setText("")
        self._refuse(explain(error, self._reference))

    def _refuse(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _let_print(self, may: bool) -> None:
        for button in (self.print, self.save_pdf, self.save_png):
            button.setEnabled(may)

    # ---- chosen ----

    def _choose_start(self, page: int, place: int) -> None:
        """A click on the sheet's first free label."""
        if page == 0 and self._previewed.labels and self.start.maximum() > 1:
            self.start.setValue(place)

    def _choice_changed(self) -> None:
        if self._previewed.labels:
            self._let_print(False)  # what is shown is not what would be printed
            self._redraw.start()

    def _printer_changed(self) -> None:
        self.start.setValue(1)
        self._choice_changed()

    def _print(self) -> None:
        self.print_wanted.emit(self.choice)
        self.accept()

    # ---- saved ----

    def _ask_pdf(self) -> None:
        name = f"{self._previewed.file_name}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), name, _("PDF files (*.pdf)")
        )
        if chosen:
            self.save_as_pdf(Path(chosen))

    def _ask_png(self) -> None:
        name = f"{self._previewed.file_name}.png"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as pictures (PNG)"), name, _("Pictures (*.png)")
        )
        if chosen:
            self.save_as_png(Path(chosen))

    def save_as_pdf(self, file: Path) -> None:
        """Keep the PDF where somebody chose."""
        from ui.prints.preview_files import write_pdf  # noqa: PLC0415 -- few previews are saved

        if self._drawn is not None:
            pdf = self._drawn.pdf
            self._background.run(lambda: write_pdf(file, pdf), self.saved.emit, self._fail_to_save)

    def save_as_png(self, file: Path) -> None:
        """Keep each page as a picture, on the dots of the chosen printer."""
        from ui.prints.preview_files import write_png  # noqa: PLC0415 -- the same

        if self._drawn is not None:
            pdf, dpi = self._drawn.pdf, self.choice.printer.printer.dpi
            self._background.run(
                lambda: write_png(file, pdf, dpi), self.saved.emit, self._fail_to_save
            )

    def _fail_to_save(self, error: Exception) -> None:
        self._refuse(explain(error, self._reference))

    def _tell_saved(self, files: tuple[Path, ...]) -> None:
        self._note.setText(_("Saved: {file}").format(file=files[0].name))

    # ---- laid out ----

    def _fill(self, chosen: NamedPrinter, start: int) -> None:
        viewer = _("Open in the system's viewer")
        self.printer.offer((name, name or viewer) for name in self._printers)
        self.printer.setItemData(0, "")
        self.printer.setCurrentIndex(max(0, self.printer.findData(chosen.name)))
        self.copies.setRange(1, MOST_COPIES)
        self.start.setRange(1, start)  # how many there are is known once they are drawn
        self.start.setValue(start)

    def _lay_out(self, title: str) -> None:
        self._start_field = Field(
            _("Begin at label"), self.start, _("Or click the first free label.")
        )
        side = QWidget()
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        copies = _("Copies of each label") if self._previewed.labels else _("Copies")
        column.addWidget(Field(_("Printer"), self.printer))
        column.addWidget(Field(copies, self.copies))
        column.addWidget(self._start_field)
        for label in (self._note, self._problem):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        for button in (self.print, self.save_pdf, self.save_png, self.leave):
            column.addWidget(button)
        mark_wrong(self._problem, True)
        self._problem.hide()
        self._start_field.hide()
        self.save_png.setVisible(self._previewed.labels)
        shown = QVBoxLayout()
        shown.setSpacing(8)
        shown.addWidget(self.bar)
        shown.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.pages)
        row.addLayout(shown, 1)
        row.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(ElidedLabel(title, Role.CARD_TITLE))
        layout.addLayout(row, 1)

    def _connect(self) -> None:
        self.view.opened.connect(self._show)
        self.view.failed.connect(self._fail)
        self.view.place_clicked.connect(self._choose_start)
        self.printer.currentIndexChanged.connect(self._printer_changed)
        self.copies.valueChanged.connect(self._choice_changed)
        self.start.valueChanged.connect(self._choice_changed)
        self._redraw.timeout.connect(self._draw)
        self.print.clicked.connect(self._print)
        self.save_pdf.clicked.connect(self._ask_pdf)
        self.save_png.clicked.connect(self._ask_png)
        self.leave.clicked.connect(self.reject)
        self.saved.connect(self._tell_saved)
        for keys, do in (
            ("Ctrl+=", self.bar.larger.click),  # the plus of most keyboards, without Shift
            ("PgDown", lambda: self.view.step(1)),
            ("PgUp", lambda: self.view.step(-1)),
        ):
            QShortcut(QKeySequence(keys), self, do)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
