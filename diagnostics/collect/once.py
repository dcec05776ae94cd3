"""A slow question that several sources ask at the same time."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from diagnostics.endings import ReadingFailed

T = TypeVar("T")


class Once(Generic[T]):
    """A question that is asked once and answered to all; another exception is asked for again."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._lock = Lock()
        self._answers: list[T] = []
        self._failure: ReadingFailed | None = None

    def __call__(self) -> T:
        """The answer, or the same failure again."""
        with self._lock:
            if not self._answers and self._failure is None:
                self._try()
            if self._failure is not None:
                raise type(self._failure)(*self._failure.args)
            return self._answers[0]

    def _try(self) -> None:
        try:
            self._answers.append(self._ask())
        except ReadingFailed as failed:
            self._failure = failed
