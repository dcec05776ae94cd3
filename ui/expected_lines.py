"""Donors' registrations whose devices are expected here, with names: read on the store's thread."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from station.events import OfferedItem
from station.people import Donor, Text
from station.ports import PointStore
from station.reference import Reference, Table
from station.text import fold
from station.words import _
from ui.coded_words import coded, listed


class ExpectedLine(Struct, frozen=True):
    """One expected arrival."""

    code: str
    donor: Donor  # nameless where the row did not come, or was purged
    items: tuple[OfferedItem, ...]
    received: int
    expected_on: date | None
    pick_up: bool
    note: str = ""

    @property
    def count(self) -> int:
        """How many devices were registered."""
        return sum(item.count for item in self.items)

    def holds(self, words: str) -> bool:
        """Whether code, name or phone contain these words, marks ignored."""
        phone = "".join(filter(str.isdigit, self.donor.phone))
        return fold(words) in fold(f"{self.code} {self.donor.name} {phone}")


def read_expected(store: PointStore) -> tuple[ExpectedLine, ...]:
    """Every offer whose devices did not all come yet, the earliest expected first."""
    return tuple(
        ExpectedLine(
            code=known.code,
            donor=_donor(known.donor, store),
            items=known.items,
            received=known.received,
            expected_on=known.expected_on,
            pick_up=known.pick_up is not None,
            note=_note(known.note, store),
        )
        for known in store.expected_offers()
    )


def find_expected(code: str, store: PointStore) -> ExpectedLine | None:
    """The expected arrival of one code."""
    return next((line for line in read_expected(store) if line.code == code), None)


def items_words(items: Sequence[OfferedItem], reference: Reference) -> str:
    """What is expected: "10 × Desktop, 2 × Monitor"."""
    return listed(
        _("{count} × {kind}").format(
            count=item.count, kind=coded(Table.KINDS, item.kind, reference)
        )
        for item in items
    )


def _donor(row: bytes | None, store: PointStore) -> Donor:
    content = store.content(row) if row else None
    return content if isinstance(content, Donor) else Donor(name="")


def _note(row: bytes | None, store: PointStore) -> str:
    content = store.content(row) if row else None
    return content.text if isinstance(content, Text) else ""
