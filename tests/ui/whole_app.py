"""The app from its command line: `python -m tests.ui.whole_app …`, and somebody who reads along.

Says what each message box says and closes it.
"""

import sys
import threading
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from ui.command import main


def _read_along() -> None:
    while True:
        time.sleep(0.1)
        app = QApplication.instance()
        if app is not None:
            QTimer.singleShot(0, app, _close_box)


def _close_box() -> None:
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        print(box.text(), flush=True)  # noqa: T201 -- the test reads it
        box.accept()


if __name__ == "__main__":
    threading.Thread(target=_read_along, daemon=True).start()
    sys.exit(main())
