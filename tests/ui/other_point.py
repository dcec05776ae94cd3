"""Another point's store: what it records comes to ours as a pull would bring it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from station.events import Event
from station.ledger import Entry
from station.ports import Cursor, PulledItem
from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import SqlStore, create_store
from tests.station.conftest import KEY, LEAD, NOON

OTHER_STATION = 13


@contextmanager
def other_point(folder: Path) -> Iterator[SqlStore]:
    """The store of point 013."""
    url = sqlite_url(folder / "other.db")
    with create_store(url, KEY, load(), station=OTHER_STATION, by=LEAD, when=NOON) as store:
        yield store


def entry_of(store: SqlStore, event: Event) -> Entry:
    """An event as it travels."""
    return next(entry for entry in store.unanswered(1_000) if entry.hash == event.hash)


def bring(store: SqlStore, *items: PulledItem) -> None:
    """What a page of a pull brings."""
    before = store.cursor()
    store.take_in_pulled(items, Cursor(before.own + len(items), before.common))
