"""The app on a given store, until today's page shows its figures."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from station.operators import Operator
from tests.bench.big_store import KEY
from tests.bench.clock import report
from ui.app import App, prepare
from ui.settings import Settings
from ui.today_page import TodayPage
from ui.workplace import Places

store, folder = Path(sys.argv[1]), Path(sys.argv[2])
settings = Settings(database=str(store), open_papers=False)
qt = prepare(sys.argv[:1], settings)
app = App(
    settings,
    Places(folder, folder),
    keys=lambda: KEY,
    ask_operator=lambda names: Operator(names[0].id, names[0].role),
)


def look() -> None:
    """Usable: the window is painted and today's figures are there."""
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
