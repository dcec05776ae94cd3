"""A program that runs for minutes, speaks in lines, and is ended when nobody wants it any more.

What answers at once is asked by `run_tool`. Here the caller looks at the lines as they come, and
can leave at any moment: the program is killed with what it started, and nobody waits for one that
sleeps in a dying disk's driver.
"""

import subprocess
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import IO

from diagnostics.collect import programs

LONGEST_LINE = 64 * 1024


class RunningTool:
    """A started program; a context that ends it. Its input stays open for as long as we live."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = programs.start(
            command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=-1
        )
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        self._ended = False
        Thread(target=self._read, name=f"read {command[0]}", daemon=True).start()

    def __enter__(self) -> "RunningTool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.end()

    def line(self, wait_s: float) -> str | None:
        """The next line, if one comes in this time; `is_over` says whether more can come."""
        if self._ended:
            return None
        try:
            line = self._lines.get(timeout=wait_s)
        except Empty:
            return None
        self._ended = line is None
        return line

    @property
    def is_over(self) -> bool:
        """It said its last line, and that was read."""
        return self._ended

    def status(self, wait_s: float) -> int | None:
        """Its exit status; None while it runs. Negative: the signal that ended it."""
        try:
            return self._process.wait(wait_s)
        except subprocess.TimeoutExpired:
            return None

    def end(self) -> None:
        """Kill it with all it started, without waiting for it to be gone."""
        if self._process.poll() is None:
            programs.kill(self._process)

    def _read(self) -> None:
        output = self._process.stdout
        try:
            while output is not None and (line := output.readline(LONGEST_LINE)):
                self._lines.put(line.decode("utf-8", "replace").rstrip("\r\n"))
        finally:
            self._lines.put(None)
            _close(output)
            _close(self._process.stdin)
            self._process.wait()  # a child that nobody asks for stays as a zombie


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:
        return  # it was broken; closed it is
