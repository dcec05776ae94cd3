"""How this PC's scanner is connected and set up; kept with the PC's other settings."""

from typing import Final

from msgspec import Struct

BY_ITSELF: Final = "auto"  # a port that is found: the first one on a USB cable
BAUDS: Final = (9600, 19200, 38400, 57600, 115200)


class ScannerHabits(Struct, frozen=True, omit_defaults=True):
    """A keyboard wedge is heard whatever stands here."""

    port: str = ""  # a serial port's name, BY_ITSELF, or "" for none
    baud: int = BAUDS[0]
    preamble: str = ""  # what the scanner types before each code
    muted: bool = False
    camera: str = ""  # the name of the one to use; "" for the system's first
