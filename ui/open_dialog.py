"""Opening the dialog of an act: the window stays alive, the dialog closes once it is recorded."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from ui.act_dialog import ActDialog
from ui.desk import Desk
from ui.wording import explain


def open_dialog(dialog: ActDialog, desk: Desk, done: Callable[[Any], None]) -> None:
    """Open a dialog; `done` hears what came of its act."""

    def confirm() -> None:
        dialog.clear_problems()
        act = dialog.act()
        if act is not None:
            dialog.set_busy(True)
            desk.do(act, finish, fail, owner=dialog)

    def finish(result: object) -> None:
        dialog.accept()
        done(result)

    def fail(error: Exception) -> None:
        dialog.refuse(error, explain(error, desk.reference))

    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.confirmed.connect(confirm)
    dialog.open()
