"""The app on a given store, until today's page shows its figures."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from tests.bench.big_store import KEY
from tests.bench.clock import report
from ui.app import App, prepare
from ui.places import Places
from ui.settings import Settings
from ui.sign_in import SignIn
from ui.today.page import TodayPage

store, folder = Path(sys.argv[1]), Path(sys.argv[2])
settings = Settings(database=str(store), open_papers=False)
qt = prepare(sys.argv[:1], settings)
app = App(settings, Places(folder, folder), keys=lambda: KEY)


def look() -> None:
    """Usable: somebody signed in, the window is painted and today's figures are there."""
    asked = qt.activeModalWidget()
    if isinstance(asked, SignIn):
        asked.go.click()
    page = app.workplace.window.page("today") if app.workplace else None
    if isinstance(page, TodayPage) and page.work.model.rowCount() > 0:
        app.workplace.window.repaint()  # type: ignore[union-attr] # it has a page
        report()
        qt.quit()
    else:
        QTimer.singleShot(2, look)


app.start()
look()
qt.exec()
app.close()
