"""Trying again: only what may pass, later each time, and not a moment longer than wanted."""

from threading import Event, Timer
from time import monotonic

import pytest

from sync.problems import Offline, ServiceRefused, ServiceUnavailable, Stopped, TimedOut
from sync.retry import Retries, asked_to_wait


class Failing:
    """Fails so and so often, then says how often it was tried."""

    def __init__(self, *problems: Exception) -> None:
        self._problems, self.tries = list(problems), 0

    def __call__(self) -> int:
        self.tries += 1
        if self._problems:
            raise self._problems.pop(0)
        return self.tries


def retries(stop: Event | None = None, tries: int = 4, longest_s: float = 0.05) -> Retries:
    return Retries(stop or Event(), tries=tries, first_s=0.001, longest_s=longest_s)


def test_what_may_pass_is_tried_until_it_does() -> None:
    assert retries()(Failing(Offline(), TimedOut(), ServiceUnavailable())) == 4


def test_after_so_many_tries_the_last_problem_is_told() -> None:
    failing = Failing(*[Offline(str(number)) for number in range(9)])

    with pytest.raises(Offline, match="3"):
        retries()(failing)

    assert failing.tries == 4


def test_a_no_is_not_asked_for_twice() -> None:
    failing = Failing(ServiceRefused("changed_event", 3))

    with pytest.raises(ServiceRefused):
        retries()(failing)

    assert failing.tries == 1


def test_a_service_is_left_alone_as_long_as_it_asks() -> None:
    began = monotonic()

    assert retries(longest_s=0.3)(Failing(ServiceUnavailable(after_s=0.2))) == 2

    assert monotonic() - began >= 0.2


def test_a_long_rest_is_left_to_the_next_round() -> None:
    failing = Failing(ServiceUnavailable(after_s=60.0))

    with pytest.raises(ServiceUnavailable) as told:
        retries()(failing)

    assert (failing.tries, asked_to_wait(told.value)) == (1, 60.0)


def test_a_wait_ends_at_once_when_somebody_stops() -> None:
    stop = Event()
    Timer(0.1, stop.set).start()
    began = monotonic()

    with pytest.raises(Stopped):
        retries(stop, longest_s=60.0)(Failing(ServiceUnavailable(after_s=30.0)))

    assert monotonic() - began < 5.0


def test_nothing_is_begun_once_stopped() -> None:
    stop, failing = Event(), Failing()
    stop.set()

    with pytest.raises(Stopped):
        retries(stop)(failing)

    assert failing.tries == 0
