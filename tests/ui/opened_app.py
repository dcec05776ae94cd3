"""The app on a prepared demonstration, somebody signed in, its service down."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from station.store.keys import KeySource
from ui import opening
from ui.app import App
from ui.hand import Hand
from ui.places import Places
from ui.settings import Settings
from ui.workplace import Workplace

SIZE = (1366, 768)  # of the screen, in its own dots
NOBODY_LISTENS = "http://127.0.0.1:9"


def opened(
    folder: Path, scale: float = 1.0, keys: KeySource = opening.DEMONSTRATION_KEY
) -> tuple[App, Workplace, Hand]:
    """The app on the prepared store, the first name signed in; the service is down."""
    for left in QApplication.topLevelWidgets():  # by a test before, in the same process
        left.close()
    database = str(folder / "station.db")
    settings = Settings(database=database, service=NOBODY_LISTENS, open_papers=False)
    app = App(settings, Places(folder, folder / "state"), keys=lambda: keys)
    app.start()
    door = Hand(QWidget())
    door.find("operatorNames", QListWidget).setCurrentRow(0)
    door.click("signIn")
    door.until(lambda: app.workplace is not None, "the window")
    work = app.workplace
    assert work is not None
    width, height = SIZE
    work.window.resize(int(width / scale), int(height / scale))
    return app, work, Hand(work.window)
