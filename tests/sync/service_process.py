"""The real service: a process of its own, on a port of loopback, that tests start and kill."""

import os
import subprocess
import sys
from pathlib import Path

from tests.postgres_server import PATIENCE_S

ROOT = Path(__file__).parents[2]


def command(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run `python -m sync.central` in a folder, to its end."""
    return subprocess.run(
        _program(*arguments),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def _program(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "sync.central", *arguments]


class ServiceProcess:
    """One running service; started again, it takes the same port."""

    def __init__(self, database: str, log: Path) -> None:
        self._database, self._log, self._port = database, log, 0
        self.start()

    def start(self) -> None:
        """Start it and wait until it listens."""
        arguments = ("--database", self._database, "--port", str(self._port))
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                _program(*arguments),
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )
        if self._process.stdout is None or not (said := self._process.stdout.readline()):
            raise ChildProcessError(f"the service did not start: {self.log()}")
        self.address = said.decode().strip()
        self._port = int(self.address.rpartition(":")[2])

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self._process.kill()
        self._ended()

    def stop(self) -> None:
        """Ask it to end."""
        self._process.terminate()
        self._ended()

    def log(self) -> str:
        """What it logged so far."""
        return self._log.read_text()

    def _ended(self) -> None:
        self._process.wait(PATIENCE_S)
        if self._process.stdout:
            self._process.stdout.close()
