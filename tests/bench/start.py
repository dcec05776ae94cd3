"""From the start of a process to a usable window, beside a bare window and an app of our kind."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from tests.bench import big_store
from tests.bench.demo_store import demo_store
from tests.bench.peer_app import PEER, NotInstalled, installed
from tests.figures import Figure

ROUNDS = 5
BARE = (sys.executable, "-m", "tests.bench.bare_window")
_AS_UI_START = (
    "from ui.start import begin_loading; begin_loading();"
    " from tests.bench.app_window import main; main()"
)
DEMO_PASSWORD = "demonstration"


def figures(file: Path, folder: Path, command: str) -> Iterator[Figure]:
    """Medians of several starts, in turns; the memory is the resident set of a whole process.

    Usable: the first page stands and its scan box painted a key.
    """
    big = _app(file, folder, big_store.PASSWORD)
    demo = demo_store(folder / "demo")
    starts = {"bare": BARE, "demo": _app(demo, demo.parent, DEMO_PASSWORD)}
    try:
        starts["peer"] = installed(folder)
    except NotInstalled:
        print(f"{PEER} could not be installed here: no figures of it")  # noqa: T201
    taken = _in_turns(starts | {"big": big})
    yield Figure("start of a bare PySide6 window", taken["bare"][0], "s", None, command)
    yield Figure("start of the demonstration to usable", taken["demo"][0], "s", 0.9, command)
    yield Figure("the same until today's figures stand", taken["demo"][1], "s", None, command)
    yield Figure("start to usable window", taken["big"][0], "s", 1.2, command)
    yield Figure("start until today's figures stand", taken["big"][1], "s", 1.2, command)
    yield Figure("memory of a bare PySide6 window", taken["bare"][-1], "MB", None, command)
    yield Figure("memory with the window open", taken["big"][-1], "MB", 250.0, command)
    if "peer" in taken:
        yield Figure(f"start of {PEER} to its window", taken["peer"][0], "s", None, command)
        yield Figure(f"memory of {PEER} with its window", taken["peer"][-1], "MB", None, command)


def _app(file: Path, folder: Path, password: str) -> Sequence[str]:
    return (sys.executable, "-c", _AS_UI_START, str(file), str(folder), password)


def _in_turns(starts: dict[str, Sequence[str]]) -> dict[str, list[float]]:
    """What each start printed, the middle of several rounds; one more warms the caches."""
    said: dict[str, list[list[float]]] = {name: [] for name in starts}
    for turn in range(ROUNDS + 1):
        for name, command in starts.items():
            printed = _started(command)
            said[name] += [printed] if turn else []
    return {name: [median(each) for each in zip(*rows, strict=True)] for name, rows in said.items()}


def _started(command: Sequence[str]) -> list[float]:
    ran = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""},
    )
    return [float(figure) for figure in ran.stdout.splitlines()[-1].split()]
