"""What a preview shows and what people choose there, as values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec import Struct

from labels.stock import Stock
from station.printed import Label
from ui.prints.label_places import LabelPlace
from ui.prints.printers import NamedPrinter


class PrintChoice(Struct, frozen=True):
    """How it is to be printed."""

    printer: NamedPrinter = NamedPrinter("")  # without a name: the system's viewer
    copies: int = 1
    start: int = 1  # the first place of a label sheet that is still free


class Drawn(Struct, frozen=True):
    """A PDF, and for labels where they lie on each page."""

    pdf: bytes
    places: tuple[tuple[LabelPlace, ...], ...] = ()


@dataclass(frozen=True)
class Previewed:
    """Something to be printed; `draw` runs off the window's thread, anew for each choice."""

    title: str
    file_name: str  # without its ending
    draw: Callable[[PrintChoice], Drawn]
    labels: bool = False


def paper_to_preview(title: str, file_name: str, draw: Callable[[], bytes]) -> Previewed:
    """A paper: the same whatever printer it goes to."""
    return Previewed(title, file_name, lambda _choice: Drawn(draw()))


def labels_to_preview(
    title: str, file_name: str, labels: Sequence[Label], stock_of: Callable[[NamedPrinter], Stock]
) -> Previewed:
    """Labels, on the stock that lies in the chosen printer."""

    def draw(choice: PrintChoice) -> Drawn:
        return _draw_labels(labels, stock_of(choice.printer), choice)

    return Previewed(title, file_name, draw, labels=True)


def _draw_labels(labels: Sequence[Label], stock: Stock, choice: PrintChoice) -> Drawn:
    from labels.draw import labels_pdf  # noqa: PLC0415 -- drawing loads on first use
    from labels.imposition import impose  # noqa: PLC0415 -- the same
    from labels.resolution import RESOLUTIONS  # noqa: PLC0415 -- the same
    from ui.prints.label_places import places_on  # noqa: PLC0415 -- the same

    pages = impose(labels, stock, start=choice.start, copies=choice.copies)
    starts = [choice.start] + [1] * (len(pages) - 1)
    places = tuple(places_on(page, stock, start) for page, start in zip(pages, starts, strict=True))
    return Drawn(labels_pdf(pages, stock, RESOLUTIONS[choice.printer.printer.dpi]), places)
