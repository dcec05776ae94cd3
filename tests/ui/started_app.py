"""The app up to its shown window: `python -m tests.ui.started_app STORE FOLDER [PASSWORD]`.

Prints as JSON which modules that took, with their files. Nothing but the app is imported here, so
that nothing else is on the list. With a password no key is stated, as at a point.
"""

import json
import sys
from pathlib import Path

before = set(sys.modules)

from PySide6.QtCore import QTimer  # noqa: E402 -- after the look at what there was before
from PySide6.QtWidgets import QApplication  # noqa: E402 -- the same

from station.store.keys import StatedKey  # noqa: E402 -- the same
from ui.app import App  # noqa: E402 -- the same
from ui.command import prepare  # noqa: E402 -- the same
from ui.password_dialog import PasswordDialog  # noqa: E402 -- the same
from ui.places import Places  # noqa: E402 -- the same
from ui.settings import Settings  # noqa: E402 -- the same
from ui.sign_in import SignIn  # noqa: E402 -- the same


def main(store: Path, folder: Path, password: str = "") -> int:
    """Start, sign in as the first name, and leave as soon as the window is there."""
    settings = Settings(language="vi", database=str(store), open_papers=False)
    qt = prepare(["station"], settings)
    keys = None if password else lambda: StatedKey("test")
    app = App(settings, Places(folder, folder), keys=keys)
    app.ended.connect(qt.exit)
    app.shown.connect(lambda: QTimer.singleShot(0, qt.quit))
    answering = QTimer()
    answering.timeout.connect(lambda: _answer(password))
    answering.start(50)
    QTimer.singleShot(0, app.start)
    status = qt.exec()
    loaded = {name: _file(name) for name in sys.modules.keys() - before}
    app.close()
    print(json.dumps(loaded))  # noqa: T201 -- the test reads it
    return status


def _answer(password: str) -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, PasswordDialog):
        dialog.line.setText(password)
        dialog.go.click()
    elif isinstance(dialog, SignIn):
        dialog.go.click()


def _file(name: str) -> str:
    return getattr(sys.modules[name], "__file__", None) or ""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
