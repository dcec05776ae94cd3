"""Trying again: after a while that grows and differs from point to point, and only what may pass.

What a busy line or service refuses now may go through in a moment. What the service says no to, or
what cannot be read, will be the same in a moment: nobody repeats it.
"""

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    sleep_using_event,
    stop_after_attempt,
    wait_random_exponential,
)

from sync.problems import Offline, ServiceUnavailable, Stopped

MAY_PASS = (Offline, ServiceUnavailable)
TRIES = 6  # in a row, of the same thing
FIRST_S, LONGEST_S = 1.0, 30.0

T = TypeVar("T")


def asked_to_wait(error: BaseException | None) -> float:
    """How many seconds the service wants to be left alone."""
    return (error.after_s or 0.0) if isinstance(error, ServiceUnavailable) else 0.0


class Retries:
    """Implements `sync.push.Patience`; every wait ends at once when the event is set.

    The waits are drawn from a span that doubles ("full jitter"): fifty points that lost the same
    service do not come back in the same second.
    """

    def __init__(
        self,
        stop: Event,
        *,
        tries: int = TRIES,
        first_s: float = FIRST_S,
        longest_s: float = LONGEST_S,
    ) -> None:
        self._stop = stop
        self._jitter = wait_random_exponential(multiplier=first_s, max=longest_s)
        self._longest_s = longest_s
        self._retrying = Retrying(
            sleep=sleep_using_event(stop),
            stop=stop_after_attempt(tries),
            wait=self._wait,
            retry=retry_if_exception(self._passes_soon),
            before=self._unless_stopped,
            reraise=True,
        )

    def __call__(self, do: Callable[[], T]) -> T:
        """Do it until it passes; raises what the last try ended with, or Stopped."""
        return self._retrying(do)

    def _wait(self, tried: RetryCallState) -> float:
        """As long as the service asked for, when that is longer."""
        return max(
            self._jitter(tried), asked_to_wait(tried.outcome.exception() if tried.outcome else None)
        )

    def _passes_soon(self, error: BaseException) -> bool:
        """A service that wants a long rest is left alone until the next round."""
        return isinstance(error, MAY_PASS) and asked_to_wait(error) <= self._longest_s

    def _unless_stopped(self, _tried: RetryCallState) -> None:
        if self._stop.is_set():
            raise Stopped
