"""The one place where diagnostics starts another program."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.endings import NotPermitted, SourceMissing, TimedOut, UnreadableReport

_NO_CONSOLE = 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW


@dataclass(frozen=True)
class ToolOutput:
    """What a tool printed. What its exit status means differs from tool to tool."""

    text: str
    status: int


def run_tool(command: Sequence[str], limit_s: float) -> ToolOutput:
    """Run a program in plain English without input, for at most this long."""
    try:
        finished = subprocess.run(  # noqa: S603 -- a fixed list of arguments, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            timeout=limit_s,
            check=False,
            creationflags=_NO_CONSOLE,
        )
    except FileNotFoundError as error:
        raise SourceMissing(command[0]) from error
    except PermissionError as error:
        raise NotPermitted(command[0]) from error
    except subprocess.TimeoutExpired as error:
        raise TimedOut(command[0]) from error
    except OSError as error:
        raise UnreadableReport(f"{command[0]}: {error.strerror}") from error
    return ToolOutput(finished.stdout.decode("utf-8", "replace"), finished.returncode)
