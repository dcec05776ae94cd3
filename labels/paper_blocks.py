"""Each block of a paper as what flows through its pages."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, HRFlowable, PageBreak, Spacer, Table

from labels import document as d
from labels.drawn_symbols import QR_MODULE, qr
from labels.fonts import text_width
from labels.kept import Kept, SignedTable
from labels.paper_styles import Styles, balanced, paragraph
from labels.paper_tables import Room, beside, codes, grid, plain, ticks
from labels.written_line import written_line

AGENCY_SHARE: Final = 0.42  # of the width; the nation's name needs the larger half
TABLE_START: Final = 45 * mm  # the sentence before it, its head and a row
TITLE_LINE: Final = 25 * mm
SIGNATURE_GAP: Final = 4.0  # points
HIGHEST_SIGNATURE: Final = 0.4  # of the page


def flowables(blocks: Iterable[d.Block], look: Styles, room: Room) -> list[Any]:
    """What flows, in the blocks' order; signatures with what stands before them."""
    story: list[Any] = []
    for block in blocks:
        if isinstance(block, d.Signatures):
            alone = block.closing or not story or isinstance(story[-1], PageBreak)
            before = None if alone else story.pop()
            story.append(_signed(before, _signatures(block, look, room), room))
        else:
            story += _flowables(block, look, room)
    return story


def _signed(before: Any, signatures: Kept, room: Room) -> Any:
    """The signatures and the end of what they are for, which stands on the same page."""
    if before is None:
        return signatures
    if isinstance(before, Table):
        return SignedTable(before, signatures, room[1])
    return Kept([before, *signatures.parts])


def _flowables(block: d.Block, look: Styles, room: Room) -> Iterator[Any]:  # noqa: C901 -- a line each
    match block:
        case d.Head():
            yield _head(block, look, room)
        case d.Title():
            yield from _title(block, look)
        case d.Text():
            yield from _text(block, look, room)
        case d.Ticks() if block.ticks:
            yield ticks(block, look, room)
        case d.Grid():
            yield grid(block, look, room)
        case d.Labels() if block.codes:
            yield codes(block, look, room)
        case d.Qr():
            yield from _qr(block, look, room)
        case d.Recipients():
            yield paragraph(block.title, look.recipients_title)
            yield from (paragraph(line, look.recipients) for line in block.lines)
        case d.NewPage():
            yield PageBreak()


def _title(block: d.Title, look: Styles) -> Iterator[Any]:
    yield paragraph(block.text, look.title)
    if block.subject:
        yield paragraph(block.subject, look.subject)
    yield drawn_line(TITLE_LINE * look.scale)


def _text(block: d.Text, look: Styles, room: Room) -> Iterator[Any]:
    style = look.texts[block.style]
    if block.style is d.TextStyle.BEFORE_TABLE:
        yield CondPageBreak(min(TABLE_START, room[1] / 2))
    if block.style is d.TextStyle.LINE:
        yield written_line(block.text, style, room[0])
    else:
        yield paragraph(block.text, style)


def drawn_line(width: float) -> Any:
    """The line that the decree wants drawn, not underlined."""
    return HRFlowable(width=width, thickness=0.6, color="black", spaceBefore=3, spaceAfter=7)


def _head(block: d.Head, look: Styles, room: Room) -> Any:
    if not (block.agency or block.parent_agency):
        return beside((_nation(block, look, room[0]),), (room[0],), room)
    left = AGENCY_SHARE * room[0]
    right = room[0] - left
    other = _nation(block, look, right) or _slip_title(block, look)
    return beside((_agency(block, look, left), other), (left, right), room)


def _agency(block: d.Head, look: Styles, width: float) -> list[Any]:
    line = _line_below(block.agency, look.agency, width) / 2.5
    return [
        *([balanced(block.parent_agency, look.agency_above, width)] if block.parent_agency else ()),
        balanced(block.agency, look.agency, width),
        drawn_line(line),
        *([paragraph(block.number, look.number)] if block.number else ()),
    ]


def _slip_title(block: d.Head, look: Styles) -> list[Any]:
    texts = ((block.title, look.slip_title), (block.subject, look.subject))
    return [paragraph(text, style) for text, style in texts if text]


def _nation(block: d.Head, look: Styles, width: float) -> list[Any]:
    if not block.nation:
        return []
    return [
        paragraph(block.nation, look.agency),
        paragraph(block.motto, look.motto),
        drawn_line(_line_below(block.motto, look.motto, width)),
        paragraph(block.place_and_day, look.dated),
    ]


def _line_below(text: str, style: Any, width: float) -> float:
    return min(text_width(text, style.fontName, style.fontSize), width)


def _qr(block: d.Qr, look: Styles, room: Room) -> Iterator[Any]:
    symbol = qr(block.address)
    words = [paragraph(text, look.texts[d.TextStyle.FACT]) for text in block.words]
    if symbol is None:
        yield from (*words, paragraph(block.address, look.texts[d.TextStyle.FACT]))
        return
    side = symbol.width + 8 * QR_MODULE  # with the quiet zone
    yield plain([[symbol, words]], [side, room[0] - side], room, 4 * QR_MODULE, upright="MIDDLE")


def _signatures(block: d.Signatures, look: Styles, room: Room) -> Kept:
    """The places to sign; the closing sentences go with them."""
    width = room[0] / len(block.places)
    blank = min(block.room * mm * look.scale, HIGHEST_SIGNATURE * room[1])
    cells = [_signature(place, look, blank) for place in block.places]
    closing = [paragraph(text, look.texts[d.TextStyle.INDENTED]) for text in block.closing]
    return Kept([*closing, Spacer(1, SIGNATURE_GAP), beside(cells, [width] * len(cells), room)])


def _signature(place: d.Signature, look: Styles, blank: float) -> list[Any]:
    return [
        paragraph(place.title, look.signer),
        *([paragraph(place.hint, look.hint)] if place.hint else ()),
        Spacer(1, blank),
        paragraph(place.name, look.signer),
    ]
