"""The one place where diagnostics starts another program.

A tool may hang, print without end, or leave children behind. It is given a time and a size, and
when it passes one of them it is killed with all that it started.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import IO

from diagnostics.endings import NotPermitted, SourceMissing, TimedOut, UnreadableReport

LARGEST = 8 * 1024 * 1024  # the log ring of a kernel is the longest that a healthy tool prints
_CHUNK = 64 * 1024
_GRACE_S = 1.0  # for the killed to go; one stuck in a dying disk's driver does not
_ON_WINDOWS = sys.platform == "win32"
_NO_CONSOLE = 0x08000000 if _ON_WINDOWS else 0  # CREATE_NO_WINDOW


@dataclass(frozen=True)
class ToolOutput:
    """What a tool printed. What its exit status means differs from tool to tool."""

    data: bytes
    complaints: str  # what it said on its error output
    status: int  # negative: the signal that ended it

    @property
    def text(self) -> str:
        """What it printed as text; bytes that are no UTF-8 become U+FFFD."""
        return self.data.decode("utf-8", "replace")


def run_tool(command: Sequence[str], limit_s: float, largest: int = LARGEST) -> ToolOutput:
    """Run a program in plain English without input, for so long and for so many bytes.

    Raises SourceMissing, NotPermitted, TimedOut, and UnreadableReport for one that prints more.
    """
    until = monotonic() + limit_s
    process = _started(command)
    pipes = [_Pipe(file, largest) for file in (process.stdout, process.stderr) if file]
    out, complaints = pipes
    try:
        _wait(process, pipes, until)
    finally:
        if process.poll() is None or any(pipe.is_open for pipe in pipes):
            _kill(process, pipes)
    if out.is_full or complaints.is_full:
        raise UnreadableReport(f"{command[0]} printed more than {largest} bytes")
    return ToolOutput(
        bytes(out.data), complaints.data.decode("utf-8", "replace"), process.returncode
    )


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """The program in a group of its own, so that it can be killed with its children."""
    try:
        return subprocess.Popen(  # noqa: S603 -- a fixed list of arguments, no shell
            [_path_of(command[0]), *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            start_new_session=True,  # Windows has none; there the tree is followed
            creationflags=_NO_CONSOLE,
        )
    except FileNotFoundError as error:
        raise SourceMissing(command[0]) from error
    except PermissionError as error:
        raise NotPermitted(command[0]) from error
    except OSError as error:
        raise UnreadableReport(f"{command[0]}: {error.strerror}") from error


def _path_of(tool: str) -> str:
    """Where the tool is. A plain user's PATH leaves out the folder of root's tools beside it."""
    if os.path.dirname(tool):  # noqa: PTH120 -- a Path would drop the "./" that makes it one
        return tool
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    sisters = [str(Path(f).with_name("sbin")) for f in folders if Path(f).name == "bin"]
    found = shutil.which(tool, path=os.pathsep.join([*folders, *sisters]))
    if found is None:
        raise SourceMissing(tool)
    return found


class _Pipe:
    """One output of a tool, read by a thread of its own until it ends or is full."""

    def __init__(self, file: IO[bytes], largest: int) -> None:
        self.data = bytearray()
        self.is_full = False
        self._file = file
        self._largest = largest
        self._ended = Event()
        Thread(target=self._read, name="read a tool", daemon=True).start()

    @property
    def is_open(self) -> bool:
        """Whether more may come."""
        return not self._ended.is_set()

    def wait(self, until: float) -> bool:
        """Whether it ended by then."""
        return self._ended.wait(max(0.0, until - monotonic()))

    def _read(self) -> None:
        try:
            with self._file:
                while chunk := self._file.read(_CHUNK):
                    if len(self.data) + len(chunk) > self._largest:
                        self.is_full = True
                        break
                    self.data += chunk
        finally:
            self._ended.set()


def _wait(process: subprocess.Popen[bytes], pipes: list[_Pipe], until: float) -> None:
    """Until both outputs and the process ended; a full output counts as the end of all."""
    for pipe in pipes:
        if not pipe.wait(until):
            raise TimedOut(str(process.args))
        if pipe.is_full:
            return
    try:
        process.wait(max(0.0, until - monotonic()))
    except subprocess.TimeoutExpired as error:
        raise TimedOut(str(process.args)) from error


def _kill(process: subprocess.Popen[bytes], pipes: list[_Pipe]) -> None:
    """End the tool with all it started, and wait a little for it to be gone."""
    if _ON_WINDOWS:
        kill_tree(process.pid)
    else:
        _kill_group(process.pid)
    until = monotonic() + _GRACE_S
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        return  # it sleeps in the kernel; its reader threads are daemons
    for pipe in pipes:
        pipe.wait(until)


def _kill_group(group: int) -> None:
    """POSIX: the group that `start_new_session` made. Gone already is as good."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def kill_tree(pid: int) -> None:
    """Kill a process and its descendants; for Windows, which has no groups to kill."""
    import psutil  # noqa: PLC0415 -- slow, and needed only where something hangs

    try:
        root = psutil.Process(pid)
        family = [*root.children(recursive=True), root]
    except psutil.NoSuchProcess:
        return
    for process in family:
        try:
            process.kill()
        except psutil.Error:
            continue
