"""The demonstration's own store: founded when it is asked for, beside nothing that is real."""

from datetime import timedelta
from enum import StrEnum

from diagnostics.shelf import Shelf
from station.ledger import Moment
from station.reference import Reference
from station.store.store import SqlStore, create_store
from station.store.witness import witness_of
from ui.demo.people import LEAD, STATION, acting
from ui.demo.story import DAYS, tell
from ui.opening import DEMONSTRATION_KEY
from ui.places import Places


class Variant(StrEnum):
    """What the demonstration shows."""

    BUSY = "busy"  # two and a half months of work
    EMPTY = "empty"  # the first morning


def found_demonstration(
    url: str, places: Places, reference: Reference, variant: Variant, when: Moment
) -> SqlStore:
    """A new store of an invented point, its story told up to now."""
    began = when if variant is Variant.EMPTY else Moment(when.at - timedelta(days=DAYS + 1))
    store = create_store(
        url,
        DEMONSTRATION_KEY,
        reference,
        station=STATION,
        by=acting(LEAD),
        when=began,
        lead=LEAD,
    )
    if variant is Variant.BUSY:
        tell(store, Shelf(places.reports), when.at, reference)
    standing = store.standing()
    witness_of(places.state, standing.store_id).note(standing)  # it is nobody's old copy
    return store
