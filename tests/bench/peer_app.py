"""`vorta`, an app of our kind from the package index, in an environment that is thrown away.

It is what the start of the app is measured beside, and nothing here depends on it.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PEER = "vorta==0.11.6"
PATIENCE_S = 300
_PROGRAM = """
import os, sys
from tests.bench.clock import report
from PyQt6.QtWidgets import QApplication
from vorta import __main__ as program
import vorta.application

def shown():
    app = QApplication.instance()
    app.main_window.repaint()
    app.processEvents()
    report()
    sys.stdout.flush()
    os._exit(0)

vorta.application.VortaApp._alert_missing_borg = lambda _app: None  # it asks for a click
vorta.application.VortaApp.exec = staticmethod(shown)
program.main()
"""


class NotInstalled(Exception):
    """This machine reaches no package index, or has no place for it."""


def installed(folder: Path) -> Sequence[str]:
    """Install it anew; the command that starts it and prints its seconds and megabytes."""
    python = folder / "peer" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    try:
        _run(sys.executable, "-m", "venv", str(folder / "peer"))
        _run(str(python), "-m", "pip", "install", "--quiet", PEER)
    except (OSError, subprocess.SubprocessError) as error:
        raise NotInstalled(PEER) from error
    return (str(python), "-c", _PROGRAM, "-D", str(folder / "peer-data"))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
