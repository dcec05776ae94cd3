"""The app in a process of its own: `python -m tests.ui.second_copy FOLDER [nobody]`.

It opens the store in the folder as the first of its people, says when its window is there, and
closes any message box. As nobody it may write to no folder of somebody else.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from tests.station.child import become_nobody
from tests.station.conftest import KEY
from ui.app import App
from ui.command import prepare
from ui.places import Places
from ui.settings import Settings
from ui.sign_in import SignIn


def main(folder: Path, *, as_nobody: bool = False) -> int:
    """Run until the window is closed or the app gives up."""
    settings = Settings(language="en", database=str(folder / "station.db"), open_papers=False)
    qt = prepare(["station"], settings)
    app = App(settings, Places(folder, folder / "state"), keys=lambda: KEY)
    app.ended.connect(qt.exit)
    app.shown.connect(lambda: print("shown", flush=True))  # noqa: T201 -- the test waits for it
    closer = QTimer()
    closer.timeout.connect(_answer)
    closer.start(50)
    if as_nobody:  # only now: nobody may read no module below /root
        become_nobody()
    QTimer.singleShot(0, app.start)
    status = qt.exec()
    app.close()
    return status


def _answer() -> None:
    box = QApplication.activeModalWidget()
    if isinstance(box, SignIn):
        box.go.click()
    elif isinstance(box, QMessageBox):
        print(box.text(), flush=True)  # noqa: T201 -- the test reads it
        box.accept()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), as_nobody="nobody" in sys.argv))
