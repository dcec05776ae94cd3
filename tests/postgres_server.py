"""A real PostgreSQL of the tests' own: a temporary folder, a Unix socket, nobody else's data."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

OWNER = "postgres"  # PostgreSQL refuses to run as root; Debian's package brings this user
PATIENCE_S = 30


class PostgresServer:
    """A server reached through the socket in its folder; it may be stopped and started again."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        folder = self._folder
        places = ["-D", str(folder / "data"), "-k", str(folder), "-c", "listen_addresses="]
        with (folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                _as_owner(self._programs / "postgres", *places), cwd=folder, stdout=log, stderr=log
            )
        try:
            _wait_until_it_answers(self, self._process, folder / "log")
        except BaseException:
            self.stop()
            raise

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT waits for no connection, SIGQUIT is as if the power went."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None

    def url(self, database: str) -> str:
        """Return the address SQLAlchemy reaches a database by."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self._folder}"

    def connect(self) -> psycopg.Connection:
        """Connect to the server's own database; every statement commits."""
        return psycopg.connect(
            host=str(self._folder), user=OWNER, dbname="postgres", autocommit=True
        )

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """Make an empty database, yield its address and drop it."""
        name = f"test_{uuid4().hex}"
        with self.connect() as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield self.url(name)
        with self.connect() as connection:  # whoever forgot to disconnect is cut off
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def running_server(inside: Path | None = None) -> Iterator[PostgresServer]:
    """Start a server in a folder of its own; stop it and remove the folder afterwards."""
    programs = installed_programs(Path("/usr/lib/postgresql"))
    folder = Path(tempfile.mkdtemp(prefix="station-postgres-", dir=inside))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER, OWNER)
        _initialise(programs, folder)
        server = PostgresServer(programs, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def installed_programs(installations: Path) -> Path:
    """Return the folder of the newest server's programs, as Debian lays them out."""
    found = [initdb.parent for initdb in installations.glob("*/bin/initdb")]
    if not found:
        raise FileNotFoundError(
            "The tests need a PostgreSQL server (Debian package: postgresql); see `make test`"
        )
    return max(found, key=lambda programs: int(programs.parent.name))


def _as_owner(*command: str | Path) -> list[str | Path]:
    """Run a command not as root, and ended with this process even if that is killed."""
    drop = ["--reuid", OWNER, "--regid", OWNER, "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *drop, "--pdeathsig", "INT", *command]


def _initialise(programs: Path, folder: Path) -> None:
    plain = ["--username", OWNER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C"]
    initdb = _as_owner(programs / "initdb", "--pgdata", folder / "data", "--no-sync", *plain)
    subprocess.run(initdb, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _wait_until_it_answers(
    server: PostgresServer, process: subprocess.Popen[bytes], log: Path
) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return server.connect().close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise TimeoutError(f"PostgreSQL did not start: {log.read_text()}") from error
            time.sleep(0.02)
