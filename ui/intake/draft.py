"""What lies on the counter and nobody committed yet, as it is kept for a power cut."""

from datetime import date, datetime

import msgspec
from msgspec import Struct

from station.intake import NewDevice, RefusedThing
from station.people import Donor
from station.ports import PointStore
from ui.draft_keeper import draft_place

COUNTER = "intake"
FORMAT = 1  # another number is another version's draft, which nobody can continue


class CounterDraft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The donor, the listed devices, and the one in the form."""

    format: int = FORMAT
    at: datetime
    donor: Donor | None = None
    paper_day: date | None = None  # entered later, from paper
    form: str = ""  # the lot code of a form that is entered later
    offer: str = ""
    devices: tuple[NewDevice, ...] = ()
    current: NewDevice | None = None  # in the form, as far as it was filled in
    place: int | None = None  # of the listed device that the form shows
    refused: tuple[RefusedThing, ...] = ()

    @property
    def count(self) -> int:
        """How many devices it speaks of."""
        new = self.current is not None and self.place is None
        return len(self.devices) + new


def counter_place() -> str:
    """Under which name this PC's counter is kept."""
    return draft_place(COUNTER)


def found_draft(store: PointStore) -> CounterDraft | None:
    """What this PC held when it stopped; None when it held nothing that can go on."""
    return decode(store.draft(counter_place()))


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(CounterDraft)


def encode(draft: CounterDraft) -> bytes:
    """The bytes that are sealed."""
    return _encoder.encode(draft)


def decode(data: bytes | None) -> CounterDraft | None:
    """Read a draft; None where there is none, or one that this version cannot continue."""
    if data is None:
        return None
    try:
        draft = _decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError):
        return None
    return draft if draft.format == FORMAT and _holds_together(draft) else None


def _holds_together(draft: CounterDraft) -> bool:
    """No place in it names a device that it does not list."""
    places = range(len(draft.devices))
    named = [draft.place, *(device.belongs_to for device in draft.devices)]
    named += [draft.current.belongs_to] if draft.current else []
    return all(place is None or place in places for place in named)
