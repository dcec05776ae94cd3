"""Donors' registrations whose devices are expected here, with names: read on the store's thread."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from station.events import OfferedItem
from station.intake import NewDevice
from station.offer import Offer
from station.offers import proposals
from station.people import DeviceList, Donor, Text
from station.ports import PointStore
from station.reference import Reference, Table
from station.text import fold
from station.words import _
from ui.coded_words import coded, listed


class ExpectedLine(Struct, frozen=True):
    """One expected arrival."""

    offer: Offer
    donor: Donor  # nameless where the row did not come, or was purged
    note: str = ""

    @property
    def code(self) -> str:
        """The offer's code."""
        return self.offer.code

    @property
    def items(self) -> tuple[OfferedItem, ...]:
        """What was announced."""
        return self.offer.items

    @property
    def received(self) -> int:
        """How many of it came."""
        return self.offer.received

    @property
    def expected_on(self) -> date | None:
        """The day it is to come, or to be fetched."""
        return self.offer.expected_on

    @property
    def pick_up(self) -> bool:
        """The point fetches it."""
        return self.offer.pick_up is not None

    @property
    def count(self) -> int:
        """How many devices were registered."""
        return sum(item.count for item in self.items)

    def holds(self, words: str) -> bool:
        """Whether code, name, address or phone contain these words, marks ignored."""
        phone = "".join(filter(str.isdigit, self.donor.phone))
        return fold(words) in fold(f"{self.code} {self.donor.name} {self.donor.address} {phone}")


def read_expected(store: PointStore) -> tuple[ExpectedLine, ...]:
    """Every offer whose devices did not all come yet, the earliest expected first."""
    return tuple(_line(offer, store) for offer in store.expected_offers())


def find_expected(code: str, store: PointStore) -> ExpectedLine | None:
    """The expected arrival of one code."""
    offer = store.offer(code)
    return _line(offer, store) if offer is not None and offer.is_open else None


def listed_devices(code: str, store: PointStore) -> tuple[NewDevice, ...]:
    """The devices of an office's list as the counter takes them in; none where it gave no list."""
    offer = store.offer(code)
    content = store.content(offer.lines) if offer and offer.lines else None
    return proposals(content) if isinstance(content, DeviceList) else ()


def _line(offer: Offer, store: PointStore) -> ExpectedLine:
    return ExpectedLine(offer, donor_of(offer.donor, store), _note(offer.note, store))


def items_words(items: Sequence[OfferedItem], reference: Reference) -> str:
    """What is expected: "10 × Desktop, 2 × Monitor"."""
    return listed(
        _("{count} × {kind}").format(
            count=item.count, kind=coded(Table.KINDS, item.kind, reference)
        )
        for item in items
    )


def donor_of(row: bytes | None, store: PointStore) -> Donor:
    """A donor's row; nameless where it is not here, or was purged."""
    content = store.content(row) if row else None
    return content if isinstance(content, Donor) else Donor(name="")


def _note(row: bytes | None, store: PointStore) -> str:
    content = store.content(row) if row else None
    return content.text if isinstance(content, Text) else ""
