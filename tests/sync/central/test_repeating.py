"""Work beside the answering: again and again, past any failure, and over when the worker ends."""

import logging
from collections.abc import Callable
from threading import Event
from time import monotonic

import pytest

from sync.central.database import DatabaseUnavailable
from sync.central.repeating import repeated

SOON_S = 5.0


class Turns:
    """Counts its turns, and does on each what it was told to."""

    def __init__(self, *does: Callable[[], bool]) -> None:
        self.done, self.enough, self._does = 0, Event(), does

    def __call__(self) -> bool:
        self.done += 1
        if self.done > len(self._does):
            self.enough.set()
            return False
        return self._does[self.done - 1]()


def fails() -> bool:
    raise ZeroDivisionError


def is_down() -> bool:
    raise DatabaseUnavailable


def test_it_goes_on_at_once_where_there_is_more_to_do() -> None:
    turns = Turns(*[lambda: True] * 50)
    began = monotonic()
    with repeated("counting", turns, 0.01):
        assert turns.enough.wait(SOON_S)

    assert monotonic() - began < SOON_S


def test_a_failure_is_logged_and_the_next_turn_comes(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    turns = Turns(fails, is_down)
    with caplog.at_level(logging.WARNING), repeated("counting", turns, 0.01, failed_s=0.01):
        assert turns.enough.wait(SOON_S)

    assert "ZeroDivisionError" in "".join(capfd.readouterr()) + caplog.text
    assert "counting waits" in caplog.text


def test_nothing_is_done_once_the_worker_ended() -> None:
    turns = Turns()
    with repeated("counting", turns, 0.01):
        assert turns.enough.wait(SOON_S)
    done = turns.done

    assert not Event().wait(0.1)
    assert turns.done == done
