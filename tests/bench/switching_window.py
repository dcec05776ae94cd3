"""Page after page of the demonstration's window, opened for the first time and again.

Prints for each page its name and the milliseconds from the wish to its painted answers: the store
was asked, its lists stand. The first visit makes the page, and loads what it is made of.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from tests.bench.waiting import rest
from tests.ui.opened_app import opened
from ui.command import prepare
from ui.settings import Settings
from ui.workplace import Workplace

VISITS = 6
PAUSE_MS = 250  # between two wishes: a person looks at what came
SETTLED_MS = 4_000  # the window is there, and what it puts off is done


def switched(work: Workplace, key: str) -> float:
    """Go there as a key does; milliseconds until its answers are painted."""
    begun = time.perf_counter()
    work.window.show_page(key)
    loop = QEventLoop()
    # answers come in order, so whatever the page asked is here by then
    work.desk.ask(
        lambda _store: None, lambda _none: QTimer.singleShot(0, loop.quit), print, owner=work
    )
    loop.exec()
    work.window.repaint()
    return (time.perf_counter() - begun) * 1_000


def main(arguments: Sequence[str]) -> None:
    """Walk through all pages of the prepared demonstration of a folder, several times."""
    folder = Path(arguments[0])
    _qt = prepare(["switching_window"], Settings())
    app, work, _hand = opened(folder)
    rest(SETTLED_MS)
    keys = [key for key in work.window.keys if key != "device"]
    took: dict[str, list[float]] = {key: [] for key in keys}
    try:
        for _visit in range(VISITS):
            for key in keys:
                took[key].append(switched(work, key))
                rest(PAUSE_MS)
    finally:
        app.close()
    for key, times in took.items():
        print(key, *(f"{milliseconds:.1f}" for milliseconds in times))  # noqa: T201 -- for the bench


if __name__ == "__main__":
    main(sys.argv[1:])
