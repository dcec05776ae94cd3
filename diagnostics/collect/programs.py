"""The one place where diagnostics starts another program, and ends it with all that it started."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from diagnostics.endings import NotPermitted, SourceMissing, UnreadableReport

_ON_WINDOWS = sys.platform == "win32"
# CREATE_NO_WINDOW, CREATE_NEW_PROCESS_GROUP: Ctrl-C at our terminal is ours to answer
_APART = 0x08000000 | 0x00000200 if _ON_WINDOWS else 0


def tool_path(tool: str) -> str | None:
    """Where the tool is. A plain user's PATH leaves out the folder of root's tools beside it."""
    if os.path.dirname(tool):  # noqa: PTH120 -- a Path would drop the "./" that makes it one
        return None if Path(tool).is_dir() else tool
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    sisters = [str(Path(f).with_name("sbin")) for f in folders if Path(f).name == "bin"]
    return shutil.which(tool, path=os.pathsep.join([*folders, *sisters]))


def start(
    command: Sequence[str], *, stdin: int, stderr: int, bufsize: int
) -> subprocess.Popen[bytes]:
    """A program that speaks plain English, in a group of its own; its output is a pipe.

    Raises SourceMissing, NotPermitted or UnreadableReport.
    """
    path = tool_path(command[0])
    if path is None:
        raise SourceMissing(command[0])
    try:
        return subprocess.Popen(  # noqa: S603 -- a fixed list of arguments, no shell
            [path, *command[1:]],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            bufsize=bufsize,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            start_new_session=True,  # Windows has none; there the tree is followed
            creationflags=_APART,
        )
    except FileNotFoundError as error:
        raise SourceMissing(command[0]) from error
    except PermissionError as error:
        raise NotPermitted(command[0]) from error
    except OSError as error:
        raise UnreadableReport(f"{command[0]}: {error.strerror}") from error


def kill(process: subprocess.Popen[bytes]) -> None:
    """End it with all it started, without waiting for it to be gone."""
    if _ON_WINDOWS:
        kill_tree(process.pid)
    else:
        _kill_group(process.pid)


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
