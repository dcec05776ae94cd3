"""A monkey at the window: ten thousand random acts over the demonstration, and nothing breaks."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import TypeVar

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from station.codes import CodeKind, make
from station.ledger import Moment
from station.ports import DeviceFilter
from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import open_store
from station.store.verifying import verify
from tests.ui.keyboard import scan
from tests.ui.opened_app import opened
from ui.demo.opening import Variant, found_demonstration
from ui.opening import DEMONSTRATION_KEY
from ui.places import Places
from ui.workplace import Workplace

ACTS = 10_000
SEED = 7_424
WORDS = ("0912345678", "Dell", "8XK2F32", "-1", "999999", "a" * 200, "%s{}", "'; DROP", "  ")
HARMFUL = ("leave", "quit", "operatorChange", "openTraining")
"""Names of buttons that end the walk, or begin another program, instead of going on with it."""

W = TypeVar("W", bound=QWidget)

pytestmark = [
    pytest.mark.proof,
]
BLOCKED_MS = 100  # of the window's own thread: others' time on this machine is not its fault


class Monkey:
    """Does whatever a window lets anybody do, without knowing what it means."""

    def __init__(self, work: Workplace, rng: Random, codes: tuple[str, ...]) -> None:
        self._work, self._rng, self._codes = work, rng, codes
        self.done: list[str] = []

    def act(self) -> None:
        """One random act at whatever is on top."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        root = top or self._work.window
        acts: list[Callable[[QWidget], None]] = [
            self._press,
            self._press,
            self._type,
            self._choose,
            self._pick_row,
            self._shortcut,
            self._key,
        ]
        if top is None:
            acts += [self._scan, self._page, self._tab]
        elif self._rng.random() < 0.25:
            acts = [self._leave]
        self._rng.choice(acts)(root)

    def _press(self, root: QWidget) -> None:
        buttons = [b for b in self._shown(root, QAbstractButton) if b.objectName() not in HARMFUL]
        if buttons:
            button = self._rng.choice(buttons)
            self._note("press", button)
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _type(self, root: QWidget) -> None:
        fields = [*self._shown(root, QLineEdit), *self._shown(root, QPlainTextEdit)]
        if fields:
            field = self._rng.choice(fields)
            self._note("type", field)
            field.setFocus()
            QTest.keyClicks(field, self._rng.choice(WORDS))

    def _choose(self, root: QWidget) -> None:
        boxes = [*self._shown(root, QComboBox), *self._shown(root, QAbstractSpinBox)]
        if boxes:
            box = self._rng.choice(boxes)
            self._note("choose", box)
            box.setFocus()
            for _step in range(self._rng.randrange(1, 4)):
                QTest.keyClick(box, self._rng.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))

    def _pick_row(self, root: QWidget) -> None:
        views = [
            v
            for v in self._shown(root, QAbstractItemView)
            if v.model() is not None and v.model().rowCount() and not isinstance(v, QHeaderView)
        ]
        if views:
            view = self._rng.choice(views)
            index = view.model().index(self._rng.randrange(view.model().rowCount()), 0)
            self._note("row", view)
            view.scrollTo(index)
            view.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            at = view.visualRect(index).center()
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))

    def _shortcut(self, root: QWidget) -> None:
        shortcuts = [
            s
            for s in root.findChildren(QShortcut)
            if s.isEnabled() and isinstance(at := s.parent(), QWidget) and at.isVisible()
        ]
        if shortcuts:
            shortcut = self._rng.choice(shortcuts)
            self.done.append(f"shortcut {shortcut.key().toString()}")
            shortcut.activated.emit()

    def _key(self, root: QWidget) -> None:
        key = self._rng.choice(
            (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_F1)
        )
        self.done.append(f"key {key.name}")
        QTest.keyClick(QApplication.focusWidget() or root, key)

    def _scan(self, _root: QWidget) -> None:
        if QApplication.focusWidget() is not None:
            code = self._rng.choice((*self._codes, "8XK2F32PLUS", "0120003457"))
            self.done.append(f"scan {code}")
            scan(f"{code}\r")

    def _page(self, _root: QWidget) -> None:
        key = self._rng.choice([k for k in self._work.window.keys if k != "device"])
        self.done.append(f"page {key}")
        self._work.window.show_page(key)

    def _tab(self, root: QWidget) -> None:
        bars = [bar for bar in self._shown(root, QTabBar) if bar.count()]
        if bars:
            bar = self._rng.choice(bars)
            self._note("tab", bar)
            bar.setCurrentIndex(self._rng.randrange(bar.count()))

    def _leave(self, root: QWidget) -> None:
        self._note("leave", root)
        if isinstance(root, QDialog):
            root.reject()
        elif isinstance(root, QMenu):
            root.close()

    def _shown(self, root: QWidget, kind: type[W]) -> list[W]:
        return [one for one in root.findChildren(kind) if one.isVisible() and one.isEnabled()]

    def _note(self, what: str, widget: QWidget) -> None:
        name = widget.objectName() or widget.accessibleName() or type(widget).__name__
        self.done.append(f"{what} {name}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    when = Moment(datetime.now().astimezone())
    places = Places(tmp_path, tmp_path / "state")
    url = sqlite_url(tmp_path / "station.db")
    found_demonstration(url, places, load(), Variant.BUSY, when).close()
    return tmp_path


def test_ten_thousand_random_acts_break_nothing(
    qtbot: QtBot,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_figure: Callable[[str, float, str, float | None], None],
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    for asks in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, asks, lambda *_args, **_named: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_named: "")
    rng = Random(SEED)  # noqa: S311 -- the same walk each time
    app, work, hand = opened(folder)
    with open_store(sqlite_url(folder / "station.db"), DEMONSTRATION_KEY, load()) as store:
        rows = store.devices(DeviceFilter(), limit=60)
        cases = store.cases(waiting=True)[:10]
    codes = (*(row.device.code for row in rows), *(case.code for case in cases))
    monkey = Monkey(work, rng, (*codes, make(CodeKind.PART, 12, 1), make(CodeKind.LOT, 12, 3)))

    took: list[float] = []
    try:
        for number in range(ACTS):
            before = time.thread_time()
            monkey.act()
            QTest.qWait(0)
            took.append((time.thread_time() - before) * 1_000)
            QTest.qWait(rng.choice((0, 0, 0, 1, 5)))
            assert work.window.isVisible(), monkey.done[-12:]
            if number % 500 == 0:
                hand.rest(0.2)
    finally:
        print("\n".join(monkey.done[-25:]))  # noqa: T201 -- shown when it fails
        while top := QApplication.activeModalWidget():
            top.close()
        app.close()

    with open_store(sqlite_url(folder / "station.db"), DEMONSTRATION_KEY, load()) as store:
        assert verify(store.engine).sound
    slow = sum(one > BLOCKED_MS for one in took)
    record_figure("random acts over the demonstration", ACTS, "acts", None)
    record_figure("longest act of the monkey", max(took), "ms", BLOCKED_MS)
    record_figure("p99 of the monkey's acts", quantiles(took, n=100)[-1], "ms", 50)
    record_figure("acts that kept the window longer than 100 ms", slow, "acts", 0)
