"""Widgets in cycles die on the window's thread, whatever thread allocates."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from ui.garbage import GarbageCollector, collect_what_is_due


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    yield
    gc.disable()  # the tests of the window run under the app's own collector


class Cyclic(QObject):
    def __init__(self, dead_on: list[int]) -> None:
        super().__init__()
        self.me = self
        self.timer = QTimer(self)  # a timer that dies on another thread takes Qt down
        self.timer.start(10)
        self.dead_on = dead_on

    def __del__(self) -> None:
        self.dead_on.append(threading.get_ident())


def allocate(kept: list[list[int]]) -> None:
    kept.extend([number] for number in range(200_000))


def test_another_thread_collects_nothing(qtbot: QtBot) -> None:
    gc.enable()
    keeper = QObject()
    GarbageCollector(keeper)
    dead_on: list[int] = []
    Cyclic(dead_on)
    kept: list[list[int]] = []
    busy = threading.Thread(target=allocate, args=(kept,))
    busy.start()
    busy.join()
    assert dead_on == []

    qtbot.waitUntil(lambda: bool(dead_on))
    assert dead_on == [threading.get_ident()]


def test_what_is_due_is_collected_and_nothing_else() -> None:
    gc.disable()
    gc.collect()
    assert collect_what_is_due() is None

    many = [[number] for number in range(gc.get_threshold()[0] * 2)]
    assert collect_what_is_due() == 0
    assert len(many) > 0
