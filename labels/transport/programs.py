"""The one place where labels start another program: the print system's own, for a limited time."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 64 * 1024  # characters kept of what a program says; ours say a line or two
_GRACE_S: Final = 1.0


class ProgramMissing(Exception):
    """There is no such program here, or we may not start it."""


class ProgramTimedOut(Exception):
    """It did not end in its time and was killed."""


@dataclass(frozen=True)
class Ended:
    """How a program ended and what it said, in plain English."""

    status: int
    said: str
    complaint: str


def run(command: Sequence[str], limit_s: float, given: bytes = b"") -> Ended:
    """Run a program without a shell. Raises ProgramMissing or ProgramTimedOut."""
    try:
        process = subprocess.Popen(  # noqa: S603 -- a list of arguments, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            start_new_session=True,  # killed with all that it started
        )
    except OSError as error:
        raise ProgramMissing(f"{command[0]}: {error.strerror}") from error
    try:
        said, complaint = process.communicate(given, limit_s)
    except subprocess.TimeoutExpired as error:
        _kill(process)
        raise ProgramTimedOut(command[0]) from error
    return Ended(process.returncode, _text(said), _text(complaint))


def _text(data: bytes) -> str:
    return data[:LARGEST].decode("utf-8", "replace").strip()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End it with all that it started; one that sleeps in the kernel is not waited for."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE_S)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
