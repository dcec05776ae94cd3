"""The ways to put a label's parts beside and above each other. None where they do not fit."""

from typing import Final

from labels.fitting import STYLES
from labels.frame import Frame, Slot
from labels.layout import Box, Role
from labels.setting import Setting

GAP: Final = 0.625

_HEAD: Final = (Role.CODE, Role.OWNER)
_WORDS: Final = (Role.KIND, Role.NAME)
_FOOT: Final = (Role.PROGRAMME,)

_Lines = tuple[Slot, ...]


def plain(setting: Setting) -> Frame | None:
    """No QR: everything one below the other."""
    ends = _head_and_foot(setting, setting.width - 2 * setting.bar_quiet)
    return _column(setting, *ends, None) if ends else None


def beside(setting: Setting) -> Frame | None:
    """The QR right of words and bars, between the code on top and the programme at the foot."""
    ends = _head_and_foot(setting, setting.width - 2 * setting.bar_quiet)
    if ends is None:
        return None
    head, foot = ends
    qr = setting.qr(_end(head), foot[0].y if foot else setting.height)
    return _column(setting, head, foot, qr) if qr else None


def beside_all(setting: Setting) -> Frame | None:
    """The QR right of everything."""
    qr = setting.qr(0, setting.height)
    if qr is None:
        return None
    ends = _head_and_foot(setting, qr.x - setting.qr_quiet - setting.bar_quiet)
    return _column(setting, *ends, qr) if ends else None


def above(setting: Setting) -> Frame | None:
    """The bars along the foot; above them the QR, and left of it every line."""
    x = setting.resolution.floor((setting.width - setting.bars_width) / 2)
    depth = setting.qr_inset + setting.qr_side + setting.qr_quiet
    qr = setting.qr(0, depth + setting.resolution.dot)
    if qr is None or not setting.has_room(x, setting.width):
        return None
    width = qr.x - setting.qr_quiet - setting.margin
    lines = setting.lines((*_HEAD, *_WORDS, *_FOOT), setting.margin, setting.margin, width)
    if lines is None:
        return None
    top = max(qr.bottom + setting.qr_quiet, _end(lines) + GAP)
    return _framed(setting, lines, setting.bars(x, top, setting.height - setting.margin), qr)


def _head_and_foot(setting: Setting, width: float) -> tuple[_Lines, _Lines] | None:
    """What stands on top, and what along the lower edge; they begin where the bars do."""
    head = setting.lines(_HEAD, setting.bar_quiet, setting.margin, width)
    depth = _end(setting.lines(_FOOT, 0, 0, width) or ())
    y = setting.height - setting.margin - depth
    foot = setting.lines(_FOOT, setting.bar_quiet, y, width)
    return None if head is None or foot is None else (head, foot)


def _column(setting: Setting, head: _Lines, foot: _Lines, qr: Box | None) -> Frame | None:
    """Words, and below them the bars, between head and foot and left of the QR."""
    left = setting.bar_quiet
    if not setting.has_room(
        left, qr.x - max(0.0, setting.qr_quiet - left) if qr else setting.width
    ):
        return None
    right = qr.x - setting.qr_quiet if qr else setting.width - left
    words = setting.lines(_WORDS, left, _end(head) + GAP, right - left) or ()
    bottom = foot[0].y - GAP if foot else setting.height - setting.margin
    bars = setting.bars(left, _end((*head, *words)) + GAP, bottom)
    return _framed(setting, (*head, *words, *foot), bars, qr)


def _framed(setting: Setting, slots: _Lines, bars: Box | None, qr: Box | None) -> Frame | None:
    return Frame(slots, bars, setting.bar_module, qr, setting.qr_module) if bars else None


def _end(lines: _Lines) -> float:
    """Where the last of these lines ends."""
    return lines[-1].y + STYLES[lines[-1].role].height(lines[-1].size) if lines else 0.0
