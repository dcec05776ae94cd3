"""Between the pages, the dialogs of papers, the preview and the printing service."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, structs
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from labels.document import Document, Issue
from labels.paper_words import TemplateWord, UnreadableTemplate
from labels.printer import Printer
from station.codes import CodeKind, grouped, parse
from station.fold import POINT
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from station.words import _, _n
from ui import press
from ui.background import Background
from ui.banners import Act as Offer
from ui.desk import Act, Desk
from ui.main_window import MainWindow
from ui.papers.describing import Wanted
from ui.papers.making import PaperSet, draft_wanted, make_wanted
from ui.paperwork.attach_many import AttachManyDialog
from ui.paperwork.blank_forms import BlankForms, make_forms
from ui.paperwork.forms_panel import FormsPanel
from ui.paperwork.made_dialog import MadeDialog
from ui.paperwork.made_panel import MadePanel
from ui.paperwork.make_panel import MakePanel
from ui.paperwork.names import WHOLE_BATCH, paper_name
from ui.paperwork.office import Office
from ui.paperwork.papers_dialog import PapersDialog
from ui.paperwork.readings import (
    MadePaper,
    kept_print,
    kept_scan,
    made_paper,
    print_again,
    wanted_of,
)
from ui.paperwork.scans import Attached, Scan, attach_scans, read_scans
from ui.preview import Preview
from ui.previewed import Previewed, PrintChoice, paper_to_preview
from ui.printers import Printers
from ui.printing import Printing
from ui.wording import explain

Panel = MakePanel | MadePanel | FormsPanel
Print = tuple[Document, Issue]


class _How(Struct, frozen=True):
    """In whose words a paper is made, and how it was to be printed where it was seen first."""

    office: Path | None
    choice: PrintChoice | None = None


class PaperDesk(QObject):
    """Opens the dialogs and does what they say; a paper is recorded when it is printed."""

    def __init__(
        self,
        desk: Desk,
        printing: Printing,
        window: MainWindow,
        printers: Callable[[], Printers],
        office: Office,
    ) -> None:
        super().__init__()
        self._desk, self._printing, self._window = desk, printing, window
        self._printers, self._office = printers, office
        self._remembered: dict[str, str] = {}
        self.background = Background("papers")  # what is drawn to be looked at
        printing.drawn.connect(self._tell_drawn)

    def close(self) -> None:
        """Let the drawing of a preview end."""
        self.background.close()

    # ---- from the pages ----

    def open_papers(self, about: str, name: str = "") -> PapersDialog:
        """What can be made of this, and what was made."""
        dialog = PapersDialog(
            about, name or _name(about), self._desk, self._remembered, self._window
        )
        dialog.make_panel.preview_wanted.connect(partial(self._preview, dialog.make_panel))
        dialog.make_panel.print_wanted.connect(partial(self._print_from, dialog.make_panel))
        dialog.forms_panel.print_wanted.connect(partial(self._print_forms, dialog.forms_panel))
        dialog.many_wanted.connect(partial(self._attach_many, dialog))
        self._serve(dialog.made_panel)
        for panel in (dialog.make_panel, dialog.forms_panel):
            panel.problem_line.shipped_wanted.connect(self._office.use_shipped)
        self._open(dialog)
        return dialog

    def open_paper(self, code: str) -> None:
        """The paper whose own code was scanned, where it is known."""
        self._desk.ask(partial(made_paper, code), self._show_made, self._refuse, owner=self)

    def print_now(self, paper: str, about: str) -> None:
        """Make and print a paper of which nothing needs to be asked."""
        self._print(paper, wanted_of(paper, (about,)), None)

    def print_minutes(self, of: str) -> None:
        """The minutes of a case, or everything that a school signs for a batch."""
        whole = parse(of).kind is CodeKind.LOT
        self.print_now(WHOLE_BATCH if whole else "handover-minutes", of)

    # ---- made ----

    def _print_from(self, panel: MakePanel, paper: str, wanted: tuple[Wanted, ...]) -> None:
        panel.say(_("Preparing the print…"))
        self._print(paper, wanted, panel)

    def _print(
        self,
        paper: str,
        wanted: tuple[Wanted, ...],
        panel: MakePanel | None,
        choice: PrintChoice | None = None,
    ) -> None:
        how = _How(self._office.folder, choice)
        make: Act[tuple[PaperSet, ...]] = partial(_make, wanted, how)
        printer = choice.printer.printer if choice else None
        retry = partial(self._print, paper, wanted, panel, choice)
        self._hand_on(_title(paper, wanted), make, printer, panel, retry)

    def _hand_on(
        self,
        title: str,
        make: Act[tuple[PaperSet, ...]],
        printer: Printer | None,
        panel: Panel | None,
        retry: Callable[[], None],
    ) -> None:
        def queued(sets: tuple[PaperSet, ...]) -> None:
            if panel is not None and isValid(panel):  # the dialog may be closed by now
                panel.say(_on_its_way(sets))

        def refused(error: Exception) -> None:
            self._cannot(error, panel, retry)

        self._printing.print_papers(title, make, printer, told=queued, refused=refused)

    def _print_forms(self, panel: FormsPanel, forms: BlankForms) -> None:
        panel.say(_("Preparing the print…"))
        make: Act[tuple[PaperSet, ...]] = partial(make_forms, forms, self._office.folder)
        title = _n("{paper}, {count} form", "{paper}, {count} forms", forms.count)
        told = title.format(paper=paper_name(forms.paper), count=forms.count)
        self._hand_on(told, make, None, panel, partial(self._print_forms, panel, forms))

    # ---- seen first ----

    def _preview(self, panel: MakePanel, paper: str, wanted: tuple[Wanted, ...]) -> None:
        desk = self._desk
        ask = partial(_draft, wanted, self._office.folder, desk.operator, desk.now())
        show = partial(self._show_draft, panel, paper, wanted)
        fail = self._refuse_in(panel, partial(self._preview, panel, paper, wanted))
        desk.ask(ask, show, fail, owner=panel)

    def _show_draft(
        self,
        panel: MakePanel,
        paper: str,
        wanted: tuple[Wanted, ...],
        sets: tuple[PaperSet, ...],
    ) -> None:
        prints = [each for one in sets for each in one.prints]
        previewed = paper_to_preview(paper_name(paper), paper, lambda: press.draw_papers(prints))

        def show(preview: Preview) -> None:
            preview.copies.setValue(sets[0].sheets if len(sets) == 1 else 1)
            preview.save_pdf.hide()  # a paper without its code is none
            preview.print_wanted.connect(partial(self._print, paper, wanted, panel))

        self._open_preview(previewed, panel, show)

    def _see(self, panel: MadePanel, code: str) -> None:
        ask = partial(kept_print, code, self._office.folder)
        fail = self._refuse_in(panel, partial(self._see, panel, code))
        self._desk.ask(ask, partial(self._show_kept, panel), fail, owner=panel)

    def _show_kept(self, panel: MadePanel, kept: Print) -> None:
        self._open_preview(_previewed(kept), panel, lambda preview: preview.print.hide())

    def _print_again(self, panel: MadePanel, code: str) -> None:
        ask = partial(kept_print, code, self._office.folder, reprint=True)
        show = partial(self._show_reprint, panel, code)
        fail = self._refuse_in(panel, partial(self._print_again, panel, code))
        self._desk.ask(ask, show, fail, owner=panel)

    def _show_reprint(self, panel: MadePanel, code: str, kept: Print) -> None:
        def print_(choice: PrintChoice) -> None:
            how = _How(self._office.folder, choice)
            make: Act[tuple[PaperSet, ...]] = partial(_again, code, how)
            title = f"{paper_name(kept[0].paper)} {grouped(code)}"
            self._hand_on(title, make, choice.printer.printer, panel, partial(print_, choice))

        self._open_preview(
            _previewed(kept), panel, lambda preview: preview.print_wanted.connect(print_)
        )

    def _open_preview(
        self, previewed: Previewed, panel: Panel, prepare: Callable[[Preview], object]
    ) -> None:
        def show(printers: Printers) -> None:
            chosen = printers.named(printers.papers_on)
            preview = Preview(
                previewed,
                self.background,
                self._desk.reference,
                panel.window(),
                printers=printers.printers,
                chosen=chosen,
            )
            preview.print.setObjectName("printPreviewed")
            prepare(preview)
            self._open(preview)

        self.background.run(self._printers, show, self._refuse_in(panel), panel)

    # ---- signed copies ----

    def _serve(self, panel: MadePanel) -> None:
        panel.problem_line.shipped_wanted.connect(self._office.use_shipped)
        panel.see_wanted.connect(partial(self._see, panel))
        panel.again_wanted.connect(partial(self._print_again, panel))
        panel.scan_wanted.connect(partial(self._look_at_scan, panel))
        panel.attach_wanted.connect(partial(self._attach, panel))

    def _attach(self, panel: MadePanel, code: str, files: Sequence[Path]) -> None:
        panel.say(_("Reading the file…"))

        def record(scans: tuple[Scan | Attached, ...]) -> None:
            act: Act[tuple[Attached, ...]] = partial(attach_scans, code, scans)
            self._desk.do(act, partial(self._tell_attached, panel), fail, owner=panel)

        fail = self._refuse_in(panel)
        self.background.run(partial(read_scans, tuple(files)), record, fail, panel)

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

    def _attach_many(self, parent: QWidget) -> None:
        self._open(AttachManyDialog(self._desk, self.background, parent))

    def _look_at_scan(self, panel: MadePanel, code: str, number: int) -> None:
        show = partial(self._show_scan, panel, code)
        ask = partial(kept_scan, code, number)
        self._desk.ask(ask, show, self._refuse_in(panel), owner=panel)

    def _show_scan(self, panel: MadePanel, code: str, pdf: bytes) -> None:
        title = _("Signed copy of {code}").format(code=grouped(code))
        previewed = paper_to_preview(title, f"{code}-ky", lambda: pdf)
        self._open_preview(previewed, panel, lambda preview: preview.print.hide())

    # ---- told ----

    def _show_made(self, made: MadePaper) -> None:
        dialog = MadeDialog(made, self._desk, self._window)
        self._serve(dialog.panel)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _cannot(
        self, error: Exception, panel: Panel | None, retry: Callable[[], None] | None
    ) -> None:
        """Words of the office that cannot be used are named; the shipped ones wait for a yes."""
        sentence = explain(error, self._desk.reference)
        if not isinstance(error, TemplateWord | UnreadableTemplate) or not self._office.folder:
            retry = None
        if panel is not None and isValid(panel):
            panel.say("")
            panel.refuse(sentence, retry)
        elif retry is not None:
            self._window.offer(
                sentence, Offer(_("Use the shipped words"), partial(self._shipped, retry))
            )
        else:
            self._window.say(sentence)

    def _shipped(self, retry: Callable[[], None]) -> None:
        self._office.use_shipped()
        retry()

    def _refuse_in(
        self, panel: Panel, retry: Callable[[], None] | None = None
    ) -> Callable[[Exception], None]:
        return lambda error: self._cannot(error, panel, retry)

    def _refuse(self, error: Exception) -> None:
        self._window.refuse_scan(explain(error, self._desk.reference))

    def _tell_drawn(self, drawn: int, count: int) -> None:
        told = _("Drawing papers: {drawn} of {count}")
        self._window.say(told.format(drawn=drawn, count=count))


def _name(about: str) -> str:
    if about.startswith(POINT):
        return _("Papers of the point")
    return _("Papers of {code}").format(code=grouped(about))


def _title(paper: str, wanted: tuple[Wanted, ...]) -> str:
    about = wanted[0].about
    of = grouped(about[0]) if about and not about[0].startswith(POINT) else ""
    return " ".join(filter(None, (paper_name(paper), of)))


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


def _previewed(kept: Print) -> Previewed:
    title = f"{paper_name(kept[0].paper)} {grouped(kept[0].code)}"
    return paper_to_preview(title, kept[0].code, lambda: press.draw_papers([kept]))


def _draft(
    wanted: tuple[Wanted, ...], office: Path | None, by: Operator, when: Moment, store: PointStore
) -> tuple[PaperSet, ...]:
    return draft_wanted(store, by, when, wanted, office)


def _make(
    wanted: tuple[Wanted, ...], how: "_How", store: PointStore, by: Operator, when: Moment
) -> tuple[PaperSet, ...]:
    made = make_wanted(store, by, when, wanted, how.office)
    if how.choice is None:
        return made
    copies = how.choice.copies
    if len(made) == 1:
        return (structs.replace(made[0], sheets=copies),)
    return tuple(structs.replace(each, sheets=each.sheets * copies) for each in made)


def _again(
    code: str, how: "_How", store: PointStore, by: Operator, when: Moment
) -> tuple[PaperSet, ...]:
    (again,) = print_again(code, how.office, store, by, when)
    return (structs.replace(again, sheets=how.choice.copies if how.choice else 1),)
