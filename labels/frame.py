"""The places on a label, as they depend on how much there is to say, not on what."""

from msgspec import Struct

from labels.layout import Box, Role


class Need(Struct, frozen=True):
    """How much a label has to say."""

    bars: int  # modules
    qr: int  # modules of a side
    roles: tuple[Role, ...]  # from the top
    whole: tuple[tuple[Role, float], ...]  # what is never shortened, and its width in ems at most


class Slot(Struct, frozen=True):
    """A line's place from its upper left corner; the text may be smaller than this, in points."""

    role: Role
    x: float
    y: float
    width: float
    size: float


class Frame(Struct, frozen=True):
    """A label's places. Modules are in millimetres; the symbols' boxes lie on the dots."""

    slots: tuple[Slot, ...]
    bars: Box
    bar_module: float
    qr: Box | None
    qr_module: float
