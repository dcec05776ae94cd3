"""What a page may do about the shared store."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from station.store.shared.cluster import find_programs
from station.store.shared.point import SharedPoint


class Way(StrEnum):
    """How this PC's store lies."""

    ALONE = "alone"  # in a file of this PC
    MAIN = "main"  # other PCs may work with it
    OTHER = "other"  # on the main PC
    NAMED = "named"  # a person named it in the settings or at the start


class Step(StrEnum):
    """What happens between two runs of the app, while nobody works with the store here."""

    SHARE = "share"  # make this the main PC
    LOCK_OUT = "lock-out"  # all other PCs


@dataclass(frozen=True)
class Sharing:
    """`between` ends this run; the next one begins with that step."""

    point: SharedPoint | None  # None: the store was named
    between: Callable[[Step], None]

    @property
    def is_in_use(self) -> bool:
        """Whether this PC works on a store that it shares with others."""
        return self.point is not None and self.point.is_in_use()

    @property
    def way(self) -> Way:
        """How this PC's store lies now."""
        if self.point is None:
            return Way.NAMED
        if not self.point.is_in_use():
            return Way.ALONE
        return Way.MAIN if self.point.is_main() else Way.OTHER

    @property
    def can_begin(self) -> bool:
        """Whether this PC works alone and has what a main PC needs."""
        return self.way is Way.ALONE and find_programs() is not None


def nothing_to_share() -> Sharing:
    """Where the store was named, as a demonstration's is."""
    return Sharing(None, lambda _step: None)
