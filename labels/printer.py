"""A printer as a point set it up: how it is reached, what it speaks, what lies in it."""

from enum import StrEnum

from msgspec import Struct


class Language(StrEnum):
    """What the printer is sent."""

    SYSTEM = "system"  # pages, by the system's own driver: the default
    TSPL = "tspl"
    ZPL = "zpl"


class Route(StrEnum):
    """The way to the printer. Each has its transport; `address` says where it ends."""

    VIEWER = "viewer"  # no printer is set up: the PDF opens in the system's own viewer
    SYSTEM = "system"  # the system's queue of that name, by Qt and the driver
    TCP = "tcp"  # host or host:port, 9100 by habit
    CUPS = "cups"  # a CUPS queue of that name, raw
    SPOOLER = "spooler"  # a Windows queue of that name, raw
    USB = "usb"  # a device file
    FILE = "file"  # a folder that something else empties


class Alignment(Struct, frozen=True, omit_defaults=True):
    """What a printer shifts, in millimetres; added to what the stock says."""

    x: float = 0.0
    y: float = 0.0
    pitch_x: float = 0.0  # from column to column
    pitch_y: float = 0.0  # from row to row of a sheet


class Printer(Struct, frozen=True, omit_defaults=True):
    """One printer of the point. `dpi` matters to labels only: 203 or 300."""

    route: Route = Route.VIEWER
    address: str = ""
    language: Language = Language.SYSTEM
    dpi: int = 203
    stock: str = "50x30"
    alignment: Alignment = Alignment()
    native: bool = False  # the printer's own barcode commands instead of the bitmap's bars
    darkness: int | None = None  # None: as the printer is set
    speed: int | None = None
