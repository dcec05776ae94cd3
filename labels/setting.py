"""One way to set a label: which lines it shows, how large its text and its modules are."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from labels.fitting import STYLES, stepped
from labels.frame import Need, Slot
from labels.layout import POINT, Box, Role
from labels.resolution import Resolution

MARGIN: Final = 1.5  # what a badly aligned roll may shift
MARGIN_SMALL: Final = 1.0  # of labels lower than this:
SMALL: Final = 20.0
BAR_HEIGHT_MOST: Final = 12.0
BAR_QUIET: Final = 10  # modules
QR_QUIET: Final = 4  # modules


class Setting(Struct, frozen=True, kw_only=True):
    """Lengths in millimetres."""

    need: Need
    width: float
    height: float
    resolution: Resolution
    roles: tuple[Role, ...]  # those that are shown
    bar_dots: int
    qr_dots: int  # 0: no QR
    bars_least: float  # their height
    code_least: float  # its size in points
    scale: float  # of the text

    @property
    def margin(self) -> float:
        """What stays white along the edges."""
        return MARGIN_SMALL if self.height < SMALL else MARGIN

    @property
    def bar_module(self) -> float:
        """The narrowest bar."""
        return self.bar_dots * self.resolution.dot

    @property
    def bar_quiet(self) -> float:
        """The white on either side of the bars."""
        return BAR_QUIET * self.bar_module

    @property
    def bars_width(self) -> float:
        """All bars."""
        return self.need.bars * self.bar_module

    @property
    def qr_module(self) -> float:
        """One square of the QR."""
        return self.qr_dots * self.resolution.dot

    @property
    def qr_quiet(self) -> float:
        """The white around the QR."""
        return QR_QUIET * self.qr_module

    @property
    def qr_side(self) -> float:
        """The QR without its quiet zone."""
        return self.need.qr * self.qr_module

    @property
    def qr_inset(self) -> float:
        """How near the QR comes to the label's edge: its quiet zone may reach it."""
        return max(self.qr_quiet, self.margin)

    def lines(
        self, roles: Sequence[Role], x: float, y: float, width: float
    ) -> tuple[Slot, ...] | None:
        """Those of these lines that are shown, one below the other; None if one has no room."""
        slots = []
        for role in roles:
            if role in self.roles:
                size = self._size(role, width)
                if size is None:
                    return None
                slots.append(Slot(role, x, y, width, size))
                y += STYLES[role].height(size)
        return tuple(slots)

    def has_room(self, left: float, right: float) -> bool:
        """Whether the bars from here on keep their white up to there."""
        end = left + self.bars_width + self.bar_quiet
        return (
            left >= self.bar_quiet - self.resolution.dot / 2
            and end <= right + self.resolution.dot / 2
        )

    def bars(self, x: float, top: float, bottom: float) -> Box | None:
        """The bars upwards from this height; None if they would be too low."""
        most = BAR_HEIGHT_MOST * max(1.0, self.scale)
        height = self.resolution.floor(min(bottom - top, most))
        if height < self.resolution.floor(self.bars_least):
            return None
        y = self.resolution.floor(bottom - height)
        return Box(x, y, self.bars_width, height)

    def qr(self, top: float, bottom: float) -> Box | None:
        """The QR at the right edge, with its quiet zone between these heights."""
        highest = self.resolution.ceil(max(top + self.qr_quiet, self.qr_inset))
        lowest = min(bottom - self.qr_quiet, self.height - self.qr_inset) - self.qr_side
        lowest = self.resolution.floor(lowest)
        if lowest < highest - self.resolution.dot / 2:
            return None
        x = self.resolution.floor(self.width - self.qr_inset - self.qr_side)
        y = self.resolution.floor((highest + lowest) / 2)
        return Box(x, y, self.qr_side, self.qr_side)

    def _size(self, role: Role, width: float) -> float | None:
        """At what size a line is set here; None if what must stand there whole is too wide."""
        style = STYLES[role]
        size = max(style.smallest, stepped(style.size * self.scale))
        ems = dict(self.need.whole).get(role)
        if ems is None:
            return size
        widest = stepped(width / (ems * POINT))
        size, least = min(size, widest), self.code_least if role is Role.CODE else style.smallest
        return size if size >= least else None
