"""Previews of labels, opened from the pages: printed by the queue, on the printer chosen."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from station.printed import Label
from ui.background import Background
from ui.desk import Desk
from ui.papers.labels import labels_of
from ui.prints import press
from ui.prints.previewed import Previewed, labels_to_preview
from ui.prints.printers import Printers
from ui.prints.printing import Printing, labels_title

if TYPE_CHECKING:
    from ui.prints.preview import Preview  # loads QtPdf, so it is imported when one is opened


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
        preview = self._opened(previewed, printers, free)
        preview.print_wanted.connect(partial(self._printing.print_chosen_labels, labels))
        preview.open()

    def _opened(self, previewed: Previewed, printers: Printers, free: int) -> "Preview":
        from ui.prints.preview import Preview  # noqa: PLC0415 -- loads QtPdf

        preview = Preview(
            previewed,
            self._background,
            self._desk.reference,
            self._window,
            printers=printers.printers,
            chosen=printers.named(printers.labels_on),
            start=free,
        )
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.finished.connect(self.dialog_gone)
        return preview
