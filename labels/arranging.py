"""How a label is arranged on a stock: of all ways to set it, the first that fits.

Smaller text comes before leaving anything out. Left out are, in this order, the name, the
programme and the kind, then the QR; never the barcode, the readable code and an accessory's device.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Final

from labels.fitting import STYLES
from labels.frame import Frame, Need, Slot
from labels.layout import Box, Role
from labels.resolution import Resolution
from labels.setting import Setting

GAP: Final = 0.625

_HEAD: Final = (Role.CODE, Role.OWNER)
_WORDS: Final = (Role.KIND, Role.NAME)
_FOOT: Final = (Role.PROGRAMME,)
_LEFT_OUT: Final = (Role.NAME, Role.PROGRAMME, Role.KIND)  # the first goes first
_EASES: Final = (  # the least height of the bars, the least size of the code, the text's scales
    (6.5, 12.0, (1.5, 1.25, 1.0)),
    (6.5, 9.0, (1.0, 0.9, 0.8, 0.7)),
    (5.0, 6.5, (1.0, 0.9, 0.8, 0.7)),
)
_LOW: Final = ((4.0, 6.5, (1.0, 0.9, 0.8, 0.7)),)  # bars as low as scan, so that a QR has room


@lru_cache(maxsize=256)
def frame(need: Need, width: float, height: float, resolution: Resolution) -> Frame | None:
    """The best frame on a label of this size; None if not even the code fits."""
    for setting in _settings(need, width, height, resolution):
        found = _beside(setting) or _beside_all(setting) or _above(setting)
        if found:
            return found
    return None


def _settings(need: Need, width: float, height: float, resolution: Resolution) -> Iterator[Setting]:
    """All ways to set a label, the best first."""
    usual_and_fine = (resolution.bar_dots, (resolution.fine_bar_dots,))
    with_qr_and_without = (resolution.qr_dots, (0,))
    for bars, qr_dots, eases in product(usual_and_fine, with_qr_and_without, (_EASES, _LOW)):
        for roles in _fewer_and_fewer(need.roles):
            for (bars_least, code_least, scales), qr in product(eases, qr_dots):
                for scale, bar in product(scales, bars):
                    yield Setting(
                        need=need,
                        width=width,
                        height=height,
                        resolution=resolution,
                        roles=roles,
                        bar_dots=bar,
                        qr_dots=qr,
                        bars_least=bars_least,
                        code_least=code_least,
                        scale=scale,
                    )


def _fewer_and_fewer(roles: tuple[Role, ...]) -> Iterator[tuple[Role, ...]]:
    """All lines, then without one after the other of those that may go."""
    yield roles
    for gone in _LEFT_OUT:
        if gone in roles:
            roles = tuple(role for role in roles if role is not gone)
            yield roles


def _beside(setting: Setting) -> Frame | None:
    """The QR right of the bars, between the code on top and the programme at the foot."""
    left = setting.bar_quiet
    width = setting.width - left - max(setting.margin, setting.bar_quiet)
    head = setting.lines(_HEAD, left, setting.margin, width)
    foot = setting.lines(
        _FOOT, left, setting.height - setting.margin - _foot_height(setting), width
    )
    if head is None or foot is None:
        return None
    qr = setting.qr(_end(head), foot[0].y if foot else setting.height) if setting.qr_dots else None
    return _columns(setting, head, foot, qr)


def _beside_all(setting: Setting) -> Frame | None:
    """The QR right of everything."""
    qr = setting.qr(0, setting.height) if setting.qr_dots else None
    if qr is None:
        return None
    left = setting.bar_quiet
    width = qr.x - setting.qr_quiet - left
    head = setting.lines(_HEAD, left, setting.margin, width)
    foot = setting.lines(
        _FOOT, left, setting.height - setting.margin - _foot_height(setting), width
    )
    return None if head is None or foot is None else _columns(setting, head, foot, qr)


def _columns(
    setting: Setting, head: tuple[Slot, ...], foot: tuple[Slot, ...], qr: Box | None
) -> Frame | None:
    """Words and bars between head and foot, left of the QR."""
    if setting.qr_dots and qr is None:
        return None
    left = setting.bar_quiet
    bars_right = left + setting.bars_width
    right = setting.width - setting.bar_quiet
    if (
        qr
        and qr.x - max(setting.qr_quiet, setting.bar_quiet)
        < bars_right - setting.resolution.dot / 2
    ):
        return None
    if bars_right > right + setting.resolution.dot / 2:
        return None
    width = qr.x - setting.qr_quiet - left if qr else setting.width - 2 * left
    words = setting.lines(_WORDS, left, _end(head) + GAP, width) or ()
    top = _end((*head, *words)) + GAP
    bars = setting.bars(left, top, foot[0].y - GAP if foot else setting.height - setting.margin)
    return _framed(setting, (*head, *words, *foot), bars, qr)


def _above(setting: Setting) -> Frame | None:
    """The bars along the foot; above them the QR, and left of it every line."""
    if not setting.qr_dots or setting.bars_width + 2 * setting.bar_quiet > setting.width + 1e-6:
        return None
    depth = setting.qr_inset + setting.qr_side + setting.qr_quiet
    qr = setting.qr(0, depth + setting.resolution.dot)
    if qr is None:
        return None
    width = qr.x - setting.qr_quiet - setting.margin
    lines = setting.lines((*_HEAD, *_WORDS, *_FOOT), setting.margin, setting.margin, width)
    if lines is None:
        return None
    top = max(qr.bottom + setting.qr_quiet, _end(lines) + GAP)
    x = setting.resolution.floor((setting.width - setting.bars_width) / 2)
    bars = setting.bars(x, top, setting.height - setting.margin)
    return _framed(setting, lines, bars, qr)


def _framed(
    setting: Setting, slots: tuple[Slot, ...], bars: Box | None, qr: Box | None
) -> Frame | None:
    return Frame(slots, bars, setting.bar_module, qr, setting.qr_module) if bars else None


def _foot_height(setting: Setting) -> float:
    lines = setting.lines(_FOOT, 0, 0, setting.width)
    return _end(lines) if lines else 0.0


def _end(slots: tuple[Slot, ...]) -> float:
    """Where the last of these lines ends."""
    return slots[-1].y + STYLES[slots[-1].role].height(slots[-1].size) if slots else 0.0
