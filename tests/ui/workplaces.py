"""The whole window on a real store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from station.store.store import SqlStore
from ui.background import Background
from ui.desk import Desk
from ui.places import Places
from ui.reports.receiving import Where
from ui.settings import Settings
from ui.workplace import Workplace

PLAIN = Settings(open_papers=False)
LOOPBACK = Where("127.0.0.1", 0, ("127.0.0.1",))


@contextmanager
def workplace_at(
    qtbot: QtBot, desk: Desk, store: SqlStore, folder: Path, settings: Settings = PLAIN
) -> Iterator[Workplace]:
    """The window at which the desk's operator works, not shown yet."""
    slow = Background("slow")
    place = Workplace(
        desk,
        store,
        slow,
        Places(folder, folder / "state"),
        settings=settings,
        standing=store.standing(),
        names=store.operators(),
        where=LOOPBACK,
    )
    qtbot.addWidget(place.window)
    yield place
    place.close()
    slow.close()
