"""What goes where on a label; nothing is drawn here. Symbols lie on the printer's own dots."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from labels.arranging import frame
from labels.fitting import STYLES, fits, widest_ems
from labels.fonts import printable, register_label_fonts
from labels.frame import Frame, Need, Slot
from labels.imposition import LabelPage
from labels.label_words import owner_phrases
from labels.layout import Box, LabelLayout, Role, Symbol, TextLine
from labels.resolution import DPI_203, Resolution
from labels.setting import BAR_QUIET, QR_QUIET
from labels.stock import Stock
from labels.symbols import code128_modules, qr_rows
from station.codes import grouped
from station.printed import Label

_ROLES: Final = (Role.CODE, Role.OWNER, Role.KIND, Role.NAME, Role.PROGRAMME)


class LabelTooSmall(Exception):
    """The stock has no room for the barcode and the readable code."""

    def __init__(self, stock: Stock) -> None:
        self.stock = stock
        super().__init__(stock.id)


def lay_out(label: Label, stock: Stock, resolution: Resolution = DPI_203) -> LabelLayout:
    """Place everything for a printer of this resolution."""
    register_label_fonts()
    bars, qr = code128_modules(label.code), qr_rows(label.qr)
    texts = _texts(label)
    need = Need(len(bars), len(qr), tuple(texts), _whole(label))
    found = frame(need, stock.width, stock.height, resolution)
    if found is None:
        raise LabelTooSmall(stock)
    return LabelLayout(
        stock.width,
        stock.height,
        tuple(_line(label, texts[slot.role], slot) for slot in found.slots),
        _bars(bars, found),
        _qr(qr, found),
    )


def _texts(label: Label) -> dict[Role, str]:
    """What there is to say, from the top; nothing that is empty."""
    said = (grouped(label.code), label.owner, label.kind, label.name, label.programme)
    texts = {
        role: printable(text, STYLES[role].face) for role, text in zip(_ROLES, said, strict=True)
    }
    return {role: text for role, text in texts.items() if text}


def _whole(label: Label) -> tuple[tuple[Role, float], ...]:
    """What is never shortened, as wide as it may be with any code of its kind."""
    code = (Role.CODE, _widest_ems(Role.CODE, _shape(label.code)))
    if not label.owner:
        return (code,)
    shortest = owner_phrases(_shape(label.owner))[-1]
    return (code, (Role.OWNER, _widest_ems(Role.OWNER, shortest)))


def _shape(code: str) -> str:
    return "".join("0" if character.isdigit() else character for character in grouped(code))


@cache
def _widest_ems(role: Role, shape: str) -> float:
    return widest_ems(shape, STYLES[role].face)


def _line(label: Label, text: str, slot: Slot) -> TextLine:
    style = STYLES[slot.role]
    if slot.role is Role.OWNER:
        phrases = owner_phrases(grouped(label.owner))
        text = next((one for one in phrases if fits(one, style, slot.width)), phrases[-1])
    return style.at(text, slot)


def _bars(modules: str, found: Frame) -> Symbol:
    quiet, box = BAR_QUIET * found.bar_module, found.bars
    clear = Box(box.x - quiet, box.y, box.width + 2 * quiet, box.height)
    return Symbol((modules,), found.bar_module, box, clear)


def _qr(rows: tuple[str, ...], found: Frame) -> Symbol | None:
    if found.qr is None:
        return None
    quiet, box = QR_QUIET * found.qr_module, found.qr
    side = box.width + 2 * quiet
    return Symbol(rows, found.qr_module, box, Box(box.x - quiet, box.y - quiet, side, side))


def on_page(
    page: LabelPage, stock: Stock, resolution: Resolution
) -> Iterator[tuple[float, float, LabelLayout]]:
    """Each label of a page with its upper left corner, which lies on the printer's dots too."""
    for placed in page.labels:
        corner = resolution.snapped(placed.x), resolution.snapped(placed.y)
        yield *corner, lay_out(placed.label, stock, resolution)
