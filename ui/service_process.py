"""The central service as a process of its own on loopback, for the demonstration."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment

from station.store.engine import sqlite_url

START_MS = 20_000
STOP_MS = 5_000


class NoService(Exception):
    """The service did not start."""

    code = "no_service"


class ServiceProcess:
    """Starts `python -m sync.central` on a free port; `stop` ends it."""

    def __init__(self, database: Path) -> None:
        self._process = QProcess()
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        self._process.setProcessEnvironment(environment)
        self._database = database

    def start(self) -> str:
        """The service's address, once it listens; raises NoService."""
        self._database.parent.mkdir(parents=True, exist_ok=True)
        arguments = ["-m", "sync.central", "serve", "--port", "0", "--database"]
        self._process.start(sys.executable, [*arguments, sqlite_url(self._database)])
        if not self._process.waitForReadyRead(START_MS):
            raise NoService(bytes(self._process.readAllStandardError().data()).decode())
        return bytes(self._process.readLine().data()).decode().strip()

    def one_time_code(self, station: int) -> str:
        """The code that the Department gives a point, as its command prints it."""
        said = self._command("code", "--station", str(station))
        return said.partition("(")[0].replace(" ", "")  # behind it: whose it is, and until when

    def publish(self, station: int, kind: str, name: str, file: Path) -> None:
        """Publish a document for a point."""
        of = ("--station", str(station), "--kind", kind, "--id", name)
        self._command("document", *of, "--file", str(file))

    def _command(self, *arguments: str) -> str:
        """What a command of the service prints; raises NoService."""
        process = QProcess()
        database = ("--database", sqlite_url(self._database))
        process.start(sys.executable, ["-m", "sync.central", *arguments, *database])
        if not process.waitForFinished(START_MS) or process.exitCode():
            raise NoService(bytes(process.readAllStandardError().data()).decode())
        return bytes(process.readAllStandardOutput().data()).decode()

    def stop(self) -> None:
        """End it as an operator would."""
        self._process.terminate()
        if not self._process.waitForFinished(STOP_MS):
            self._process.kill()
            self._process.waitForFinished(STOP_MS)
