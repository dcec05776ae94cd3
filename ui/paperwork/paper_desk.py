"""Between the pages, the dialogs of papers, the preview and the printing service."""

from functools import partial
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from station.codes import CodeKind, grouped, parse
from station.fold import POINT
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from station.words import _, _n
from ui.banners import Act as Offer
from ui.papers.describing import Wanted
from ui.papers.making import draft_wanted, make_wanted
from ui.papers.paper_set import PaperSet
from ui.paperwork.attach_many import AttachManyDialog
from ui.paperwork.blank_forms import BlankForms, make_forms
from ui.paperwork.forms_panel import FormsPanel
from ui.paperwork.made_desk import MadeDesk
from ui.paperwork.make_panel import MakePanel
from ui.paperwork.names import WHOLE_BATCH, paper_name
from ui.paperwork.outlet import How, Making, Outlet
from ui.paperwork.papers_dialog import PapersDialog
from ui.paperwork.readings import made_paper, wanted_of
from ui.paperwork.unsigned_dialog import UnsignedDialog
from ui.prints import press
from ui.prints.preview import Preview
from ui.prints.previewed import PrintChoice, paper_to_preview
from ui.prints.printing import Printing
from ui.theme import Tone
from ui.wording import explain

DRAWING = "papers-drawing"


class PaperDesk(QObject):
    """Opens the dialogs and does what they say; a paper is recorded when it is printed."""

    def __init__(self, outlet: Outlet, printing: Printing) -> None:
        super().__init__()
        self._outlet, self._desk = outlet, outlet.desk
        self._made = MadeDesk(outlet)
        self._remembered: dict[str, str] = {}
        self.background = outlet.background
        self._printing = printing
        printing.drawn.connect(self._tell_drawn)
        printing.stopped.connect(self._tell_stopped)
        printing.refused.connect(self._settle)

    def close(self) -> None:
        """Let the drawing of a preview end."""
        self.background.close()

    # ---- from the pages ----

    def open_papers(self, about: str, name: str = "") -> PapersDialog:
        """What can be made of this, and what was made."""
        dialog = PapersDialog(
            about, name or _name(about), self._desk, self._remembered, self._outlet.window
        )
        dialog.make_panel.preview_wanted.connect(partial(self._preview, dialog.make_panel))
        dialog.make_panel.print_wanted.connect(partial(self._print_from, dialog.make_panel))
        dialog.forms_panel.print_wanted.connect(partial(self._print_forms, dialog.forms_panel))
        dialog.many_wanted.connect(partial(self._attach_many, dialog))
        self._made.serve(dialog.made_panel)
        for panel in (dialog.make_panel, dialog.forms_panel):
            panel.problem_line.shipped_wanted.connect(self._outlet.office.use_shipped)
        self._outlet.open(dialog)
        return dialog

    def open_unsigned(self) -> UnsignedDialog:
        """Every paper whose signed copy is awaited."""
        dialog = UnsignedDialog(self._desk, self._outlet.window)
        dialog.open_paper.connect(self.open_paper)
        dialog.many_wanted.connect(partial(self._attach_many, dialog))
        self._outlet.open(dialog)
        return dialog

    def open_paper(self, code: str) -> None:
        """The paper whose own code was scanned, where it is known."""
        self._desk.ask(partial(made_paper, code), self._made.open, self._refuse, owner=self)

    def print_now(self, paper: str, about: str) -> None:
        """Make and print a paper of which nothing needs to be asked."""
        self._print(paper, wanted_of(paper, (about,)), None)

    def print_minutes(self, of: str) -> None:
        """The minutes of a case, or everything that a school signs for a batch."""
        whole = parse(of).kind is CodeKind.LOT
        self.print_now(WHOLE_BATCH if whole else "handover-minutes", of)

    def print_form(self, forms: BlankForms) -> None:
        """Print a form of which nothing needs to be asked, such as a pick-up's."""
        self._print_forms(None, forms)

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
        how = self._outlet.how(choice)
        make: Making = partial(_make, wanted, how)
        printer = choice.printer.printer if choice else None
        retry = partial(self._print, paper, wanted, panel, choice)
        self._outlet.print_papers(_title(paper, wanted), make, printer, panel, retry)

    def _print_forms(self, panel: FormsPanel | None, forms: BlankForms) -> None:
        if panel is not None:
            panel.say(_("Preparing the print…"))
        make: Making = partial(make_forms, forms, self._outlet.office.folder)
        title = _n("{paper}, {count} form", "{paper}, {count} forms", forms.count)
        told = title.format(paper=paper_name(forms.paper), count=forms.count)
        self._outlet.print_papers(told, make, None, panel, partial(self._print_forms, panel, forms))

    # ---- seen first ----

    def _preview(self, panel: MakePanel, paper: str, wanted: tuple[Wanted, ...]) -> None:
        desk = self._desk
        ask = partial(_draft, wanted, self._outlet.office.folder, desk.operator, desk.now())
        show = partial(self._show_draft, panel, paper, wanted)
        fail = self._outlet.refuse_in(panel, partial(self._preview, panel, paper, wanted))
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

        self._outlet.preview(previewed, panel, show)

    def _attach_many(self, parent: QWidget) -> None:
        self._outlet.open(AttachManyDialog(self._desk, self.background, parent))

    # ---- told ----

    def _refuse(self, error: Exception) -> None:
        self._outlet.window.refuse_scan(explain(error, self._desk.reference))

    def _tell_drawn(self, drawn: int, count: int) -> None:
        told = _("Drawing papers: {drawn} of {count}")
        if drawn < count:
            stop = Offer(_("Stop"), self._printing.stop_drawing)
            sentence = told.format(drawn=drawn, count=count)
            self._outlet.window.warn(DRAWING, sentence, stop, Tone.UNKNOWN)
        else:
            self._settle()

    def _settle(self, _error: object = None) -> None:
        self._outlet.window.settle(DRAWING)

    def _tell_stopped(self, count: int) -> None:
        self._settle()
        told = _n(
            "Stopped: {count} paper is made and not printed. Print it again from its papers.",
            "Stopped: {count} papers are made and not printed. Print them again from the papers.",
            count,
        )
        self._outlet.window.say(told.format(count=count))


def _name(about: str) -> str:
    if about.startswith(POINT):
        return _("Papers of the point")
    return _("Papers of {code}").format(code=grouped(about))


def _title(paper: str, wanted: tuple[Wanted, ...]) -> str:
    about = wanted[0].about
    of = grouped(about[0]) if about and not about[0].startswith(POINT) else ""
    return " ".join(filter(None, (paper_name(paper), of)))


def _draft(
    wanted: tuple[Wanted, ...], office: Path | None, by: Operator, when: Moment, store: PointStore
) -> tuple[PaperSet, ...]:
    return draft_wanted(store, by, when, wanted, office)


def _make(
    wanted: tuple[Wanted, ...], how: How, store: PointStore, by: Operator, when: Moment
) -> tuple[PaperSet, ...]:
    made = make_wanted(store, by, when, wanted, how.office)
    if how.choice is None:
        return made
    copies = how.choice.copies
    if len(made) == 1:
        return (structs.replace(made[0], sheets=copies),)
    return tuple(structs.replace(each, sheets=each.sheets * copies) for each in made)
