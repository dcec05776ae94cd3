"""All facts of this machine without a test, beside what others take for theirs, in one run."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from tests.figures import Figure

ROUNDS = 9
SLOW_ROUNDS = 3  # of what takes seconds
MEMORY = "peak memory of the diagnosis without a window"
_OURS = (sys.executable, "-m", "diagnostics", "run", "--json")
_INXI = ("inxi", "-Fxxx", "-c0")
_HWINFO = ("hwinfo", "--short")
_PROGRAM = (
    "import sys\n"
    "from diagnostics.__main__ import main\n"
    "main(['run', '--json'])\n"
    "with open('/proc/self/status') as said:\n"
    "    print(*(line.split()[1] for line in said if 'VmHWM' in line), file=sys.stderr)\n"
)


def figures(command: str) -> Iterator[Figure]:
    """Medians in turns; a program that this machine does not have is left out."""
    if sys.platform != "linux":
        return  # nobody there has these tools
    ours, inxi, raw = [], [], []
    for _ in range(ROUNDS):
        ours.append(_took([_OURS]))
        raw.append(_took(_raw_tools()))
        inxi += [_took([_INXI])] if shutil.which("inxi") else []
    facts, tools = median(ours), median(raw)
    yield Figure("full facts of this machine, whole process", facts, "s", None, command)
    yield Figure("raw tools side by side", tools, "s", None, command)
    yield Figure("full facts beyond the raw tools", facts - tools, "s", 0.5, command)
    if inxi:
        yield Figure("inxi -Fxxx", median(inxi), "s", None, command)
        yield Figure("full facts as a share of inxi", facts / median(inxi), "x", 1.0, command)
    if shutil.which("hwinfo"):
        hwinfo = median(_took([_HWINFO]) for _ in range(SLOW_ROUNDS))
        yield Figure("hwinfo --short", hwinfo, "s", None, command)
        yield Figure("full facts as a share of hwinfo", facts / hwinfo, "x", None, command)
    yield Figure(MEMORY, _peak_mb(), "MB", 120.0, command)


def _raw_tools() -> list[tuple[str, ...]]:
    """What no program can do without: the tables, the disks, and each disk's health."""
    disks = [disk.name for disk in Path("/sys/block").iterdir() if (disk / "device").exists()]
    return [
        ("dmidecode",),
        ("lsblk", "--json", "--bytes", "--output-all"),
        *(("smartctl", "-j", "-x", f"/dev/{name}") for name in sorted(disks)),
    ]


def _took(commands: Sequence[Sequence[str]]) -> float:
    """Seconds until the last of these, begun together, has ended."""
    begun = time.perf_counter()
    running = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
        if shutil.which(command[0])
    ]
    for process in running:
        process.wait(120)
    return time.perf_counter() - begun


def _peak_mb() -> float:
    """As the program itself sees it at its end."""
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        capture_output=True,
        check=True,
        timeout=120,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )
    return int(ended.stderr.split()[-1]) * 1024 / 1e6
