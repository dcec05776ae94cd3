"""The app on a given store; somebody types into its scan box, a key every 200 ms.

Prints for each key the milliseconds until the stock page had painted its rows, less the pause
that the scan box makes before it searches.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.bench.big_store import KEY, SEARCHES
from tests.bench.waiting import rest, wait_until
from ui.app import App
from ui.command import prepare
from ui.main_window import MainWindow
from ui.places import Places
from ui.scanning.box import SEARCH_PAUSE_MS
from ui.settings import Settings
from ui.sign_in import SignIn
from ui.stock.page import TYPING_PAUSE_MS, StockPage

KEY_EVERY_MS = 200
SETTLED_MS = 1_000  # the window's first figures are there


class Typist:
    """Notes when each key's rows stand; a key that was overtaken waited for the later rows."""

    def __init__(self, window: MainWindow, page: StockPage) -> None:
        self._window, self._page = window, page
        self._waiting: list[tuple[str, float]] = []
        self.took: list[float] = []
        page.model.answered.connect(self._painted)

    def type(self, text: str) -> None:
        """Type some words, read what they found, and wipe them."""
        for end in range(1, len(text) + 1):
            self._waiting.append((text[:end].strip(), time.perf_counter()))
            QTest.keyClicks(self._window.scan_box, text[end - 1])
            rest(KEY_EVERY_MS)
        wait_until(lambda: not self._waiting)
        rest(TYPING_PAUSE_MS)  # so that the next key meets what is counted after a pause
        QTest.keyClick(self._window.scan_box, Qt.Key.Key_Escape)

    def _painted(self) -> None:
        self._page.repaint()
        now, shown = time.perf_counter(), self._page.model.wanted.text
        texts = [text for text, _ in self._waiting]
        while shown in texts:
            _, pressed = self._waiting.pop(0)
            self.took.append((now - pressed) * 1_000 - SEARCH_PAUSE_MS)
            texts.pop(0)


def typed_into(app: App) -> list[float]:
    """Sign in, open the stock page, type; what each key took."""
    app.start()
    wait_until(lambda: isinstance(QApplication.activeModalWidget(), SignIn))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SignIn)
    dialog.go.click()
    wait_until(lambda: app.workplace is not None)
    assert app.workplace is not None
    window = app.workplace.window
    window.show_page("stock")
    page = window.page("stock")
    assert isinstance(page, StockPage)
    wait_until(lambda: page.model.rowCount() > 0)
    rest(SETTLED_MS)
    typist = Typist(window, page)
    for text in SEARCHES:
        typist.type(text)
    return typist.took


def main(store: Path, folder: Path) -> None:
    """Run the app as long as somebody types."""
    settings = Settings(database=str(store), open_papers=False)
    _qt = prepare(sys.argv[:1], settings)
    app = App(settings, Places(folder, folder), keys=lambda: KEY)
    try:
        took = typed_into(app)
    finally:
        app.close()
    print(*(f"{milliseconds:.1f}" for milliseconds in took))  # noqa: T201 -- read by the bench


main(Path(sys.argv[1]), Path(sys.argv[2]))
