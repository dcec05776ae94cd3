"""Opens every dialog of bench, giving, papers and PCs and tells what is wrong with it, as JSON.

`python -m tests.ui.dialog_walk FOLDER LANGUAGE`: a process of its own, so that QT_SCALE_FACTOR can
make the screen what a clerk's is.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QDialog,
    QLineEdit,
    QWidget,
)

from station import bench
from station.fold import POINT
from station.ports import StoreLockedOut
from station.store.shared.point import SharedPoint
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import LEAD, NOON, TECHNICIAN
from tests.ui.desks import desk_at, point_store
from tests.ui.full_point import fill
from tests.ui.page_walk import cut, nameless
from ui.background import Background
from ui.command import prepare
from ui.desk import Desk
from ui.device.acts import BenchAct
from ui.device.dialogs import dialog_for
from ui.device.judged import judge
from ui.device.opened import ask_device
from ui.device.secret_dialog import SecretDialog
from ui.first.start import FirstStart
from ui.first.steps import FirstSteps
from ui.first_size import FRAME
from ui.giving.gift_dialogs import DirectGiftDialog, ReleasePromiseDialog
from ui.giving.given_dialogs import FreeDialog, GiveBackDialog, ReturnDialog, TakeBackDialog
from ui.giving.handover_lists import given_line
from ui.lending.lend_dialog import LendDialog
from ui.lending.page_dialog import LendingDialog
from ui.lending.passcode_dialog import PasscodeDialog
from ui.paperwork.attach_many import AttachManyDialog
from ui.paperwork.leaves_dialog import LeavesDialog
from ui.paperwork.papers_dialog import PapersDialog
from ui.settings import Settings
from ui.shared.add_pc_dialog import AddPcDialog
from ui.shared.join_dialog import JoinDialog
from ui.shared.joining import unreachable_words
from ui.shared.unreachable_dialog import UnreachableDialog

ANSWERS_MS = 250
KEYED = (QAbstractButton, QLineEdit, QComboBox)


def dialogs(store: SqlStore, desk: Desk, slow: Background, folder: Path) -> Iterator[QDialog]:
    """Each of them, over a window that is as large as the screen."""
    parent, reference = QWidget(), store.reference
    parent.resize(parent.screen().availableSize())
    parent.show()
    given = fill(store)[7]
    code = life.receive(store, serial="9ZK2F31")
    bench.take_to_bench(code, store, TECHNICIAN, NOON)
    judged = judge(ask_device(code, store), reference, NOON)
    for act in BenchAct:
        if (dialog := dialog_for(act, judged, reference, parent)) is not None:
            yield dialog
    line = given_line(store, given)
    assert line is not None
    for kind in (FreeDialog, TakeBackDialog, ReturnDialog, GiveBackDialog):
        yield kind(line, reference, parent)
    yield SecretDialog("Mật khẩu BIOS", "hoa1990", parent)
    yield DirectGiftDialog(line.case.code, "Em An · 4A2", reference, parent)
    yield ReleasePromiseDialog(line.device, reference, parent)
    yield LendingDialog(desk, parent)
    yield LendDialog([line.device] * 9, reference, desk.now().at, parent)
    yield PasscodeDialog("05/11/2026")
    for about in (given, line.case.code, f"{POINT}012"):
        yield PapersDialog(about, about, desk, {}, parent)
    yield AttachManyDialog(desk, slow, parent)
    yield LeavesDialog(given, desk, parent)
    yield AddPcDialog(desk, SharedPoint(folder, lambda _new: ""), slow, parent)
    yield UnreachableDialog(*unreachable_words(StoreLockedOut(), reference), elsewhere=True)
    yield JoinDialog(lambda *_asked: None)
    yield FirstStart(reference.points(NOON.day), ask=lambda *_asked: None)
    yield FirstSteps(("HP LaserJet",), parent, can_share=True)


def beyond(dialog: QDialog) -> Iterator[str]:
    """What nobody can reach: the dialog with its frame is larger than the screen."""
    screen = dialog.screen().availableGeometry()
    whole = dialog.size() + FRAME
    if whole.boundedTo(screen.size()) != whole:
        yield f"{dialog.width()}x{dialog.height()} on {screen.width()}x{screen.height()}"
    for widget in dialog.findChildren(QWidget):
        if not isinstance(widget, KEYED) or not widget.isVisible() or _scrolls(widget, dialog):
            continue
        if not screen.contains(QRect(widget.mapToGlobal(QPoint()), widget.size())):
            yield f"off the screen: {widget.objectName()}"


def _scrolls(widget: QWidget, dialog: QDialog) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not dialog:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def main(folder: Path, language: str) -> int:
    """Tell what is wrong with each; 0 when all were opened."""
    prepare(["dialog_walk"], Settings(language="vi" if language == "vi" else "en"))
    slow, found = Background("slow"), {}
    with point_store(folder) as store, desk_at(store, LEAD) as desk:
        for dialog in dialogs(store, desk, slow, folder):
            dialog.show()
            QTest.qWait(ANSWERS_MS)
            wrong = [f"cut: {text}" for text in cut(dialog)]
            wrong += [f"no name: {widget}" for widget in nameless(dialog)]
            wrong += beyond(dialog)
            if wrong:
                found[dialog.objectName() or type(dialog).__name__] = sorted(set(wrong))
            dialog.hide()
            dialog.deleteLater()
    slow.close()
    print(json.dumps(found, ensure_ascii=False))  # noqa: T201 -- the answer
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
