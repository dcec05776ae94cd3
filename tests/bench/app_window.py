"""The app on a given store, until today's page shows its figures.

Prints the seconds until the shown page's scan box had painted a key, those until the figures
stood, and the memory then.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from station.store.keys import StatedKey
from tests.bench.clock import megabytes, seconds
from ui.app import App
from ui.command import prepare
from ui.main_window import MainWindow
from ui.places import Places
from ui.settings import Settings
from ui.sign_in import SignIn
from ui.today.page import TodayPage

POLL_MS = 2
KEY = "5"


class Starting:
    """Signs in, types a key as soon as there is a box for it, and waits for the figures."""

    def __init__(self, app: App) -> None:
        self._app, self._usable = app, 0.0

    def look(self) -> None:
        """Do what a person would do next."""
        asked = QApplication.activeModalWidget()
        if isinstance(asked, SignIn):
            asked.go.click()
        window = self._app.workplace.window if self._app.workplace else None
        if window is not None and window.isVisible() and not self._usable:
            self._type(window)
        if window is None or not self._usable or not self._stands(window):
            QTimer.singleShot(POLL_MS, self.look)
            return
        window.repaint()
        print(f"{self._usable:.3f} {seconds():.3f} {megabytes():.1f}")  # noqa: T201 -- for the bench
        QApplication.quit()

    def _type(self, window: MainWindow) -> None:
        box = QApplication.focusWidget()  # where the window is not active yet, nowhere
        if box is None:
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_5, Qt.KeyboardModifier.NoModifier, KEY)
            QApplication.sendEvent(box, key)
        window.repaint()
        if window.scan_box.text() == KEY:
            self._usable = seconds()

    def _stands(self, window: MainWindow) -> bool:
        page = window.page("today")
        return isinstance(page, TodayPage) and page.work.model.rowCount() > 0


def main() -> None:
    """Start the app on the store, the folder of its notes and the password that were named."""
    store, folder, password = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    settings = Settings(database=str(store), open_papers=False)
    qt = prepare(sys.argv[:1], settings)
    app = App(settings, Places(folder, folder / "state"), keys=lambda: StatedKey(password))
    app.start()
    starting = Starting(app)  # a timer alone does not keep it
    starting.look()
    qt.exec()
    app.close()
