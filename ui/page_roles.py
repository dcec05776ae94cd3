"""What a scan can ask of a page, whatever page it is: so that no page is loaded to be asked."""

from typing import Protocol, runtime_checkable

from station.codes import Code


@runtime_checkable
class TakesScans(Protocol):
    """Collects what is scanned, and sounds by itself when it has judged."""

    def take_scan(self, code: Code) -> bool:
        """Whether the scan was taken."""


@runtime_checkable
class ShowsDevice(Protocol):
    """Stands for one device."""

    code: str

    def show_device(self, code: str) -> None:
        """Show this one."""

    def accept_serial(self, raw: str) -> bool:
        """Whether it is the serial number of the device that is shown."""


@runtime_checkable
class Gives(Protocol):
    """Works on cases and on what is kept for them."""

    at_hand: str  # the device whose charger may be scanned next

    def seek(self, code: Code) -> None:
        """Show where this device, case or batch is worked on."""


@runtime_checkable
class TakesEnrolCode(Protocol):
    """Asks for the Department's one-time code."""

    def take_code(self, digits: str) -> None:
        """Take it."""


@runtime_checkable
class ShowsShelf(Protocol):
    """Shows what lies where."""

    def show_shelf(self, code: str) -> None:
        """Show this shelf."""


@runtime_checkable
class SeeksOffer(Protocol):
    """Receives what was announced."""

    def seek_offer(self, code: Code) -> None:
        """Begin with this offer."""


@runtime_checkable
class Searches(Protocol):
    """Shows what words match."""

    def show_search(self, text: str) -> None:
        """Show this; "" shows everything."""
