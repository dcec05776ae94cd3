"""What happened to a code, as corrections leave it, and what it was at any time of its life."""

from collections.abc import Iterator
from typing import Generic, TypeVar

from msgspec import Struct

from station import events as e
from station.device import Device
from station.fold import Replaced, State, as_corrected, corrections, refold
from station.ports import Store, TimelineRow

S = TypeVar("S", bound=e.Said)


class NothingToSay(LookupError):
    """The ledger holds nothing that such a paper could speak of; `about` says of what."""

    code = "nothing_to_say"

    def __init__(self, about: str, of: str = "") -> None:
        super().__init__(f"{self.code}: {about}" + (f" for {of}" if of else ""))
        self.about, self.of = about, of


class Happened(Struct, Generic[S], frozen=True):
    """One event about a code: where it stands in its history and what it says now."""

    at: int
    row: TimelineRow
    said: S


class History(Struct, frozen=True):
    """Every event that concerns a code, the oldest first."""

    code: str
    rows: tuple[TimelineRow, ...]
    replaced: Replaced

    def all(self, *kinds: type[S]) -> Iterator[Happened[S]]:
        """Its own events of these kinds."""
        for at, row in enumerate(self.rows):
            if row.event.header.subject == self.code and isinstance(row.event.said, kinds):
                said = as_corrected(row.event, self.replaced)
                if isinstance(said, kinds):
                    yield Happened(at, row, said)

    def last(self, *kinds: type[S], of: str = "") -> Happened[S] | None:
        """The latest of them, for this case or batch where one is named."""
        found = [one for one in self.all(*kinds) if of in ("", *one.said.mentions())]
        return found[-1] if found else None

    def need(self, *kinds: type[S], of: str = "") -> Happened[S]:
        """The same; raises NothingToSay."""
        found = self.last(*kinds, of=of)
        if found is None:
            raise NothingToSay(self.code, of)
        return found

    def before(self, at: int) -> State | None:
        """What it was before that event, as later corrections leave it."""
        put_right = (e.Corrected, e.ActWithdrawn)
        later = (row for row in self.rows[at:] if isinstance(row.event.said, put_right))
        return refold(self.code, (row.event for row in (*self.rows[:at], *later)))

    def device(self, at: int | None = None) -> Device:
        """The device as that event left it, or as it is now; raises NothingToSay."""
        state = self.before(len(self.rows) if at is None else at + 1)
        if not isinstance(state, Device) or not state.known:
            raise NothingToSay(self.code)
        return state


def history(store: Store, code: str) -> History:
    """What the ledger tells of a code."""
    rows = store.timeline(code)
    return History(code, rows, corrections(row.event for row in rows))
