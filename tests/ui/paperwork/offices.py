"""The whole window where papers are made, and what came out of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pypdf
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from labels.printer import Printer, Route
from station.operators import Operator
from station.paper import Paper
from station.store.store import SqlStore
from tests.ui.desks import desk_at
from tests.ui.workplaces import PLAIN, workplace_at
from ui.paperwork.made_dialog import MadeDialog
from ui.paperwork.papers_dialog import PapersDialog
from ui.prints.preview import Preview
from ui.prints.printers import NamedPrinter, Printers, write_printers
from ui.settings import Settings
from ui.workplace import Workplace

W = TypeVar("W", bound=QWidget)


@dataclass
class Office:
    """A shown window on a real store, a real queue and a printer that is a folder."""

    bot: QtBot
    store: SqlStore
    place: Workplace
    folder: Path

    def until(self, holds: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(holds()), timeout=20_000)

    def papers_of(self, about: str) -> PapersDialog:
        """The dialog of a code, with its first paper chosen."""
        dialog = self.place.papers.open_papers(about)
        self.until(lambda: dialog.offered.model.lines or dialog.made.model.lines)
        self.until(lambda: dialog.make_panel.print.isEnabled() or dialog.make_panel.problem)
        return dialog

    def choose(self, dialog: PapersDialog, paper: str) -> None:
        dialog.offered.choose(paper)
        panel = dialog.make_panel
        self.until(lambda: panel.print.isEnabled() or panel.problem)

    def preview(self) -> Preview:
        """The preview that is open, once it is drawn."""
        self.until(lambda: self.found(Preview))
        preview = self.found(Preview)[0]
        self.until(lambda: preview.view.page_count or preview.problem)
        return preview

    def made_dialog(self) -> MadeDialog:
        self.until(lambda: self.found(MadeDialog))
        return self.found(MadeDialog)[0]

    def found(self, kind: type[W]) -> list[W]:
        return [each for each in self.place.window.findChildren(kind) if each.isVisible()]

    def papers(self, about: str) -> tuple[Paper, ...]:
        return self.store.papers_about(about)

    def printed(self, count: int = 1) -> list[Path]:
        """What the printer got, in order, once there is as much of it."""
        self.until(lambda: len(self._out()) >= count)
        return self._out()

    def _out(self) -> list[Path]:
        return sorted((self.folder / "out").glob("*.pdf"))


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return "\n".join(page.extract_text() for page in pages)


@contextmanager
def office_at(
    bot: QtBot,
    store: SqlStore,
    by: Operator,
    folder: Path,
    *,
    settings: Settings = PLAIN,
) -> Iterator[Office]:
    """A window whose papers go to a folder, page after page as a printer would get them."""
    out = folder / "out"
    out.mkdir(exist_ok=True)
    printer = NamedPrinter("thư mục", Printer(route=Route.FILE, address=str(out)))
    write_printers(folder / "printers.json", Printers((printer,), papers_on=printer.name))
    with (
        desk_at(store, by) as desk,
        workplace_at(bot, desk, store, folder, settings) as place,
    ):
        place.show()
        yield Office(bot, store, place, folder)
