"""The shelf of reports as the receiver of the LAN asks for it. Knows no Qt."""

from collections.abc import Callable
from datetime import datetime

from diagnostics.report import NewerReport, NotAReport
from diagnostics.shelf import Arrival, Shelf, Way
from sync import lan_problems as problems


class ShelfKeeper:
    """Implements `sync.lan_desk.Keeper`."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime]) -> None:
        self._shelf, self._clock = shelf, clock

    def holds(self, digest: bytes) -> bool:
        """Whether the report is on the disk, whole."""
        return self._shelf.holds(digest.hex())

    def keep(self, data: bytes, peer: str) -> None:
        """Write it so that a power cut cannot take it."""
        arrival = Arrival(Way.LAN, int(self._clock().timestamp() * 1000), peer)
        try:
            self._shelf.put(data, arrival)
        except NewerReport as error:
            raise problems.NewerReport from error
        except NotAReport as error:
            raise problems.NotReport from error
        except OSError as error:
            raise problems.CannotKeep from error
