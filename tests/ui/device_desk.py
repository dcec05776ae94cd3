"""A shown device page on a real store, and the hand that works at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station import bench
from station.device import Device
from station.operators import Operator
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import NOON, TECHNICIAN
from tests.ui.desks import desk_at
from ui.background import Background
from ui.choice import Choice
from ui.desk import Desk
from ui.device.acts import BenchAct
from ui.device.page import DevicePage

W = TypeVar("W", bound=QObject)
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Station:
    """A shown device page and what stands behind it."""

    bot: QtBot
    store: SqlStore
    desk: Desk
    page: DevicePage
    reports: Path

    def open(self, code: str) -> None:
        self.page.show_device(code)
        self.until(lambda: shows(self.page, code))

    def until(self, holds: Callable[[], bool]) -> None:
        self.bot.waitUntil(holds, timeout=5000)

    def device(self, code: str) -> Device:
        known = self.store.device(code)
        assert known is not None
        return known

    def act(self, act: BenchAct) -> QWidget:
        """Start an act from the menu; its dialog."""
        action = child(self.page, QAction, act)
        assert action.isEnabled()
        action.trigger()
        self.until(lambda: self.page.findChild(QWidget, f"{act}_dialog") is not None)
        return child(self.page, QWidget, f"{act}_dialog")

    def click(self, parent: QWidget, name: str) -> None:
        self.bot.mouseClick(child(parent, QPushButton, name), LEFT)

    def primary(self) -> str:
        return self.page.head.primary.objectName()


def child(parent: QObject, kind: type[W], name: str) -> W:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def shows(page: DevicePage, code: str) -> bool:
    return page.opened is not None and page.opened.device.code == code


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def choose(parent: QWidget, name: str, id_: str) -> None:
    child(parent, Choice, name).choose(id_)


@contextmanager
def station_at(bot: QtBot, store: SqlStore, operator: Operator, reports: Path) -> Iterator[Station]:
    """A shown page at which this operator works."""
    slow = Background("slow")
    with desk_at(store, operator) as desk:
        page = DevicePage(desk, slow, reports)
        bot.addWidget(page)
        page.resize(1106, 676)
        page.show()
        yield Station(bot, store, desk, page, reports)
    slow.close()


def on_bench(store: SqlStore, serial: str = "8XK2F32") -> str:
    code = life.receive(store, serial=serial)
    bench.take_to_bench(code, store, TECHNICIAN, NOON)
    return code
