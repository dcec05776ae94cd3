"""Previews opened from the pages: what is shown is printed by the queue, on the printer chosen."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from station.printed import Label
from ui import press
from ui.background import Background
from ui.desk import Desk
from ui.papers.labels import labels_of
from ui.previewed import Previewed, PrintChoice, labels_to_preview, paper_to_preview
from ui.printer_words import prints_papers
from ui.printers import NamedPrinter, Printers
from ui.printing import Printing, labels_title

if TYPE_CHECKING:
    from ui.preview import Preview  # loads QtPdf, so it is imported when one is opened


class Previewing(QObject):
    """One preview at a time, over the window."""

    refused = Signal(object)  # Exception
    dialog_gone = Signal()

    def __init__(
        self, desk: Desk, printing: Printing, background: Background, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._printing = desk, printing
        self._background, self._window = background, window

    def preview_labels(self, codes: Sequence[str]) -> None:
        """Show the labels of these codes on the stock that lies in the printer of labels."""
        known = partial(labels_of, tuple(codes))
        self._desk.ask(known, self._labels_known, self.refused.emit, owner=self)

    def preview_paper(
        self, title: str, file_name: str, draw: Callable[[], bytes], about: Sequence[str] = ()
    ) -> None:
        """Show a paper; `draw` runs off the window's thread, for the picture and for the print."""
        previewed = paper_to_preview(title, file_name, draw)

        def wanted(choice: PrintChoice) -> None:
            self._printing.print_chosen_paper(title, draw, about, choice)

        def known(found: tuple[Printers, int]) -> None:
            printers, _free = found
            able = [each for each in printers.printers if prints_papers(each.printer)]
            self._open(previewed, able, printers.named(printers.papers_on), wanted)

        self._printing.ask_printers(known, self.refused.emit)

    def _labels_known(self, labels: tuple[Label, ...]) -> None:
        self._printing.ask_printers(partial(self._open_labels, labels), self.refused.emit)

    def _open_labels(self, labels: tuple[Label, ...], found: tuple[Printers, int]) -> None:
        printers, free = found
        previewed = labels_to_preview(
            labels_title(labels),
            f"tem-{labels[0].code}",
            labels,
            lambda named: press.stock_of(printers.with_labels_on(named.name)),
        )
        wanted = partial(self._printing.print_chosen_labels, labels)
        chosen = printers.named(printers.labels_on)
        self._open(previewed, printers.printers, chosen, wanted, start=free)

    def _open(
        self,
        previewed: Previewed,
        printers: Sequence[NamedPrinter],
        chosen: NamedPrinter,
        wanted: Callable[[PrintChoice], None],
        *,
        start: int = 1,
    ) -> "Preview":
        from ui.preview import Preview  # noqa: PLC0415 -- loads QtPdf

        preview = Preview(
            previewed,
            self._background,
            self._desk.reference,
            self._window,
            printers=printers,
            chosen=chosen,
            start=start,
        )
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.print_wanted.connect(wanted)
        preview.finished.connect(self.dialog_gone)
        preview.open()
        return preview
