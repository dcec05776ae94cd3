"""The ways out of a dialog of papers: to the printer, onto the screen, and back with a refusal."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from labels.paper_words import TemplateWord, UnreadableTemplate
from labels.printer import Printer
from station.codes import grouped
from station.words import _, _n
from ui.background import Background
from ui.banners import Act as Offer
from ui.desk import Act, Desk
from ui.main_window import MainWindow
from ui.papers.paper_set import PaperSet
from ui.paperwork.forms_panel import FormsPanel
from ui.paperwork.made_panel import MadePanel
from ui.paperwork.make_panel import MakePanel
from ui.paperwork.office import Office
from ui.prints.preview import Preview
from ui.prints.previewed import Previewed, PrintChoice
from ui.prints.printers import Printers
from ui.prints.printing import Printing
from ui.wording import explain

Panel = MakePanel | MadePanel | FormsPanel
Making = Act[tuple[PaperSet, ...]]


class How(Struct, frozen=True):
    """In whose words a paper is made, and how it was to be printed where it was seen first."""

    office: Path | None
    choice: PrintChoice | None = None


class Outlet(QObject):
    """What is said goes to the panel that asked, and to the window once its dialog is closed."""

    def __init__(
        self,
        desk: Desk,
        printing: Printing,
        window: MainWindow,
        printers: Callable[[], Printers],
        office: Office,
    ) -> None:
        super().__init__()
        self.desk, self.window, self.office = desk, window, office
        self._printing, self._printers = printing, printers
        self.background = Background("papers")  # what is drawn to be looked at

    def how(self, choice: PrintChoice | None = None) -> How:
        """In the office's words as they hold now."""
        return How(self.office.folder, choice)

    def print_papers(
        self,
        title: str,
        make: Making,
        printer: Printer | None,
        panel: Panel | None,
        retry: Callable[[], None],
    ) -> None:
        """Make and print; `retry` does it once more, in the shipped words if need be."""

        def queued(sets: tuple[PaperSet, ...]) -> None:
            if panel is not None and isValid(panel):  # the dialog may be closed by now
                panel.say(_on_its_way(sets))

        def refused(error: Exception) -> None:
            self.cannot(error, panel, retry)

        self._printing.print_papers(title, make, printer, told=queued, refused=refused)

    def preview(
        self, previewed: Previewed, panel: Panel, prepare: Callable[[Preview], object]
    ) -> None:
        """Show pages; `prepare` says what may be done with them."""

        def show(printers: Printers) -> None:
            chosen = printers.named(printers.papers_on)
            preview = Preview(
                previewed,
                self.background,
                self.desk.reference,
                panel.window(),
                printers=printers.able_to_papers,
                chosen=chosen,
            )
            preview.print.setObjectName("printPreviewed")
            prepare(preview)
            self.open(preview)

        self.background.run(self._printers, show, self.refuse_in(panel), panel)

    def open(self, dialog: QDialog) -> None:
        """Open a dialog that goes when it is closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def cannot(
        self, error: Exception, panel: Panel | None, retry: Callable[[], None] | None
    ) -> None:
        """Words of the office that cannot be used are named; the shipped ones wait for a yes."""
        sentence = explain(error, self.desk.reference)
        if not isinstance(error, TemplateWord | UnreadableTemplate) or not self.office.folder:
            retry = None
        if panel is not None and isValid(panel):
            panel.say("")
            panel.refuse(sentence, retry)
        elif retry is not None:
            self.window.offer(
                sentence, Offer(_("Use the shipped words"), partial(self._shipped, retry))
            )
        else:
            self.window.say(sentence)

    def _shipped(self, retry: Callable[[], None]) -> None:
        self.office.use_shipped()
        retry()

    def refuse_in(
        self, panel: Panel, retry: Callable[[], None] | None = None
    ) -> Callable[[Exception], None]:
        """What to call where a question of a panel fails."""
        return lambda error: self.cannot(error, panel, retry)


def _on_its_way(sets: tuple[PaperSet, ...]) -> str:
    codes = [document.code for each in sets for document, _issue in each.prints]
    if len(codes) == 1:
        return _("Made as {code}; it is in the print queue.").format(code=grouped(codes[0]))
    told = _n(
        "{count} paper is made and goes into the print queue.",
        "{count} papers are made and go into the print queue.",
        len(codes),
    )
    return told.format(count=len(codes))
