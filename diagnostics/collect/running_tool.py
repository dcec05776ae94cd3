"""A program that runs for minutes, speaks in lines, and is ended when nobody wants it any more.

What answers at once is asked by `run_tool`. Here the caller looks at the lines as they come, and
can leave at any moment: the program is killed with what it started, and nobody waits for one that
sleeps in a dying disk's driver.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import IO

from diagnostics.endings import NotPermitted, SourceMissing, UnreadableReport

_NO_CONSOLE = 0x08000000 | 0x00000200  # CREATE_NO_WINDOW, CREATE_NEW_PROCESS_GROUP
_ROOTS_FOLDERS = () if sys.platform == "win32" else ("/usr/sbin", "/sbin")
LONGEST_LINE = 64 * 1024


class RunningTool:
    """A started program; a context that ends it. Its input stays open for as long as we live."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = _started(command)
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
        if self._process.poll() is not None:
            return
        if sys.platform == "win32":
            self._process.kill()
        else:
            _kill_group(self._process.pid)

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


def tool_path(tool: str) -> str | None:
    """Where the tool is; a plain user's PATH leaves out the folders of root's tools."""
    folders = [os.environ.get("PATH", os.defpath), *_ROOTS_FOLDERS]
    return shutil.which(tool, path=os.pathsep.join(folders))


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """In a group of its own: Ctrl-C at our terminal is ours to answer."""
    path = tool_path(command[0])
    if path is None:
        raise SourceMissing(command[0])
    try:
        return subprocess.Popen(  # noqa: S603 -- a fixed list of arguments, no shell
            [path, *command[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            start_new_session=True,
            creationflags=_NO_CONSOLE if sys.platform == "win32" else 0,
        )
    except FileNotFoundError as error:
        raise SourceMissing(command[0]) from error
    except PermissionError as error:
        raise NotPermitted(command[0]) from error
    except OSError as error:
        raise UnreadableReport(f"{command[0]}: {error.strerror}") from error


def _kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # gone already


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:
        return  # it was broken; closed it is
