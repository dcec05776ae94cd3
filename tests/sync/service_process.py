"""The real service: a process of its own, on a port of loopback, that tests start and kill."""

import os
import subprocess
import sys
from pathlib import Path
from time import time

from sync.central.access import one_time_codes, tokens
from sync.central.access.secrets import beside, make_key_file, opened_secrets, read_key
from sync.central.database import opened
from sync.enrolling import Enrollable, enrol_by_code
from sync.service import CentralService
from tests.postgres_server import PATIENCE_S

ROOT = Path(__file__).parents[2]
YEAR_S = 365.25 * 86_400
UNLIMITED = ("--rate", "1000000", "--tries", "1000000")  # all tests come from one address


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


def _program(*arguments: str, module: str = "sync.central") -> list[str]:
    return [sys.executable, "-W", "error", "-m", module, *arguments]


class ServiceProcess:
    """One running service; started again, it takes the same port."""

    def __init__(self, database: str, log: Path, *more: str, clock_years: int = 0) -> None:
        self.database, self._log, self._port, self._more = database, log, 0, more
        self._clock_years = clock_years
        self.key_file = beside(database) or log.with_name("central-key")
        if not database.startswith("sqlite"):
            make_key_file(self.key_file)
        self.start()

    def start(self) -> None:
        """Start it and wait until it listens."""
        arguments = [*UNLIMITED, "--database", self.database, "--port", str(self._port)]
        if not self.database.startswith("sqlite"):
            arguments += ["--key-file", str(self.key_file)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                _program(*arguments, *self._more, module=self._module),
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
                env=os.environ
                | {
                    "PYTHONUNBUFFERED": "1",
                    "CLOCK_YEARS": str(self._clock_years),
                    "CACHE_DIRECTORY": self.cache,
                },
            )
        if self._process.stdout is None or not (said := self._process.stdout.readline()):
            raise ChildProcessError(f"the service did not start: {self.log()}")
        self.address = said.decode().strip()
        self._port = int(self.address.rpartition(":")[2])

    @property
    def cache(self) -> str:
        """Where it may keep files that can be made again."""
        return str(self._log.parent)

    @property
    def pid(self) -> int:
        """Its number; workers are children of it."""
        return self._process.pid

    def give_code(self, station: int, hours: int = 72) -> str:
        """A one-time code for a point, as the operator of the service gives one."""
        with opened(self.database) as engine:
            own = opened_secrets(engine, read_key(self.key_file))
            return one_time_codes.give(engine, own.codes, station, hours, self._now_s())[0]

    def give_token(self, *scopes: str) -> str:
        """A token for a program of the Department."""
        with opened(self.database) as engine:
            return tokens.give(engine, "program", scopes, 1, self._now_s())

    def enrol(self, store: Enrollable) -> None:
        """Have the chain that a store writes now believed, by a code."""
        station = store.standing().chain.station
        with CentralService(self.address) as service:
            enrol_by_code(store, service, self.give_code(station))

    def _now_s(self) -> int:
        """By the clock of the machine it runs on."""
        return int(time() + self._clock_years * YEAR_S)

    @property
    def _module(self) -> str:
        return "tests.sync.wrong_clock" if self._clock_years else "sync.central"

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
