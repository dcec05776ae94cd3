"""The demonstration's own store: founded when it is asked for, beside nothing that is real."""

from datetime import timedelta
from enum import StrEnum

from diagnostics.shelf import Shelf
from station.files import keep_content, keep_name
from station.ledger import Moment
from station.reference import Reference
from station.store.engine import database_file, forgo_durability, remove_database, sqlite_url
from station.store.store import SqlStore, create_store, open_store
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
    """A new store of an invented point, its story told up to now.

    A story takes its time, so it is told into a file beside: a start that is ended meanwhile leaves
    no half of one, and nothing that is written there need wait for the disk.
    """
    file = database_file(url)
    if variant is Variant.EMPTY or file is None:
        began = when if variant is Variant.EMPTY else _began(when)
        store = _new_store(url, reference, began)
    else:
        beside = file.with_name(f"{file.name}.founding")
        remove_database(beside)
        with _new_store(sqlite_url(beside), reference, _began(when)) as telling:
            forgo_durability(telling.engine)
            tell(telling, Shelf(places.reports), when.at, reference)
        keep_content(beside)
        remove_database(file)
        beside.replace(file)
        keep_name(file.parent)
        store = open_store(url, DEMONSTRATION_KEY, reference)
    standing = store.standing()
    witness_of(places.state, standing.store_id).note(standing)  # it is nobody's old copy
    return store


def _began(when: Moment) -> Moment:
    return Moment(when.at - timedelta(days=DAYS + 1))


def _new_store(url: str, reference: Reference, when: Moment) -> SqlStore:
    return create_store(
        url,
        DEMONSTRATION_KEY,
        reference,
        station=STATION,
        by=acting(LEAD),
        when=when,
        lead=LEAD,
    )
