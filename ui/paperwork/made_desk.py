"""What is done with papers that were made: seen, printed again, and signed copies attached."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import QObject

from station.codes import grouped
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from station.words import _, _n
from ui.desk import Act
from ui.papers.paper_set import PaperSet, Print
from ui.paperwork.made_dialog import MadeDialog
from ui.paperwork.made_panel import MadePanel
from ui.paperwork.names import paper_name
from ui.paperwork.outlet import How, Making, Outlet
from ui.paperwork.readings import MadePaper, kept_print, kept_scan, print_again
from ui.paperwork.scans import Attached, Scan, attach_scans, detach_scan, read_scans
from ui.prints import press
from ui.prints.preview import Preview
from ui.prints.previewed import Previewed, PrintChoice, paper_to_preview
from ui.wording import explain


class MadeDesk(QObject):
    """Does what the panel of a made paper says."""

    def __init__(self, outlet: Outlet) -> None:
        super().__init__()
        self._outlet, self._desk = outlet, outlet.desk

    def open(self, made: MadePaper) -> None:
        """Show one paper in a dialog of its own."""
        dialog = MadeDialog(made, self._desk, self._outlet.window)
        self.serve(dialog.panel)
        self._outlet.open(dialog)

    def serve(self, panel: MadePanel) -> None:
        """Listen to a panel."""
        panel.problem_line.shipped_wanted.connect(self._outlet.office.use_shipped)
        panel.see_wanted.connect(partial(self._see, panel))
        panel.again_wanted.connect(partial(self._print_again, panel))
        panel.scan_wanted.connect(partial(self._look_at_scan, panel))
        panel.attach_wanted.connect(partial(self._attach, panel))
        panel.detach_wanted.connect(partial(self._detach, panel))

    # ---- seen, printed again ----

    def _see(self, panel: MadePanel, code: str) -> None:
        ask = partial(kept_print, code, self._outlet.office.folder, self._desk.operator)
        fail = self._outlet.refuse_in(panel, partial(self._see, panel, code))
        self._desk.ask(ask, partial(self._show_kept, panel), fail, owner=panel)

    def _show_kept(self, panel: MadePanel, kept: Print) -> None:
        def prepare(preview: Preview) -> None:
            preview.print.hide()
            preview.save_pdf.hide()  # it would be a second original

        self._outlet.preview(_previewed(kept), panel, prepare)

    def _print_again(self, panel: MadePanel, code: str) -> None:
        ask = partial(
            kept_print, code, self._outlet.office.folder, self._desk.operator, reprint=True
        )
        show = partial(self._show_reprint, panel, code)
        fail = self._outlet.refuse_in(panel, partial(self._print_again, panel, code))
        self._desk.ask(ask, show, fail, owner=panel)

    def _show_reprint(self, panel: MadePanel, code: str, kept: Print) -> None:
        def print_(choice: PrintChoice) -> None:
            how = self._outlet.how(choice)
            make: Making = partial(_again, code, how)
            title = f"{paper_name(kept[0].paper)} {grouped(code)}"
            self._outlet.print_papers(
                title, make, choice.printer.printer, panel, partial(print_, choice)
            )

        def prepare(preview: Preview) -> None:
            preview.save_pdf.hide()  # it would be a reprint that nobody counts
            preview.print_wanted.connect(print_)

        self._outlet.preview(_previewed(kept), panel, prepare)

    # ---- signed copies ----

    def _attach(self, panel: MadePanel, code: str, files: Sequence[Path]) -> None:
        panel.say(_("Reading the file…"))

        def record(scans: tuple[Scan | Attached, ...]) -> None:
            act: Act[tuple[Attached, ...]] = partial(attach_scans, code, scans)
            self._desk.do(act, partial(self._tell_attached, panel), fail, owner=panel)

        fail = self._outlet.refuse_in(panel)
        self._outlet.background.run(partial(read_scans, tuple(files)), record, fail, panel)

    def _tell_attached(self, panel: MadePanel, files: tuple[Attached, ...]) -> None:
        kept = [each for each in files if each.error is None]
        told = _n(
            "{count} signed copy is attached.", "{count} signed copies are attached.", len(kept)
        )
        panel.say(told.format(count=len(kept)) if kept else "")
        wrong = (
            f"{each.name}: {explain(each.error, self._desk.reference)}"
            for each in files
            if each.error is not None
        )
        panel.refuse("\n".join(wrong))

    def _detach(self, panel: MadePanel, code: str, scan: bytes) -> None:
        def done(_events: object) -> None:
            panel.say(_("It is of this paper no more. Attach its file to the right one."))

        act = partial(detach_scan, code, scan)
        self._desk.do(act, done, self._outlet.refuse_in(panel), owner=panel)

    def _look_at_scan(self, panel: MadePanel, code: str, number: int) -> None:
        show = partial(self._show_scan, panel, code)
        ask = partial(kept_scan, code, number, self._desk.operator)
        self._desk.ask(ask, show, self._outlet.refuse_in(panel), owner=panel)

    def _show_scan(self, panel: MadePanel, code: str, pdf: bytes) -> None:
        title = _("Signed copy of {code}").format(code=grouped(code))
        previewed = paper_to_preview(title, f"{code}-ky", lambda: pdf)
        self._outlet.preview(previewed, panel, lambda preview: preview.print.hide())


def _previewed(kept: Print) -> Previewed:
    title = f"{paper_name(kept[0].paper)} {grouped(kept[0].code)}"
    return paper_to_preview(title, kept[0].code, lambda: press.draw_papers([kept]))


def _again(
    code: str, how: How, store: PointStore, by: Operator, when: Moment
) -> tuple[PaperSet, ...]:
    (again,) = print_again(code, how.office, store, by, when)
    return (structs.replace(again, sheets=how.choice.copies if how.choice else 1),)
