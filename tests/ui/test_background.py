import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from ui.background import Background, BackgroundClosed


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    background = Background("test")
    yield background
    background.close()


def no_failure(error: Exception) -> None:
    raise error


def test_work_runs_elsewhere_and_its_answer_comes_here(
    background: Background, qtbot: QtBot
) -> None:
    threads: list[object] = []
    background.run(threading.get_ident, threads.append, no_failure)
    background.run(lambda: None, lambda _: threads.append(threading.get_ident()), no_failure)

    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threading.get_ident()
    assert threads[1] == threading.get_ident()
    assert QThread.currentThread() is QCoreApplication.instance().thread()  # type: ignore[union-attr]


def test_work_runs_in_the_order_it_was_given(background: Background, qtbot: QtBot) -> None:
    answers: list[int] = []
    for number in range(200):
        background.run(partial(int, number), answers.append, no_failure)

    qtbot.waitUntil(lambda: len(answers) == 200)
    assert answers == list(range(200))


def test_a_failure_is_told_as_the_error_it_was(background: Background, qtbot: QtBot) -> None:
    failures: list[Exception] = []
    error = OSError("disk full")

    def fail() -> None:
        raise error

    background.run(fail, lambda _: pytest.fail("it did not work"), failures.append)

    qtbot.waitUntil(lambda: failures == [error])


def test_an_error_may_be_an_answer(background: Background, qtbot: QtBot) -> None:
    answers: list[Exception] = []
    background.run(lambda: ValueError("found"), answers.append, no_failure)

    qtbot.waitUntil(lambda: len(answers) == 1)


@pytest.mark.parametrize("named", [True, False])
def test_an_answer_for_a_window_that_is_gone_is_dropped(
    background: Background, qtbot: QtBot, named: bool
) -> None:
    started, finish = threading.Event(), threading.Event()
    told: list[str] = []

    class Page(QWidget):
        def welcome(self, _answer: bool) -> None:
            told.append(self.windowTitle())

    page = Page()

    def work() -> bool:
        started.set()
        return finish.wait(5)

    if named:
        background.run(work, lambda _: page.welcome(True), no_failure, owner=page)
    else:
        background.run(work, page.welcome, no_failure)
    assert started.wait(5)
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    finish.set()
    answered: list[None] = []
    background.run(lambda: None, answered.append, no_failure)

    qtbot.waitUntil(lambda: len(answered) == 1)
    assert told == []


def test_closing_waits_for_all_work_taken_and_leaves_no_thread(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    background = Background("closing")
    first, done = threading.Event(), []
    background.run(lambda: first.wait(0.1), lambda _: None, no_failure)
    background.run(lambda: done.append("recorded"), lambda _: None, no_failure)

    background.close()

    assert done == ["recorded"]
    assert set(threading.enumerate()) == before


def test_closing_leaves_behind_what_hangs_longer_than_its_patience(qtbot: QtBot) -> None:
    background, let_go = Background("test"), threading.Event()
    background.run(let_go.wait, lambda _answer: None, no_failure)
    began = time.monotonic()

    background.close(patience_s=0.1)

    assert time.monotonic() - began < 5
    let_go.set()
    background.close()


def test_closing_twice_is_closing_once(qtbot: QtBot) -> None:
    background = Background("twice")
    background.close()
    background.close()


def test_work_after_closing_is_refused_politely(qtbot: QtBot) -> None:
    background = Background("closed")
    background.close()
    ran: list[None] = []
    failures: list[Exception] = []

    background.run(lambda: ran.append(None), lambda _: None, failures.append)

    qtbot.waitUntil(lambda: len(failures) == 1)
    assert isinstance(failures[0], BackgroundClosed)
    assert ran == []


def test_a_bug_in_the_answer_goes_to_the_exception_hook(
    background: Background, qtbot: QtBot
) -> None:
    def show(answer: int) -> None:
        raise ZeroDivisionError(answer)

    with capture_exceptions() as caught:
        background.run(lambda: 7, show, no_failure)
        qtbot.waitUntil(lambda: len(caught) == 1)

    assert isinstance(caught[0][1], ZeroDivisionError)


def test_the_window_lives_while_the_last_work_ends(qtbot: QtBot) -> None:
    background = Background("slow")
    going_on = threading.Event()
    background.run(lambda: going_on.wait(10), lambda _done: None, lambda _error: None)
    seen: list[bool] = []

    def meanwhile() -> None:
        seen.append(going_on.is_set())
        if len(seen) == 3:
            going_on.set()

    background.close(meanwhile)

    assert seen[:3] == [False] * 3
