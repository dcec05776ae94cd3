"""Asking another program that answers at once.

A tool may hang, print without end, or leave children behind. It is given a time and a size, and
when it passes one of them it is killed with all that it started.
"""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic
from typing import IO

from diagnostics.collect import programs
from diagnostics.endings import TimedOut, UnreadableReport

LARGEST = 8 * 1024 * 1024  # the log ring of a kernel is the longest that a healthy tool prints
_CHUNK = 64 * 1024
_GRACE_S = 1.0  # for the killed to go; one stuck in a dying disk's driver does not


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
    process = programs.start(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, bufsize=0)
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
    programs.kill(process)
    until = monotonic() + _GRACE_S
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        return  # it sleeps in the kernel; its reader threads are daemons
    for pipe in pipes:
        pipe.wait(until)
