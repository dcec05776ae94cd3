"""The store that `station --demo busy` shows, with its reports, in a folder of its own."""

from datetime import datetime
from pathlib import Path

from station.ledger import Moment
from station.reference import load
from station.store.engine import sqlite_url
from ui.demo.opening import Variant, found_demonstration
from ui.places import Places

NAME = "station.db"


def demo_store(folder: Path) -> Path:
    """Make the folder and tell the story; the store's file."""
    file, places = folder / NAME, Places(folder, folder / "state")
    folder.mkdir(parents=True)
    when = Moment(datetime.now().astimezone())
    found_demonstration(sqlite_url(file), places, load(), Variant.BUSY, when).close()
    return file
