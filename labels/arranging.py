"""How a label is arranged on a stock: of all ways to set it, the first that fits.

Smaller text comes before leaving anything out. Left out are, in this order, the name, the
programme and the kind; then bars become low; then the QR goes. Never the barcode, the readable code
and an accessory's device.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Final

from labels.arrangements import above, beside, beside_all, plain
from labels.frame import Frame, Need
from labels.layout import Role
from labels.resolution import Resolution
from labels.setting import Setting

_LEFT_OUT: Final = (Role.NAME, Role.PROGRAMME, Role.KIND)  # the first goes first
_EASES: Final = (  # the least height of the bars, the least size of the code, the text's scales
    (6.5, 12.0, (1.5, 1.25, 1.0)),
    (6.5, 9.0, (1.0, 0.9, 0.8, 0.7)),
    (5.0, 6.5, (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)),
)
_LOW: Final = (
    (4.0, 6.5, (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)),
)  # bars as low as scan, so that a QR has room


@lru_cache(maxsize=256)
def frame(need: Need, width: float, height: float, resolution: Resolution) -> Frame | None:
    """The best frame on a label of this size; None if not even the code fits."""
    for setting in _settings(need, width, height, resolution):
        for arrangement in (beside, beside_all, above) if setting.qr_dots else (plain,):
            if found := arrangement(setting):
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
