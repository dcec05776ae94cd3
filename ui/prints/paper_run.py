"""Papers on their way to the printer, a portion at a time: labels that are wanted go in between."""

from collections.abc import Iterator, Sequence
from typing import Final

from labels.printer import Printer, Route
from ui.papers.paper_set import PaperSet
from ui.prints.press import Sheet, at_its_own_dots, draw_papers

PORTION: Final = 20  # papers drawn without a stop: about a second's work


class PaperRun:
    """Used on the press's thread; `title` names no person."""

    def __init__(self, title: str, sets: Sequence[PaperSet], printer: Printer) -> None:
        self.title, self.printer = title, at_its_own_dots(printer)
        whole = printer.route is Route.VIEWER  # one file of each kind, however many papers
        self._left = [part for each in sets for part in _portions(each, whole=whole)]
        self.pages: list[Sheet] = []
        self.drawn, self.count = 0, sum(len(each.prints) for each in sets)
        self.stopped = False  # a person wants no more of it

    @property
    def is_drawn(self) -> bool:
        """Whether all of it is there."""
        return not self._left

    def draw_next(self) -> None:
        """Draw one portion. Raises FontMissing."""
        part = self._left.pop(0)
        pdf = draw_papers(part.prints)
        codes = tuple(document.code for document, _issue in part.prints)
        self.pages += [(pdf, codes)] * part.sheets
        self.drawn += len(part.prints)


def _portions(papers: PaperSet, *, whole: bool) -> Iterator[PaperSet]:
    """In a viewer a person says how many copies; a printer is told."""
    if whole:
        yield PaperSet(papers.prints)
        return
    for at in range(0, len(papers.prints), PORTION):
        yield PaperSet(papers.prints[at : at + PORTION], papers.sheets)
