"""When rounds go: by themselves, soon, at once, after sleep; one at a time, until closed."""

import threading
from collections.abc import Callable, Iterator
from time import sleep, time
from typing import Any

import pytest

from sync.course import Round
from sync.problems import Offline, ServiceUnavailable
from sync.rounds import Rounds, _Due, _Surroundings

PATIENCE_S = 5.0
NEVER_S = 3_600.0


class Counted:
    """Rounds that end at once, or when they are let go."""

    def __init__(self) -> None:
        self.count, self.at_once, self.most_at_once = 0, 0, 0
        self.result = Round()
        self.let_go = threading.Event()
        self.let_go.set()
        self._changed = threading.Condition()

    def round(self, _due: Callable[[], bool]) -> Round:
        with self._changed:
            self.count += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self._changed.notify_all()
        self.let_go.wait(PATIENCE_S)
        with self._changed:
            self.at_once -= 1
        return self.result

    def wait_for(self, count: int) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.count >= count, PATIENCE_S)


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def begin(counted: Counted) -> Iterator[Callable[..., Rounds]]:
    opened: list[Rounds] = []

    def begin(**said: Any) -> Rounds:
        given: dict[str, Any] = {
            "every_s": NEVER_S,
            "soon_s": NEVER_S,
            "look_s": 0.02,
            "network": lambda: "home",
        }
        opened.append(Rounds(counted.round, stop=counted.let_go.set, **(given | said)))
        opened[-1].start()
        return opened[-1]

    yield begin
    assert all(rounds.close() for rounds in opened)


def test_the_first_round_goes_at_once_and_the_next_by_itself(
    counted: Counted, begin: Callable[..., Rounds]
) -> None:
    begin(every_s=0.05)

    assert counted.wait_for(3)


def test_what_was_recorded_is_sent_soon(counted: Counted, begin: Callable[..., Rounds]) -> None:
    rounds = begin(soon_s=0.05)
    assert counted.wait_for(1)

    rounds.recorded()

    assert counted.wait_for(2)


def test_a_person_need_not_wait(counted: Counted, begin: Callable[..., Rounds]) -> None:
    rounds = begin()
    assert counted.wait_for(1)

    rounds.now()

    assert counted.wait_for(2)


def test_there_are_never_two_at_once_and_what_was_asked_meanwhile_follows(
    counted: Counted, begin: Callable[..., Rounds]
) -> None:
    counted.let_go.clear()
    rounds = begin()
    assert counted.wait_for(1)
    for _ in range(5):
        rounds.now()
    counted.let_go.set()

    assert counted.wait_for(2)
    sleep(0.1)
    assert (counted.count, counted.most_at_once) == (2, 1)


def test_another_network_is_tried_at_once(counted: Counted, begin: Callable[..., Rounds]) -> None:
    networks = ["home"]
    counted.result = Round(problem=Offline())
    begin(network=lambda: networks[-1])
    assert counted.wait_for(1)

    networks.append("school")

    assert counted.wait_for(2)


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_jumps_or_a_sleep_is_noticed_once(
    monkeypatch: pytest.MonkeyPatch, years: int
) -> None:
    surroundings = _Surroundings(lambda: "home")
    later = time() + years * 365 * 86_400
    monkeypatch.setattr("sync.rounds.time", lambda: later)

    assert [surroundings.look(), surroundings.look()] == [True, False]


def test_a_mistake_of_ours_ends_a_round_and_not_all_rounds(
    counted: Counted, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Round] = []
    first = threading.Event()

    def go(due: Callable[[], bool]) -> Round:
        if not first.is_set():
            first.set()
            raise ZeroDivisionError
        return counted.round(due)

    rounds = Rounds(go, ended=told.append, network=lambda: "home", every_s=0.01)
    rounds.start()

    assert counted.wait_for(1)
    assert rounds.close()
    assert told[0].ended == "our_mistake"
    assert "mistake of ours" in caplog.text


def test_closing_ends_a_round_that_waits(counted: Counted, begin: Callable[..., Rounds]) -> None:
    counted.let_go.clear()
    rounds = begin()
    assert counted.wait_for(1)

    assert rounds.close()

    assert counted.let_go.is_set()


def test_after_failures_rounds_come_later_and_later_but_never_rarer_than_usual() -> None:
    due = _Due(every_s=600.0, soon_s=20.0)
    rests = []
    for _ in range(7):
        due.taken()
        due.after(Round(problem=Offline()))
        rests.append(due.left())

    bounds = [30, 60, 120, 240, 480, 600, 600]
    for rest, bound in zip(rests, bounds, strict=True):
        assert bound / 2 - 1 < rest <= bound
    due.taken()
    due.after(Round())
    assert 299 < due.left() <= 600


def test_a_service_that_wants_rest_is_left_alone_whatever_is_recorded() -> None:
    due = _Due(every_s=600.0, soon_s=1.0)
    due.taken()

    due.after(Round(problem=ServiceUnavailable(after_s=2_000.0)))
    due.soon()

    assert due.left() > 1_990
    due.at_once()
    assert due.is_now()
