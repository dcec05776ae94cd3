"""The main PC's own PostgreSQL: a folder of data and a server that the app founds and starts.

Nobody installs or administers anything: the programs lie beside the app, the server runs under the
account that works here, and it goes on when the window is closed, as other PCs work with it.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from station.files import put_file
from station.ports import StoreProblem
from station.store.shared.certificate import Certificate
from station.store.shared.passes import DATABASE, ROLE

if TYPE_CHECKING:
    from psycopg import Connection

HERE = "127.0.0.1"
OWNER = "keeper"  # founds the role that everybody works as; nobody keeps its password
ROOTS_STANDIN = "postgres"  # PostgreSQL refuses to run as root; its package brings this account
PORTS = range(
    15_432, 15_532
)  # outside what systems hand out by themselves; the lowest that is free
TRIES = 5
PATIENCE_S = 60
STEP_S = 0.2
DONE = "founded"  # written last: a folder without it was never used
HIDDEN = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # else Windows opens a black window

SETTINGS = """
listen_addresses = '*'
include = 'port.conf'
max_connections = 60
shared_buffers = 64MB
unix_socket_directories = ''
password_encryption = scram-sha-256
ssl = on
ssl_min_protocol_version = 'TLSv1.3'
log_min_error_statement = panic
log_min_duration_statement = -1
logging_collector = on
log_directory = 'log'
log_filename = 'server-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
"""
"""What a statement says may be a donor's sealed row: no statement is ever logged."""

WHO_MAY = f"""
hostssl {DATABASE} {ROLE} samenet scram-sha-256
hostssl {DATABASE} {ROLE} {HERE}/32 scram-sha-256
hostssl postgres {OWNER} {HERE}/32 scram-sha-256
"""
"""The local network alone, sealed on the line, and nobody without a password."""


CUT_OFF = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE usename = current_user AND pid <> pg_backend_pid()"
)


class NoServerPrograms(StoreProblem):
    """PostgreSQL is not on this PC."""

    code = "no_server_programs"


class ServerDoesNotStart(StoreProblem):
    """Its programs ended with a mistake; the text is theirs."""

    code = "server_does_not_start"


class Founded(Struct, frozen=True):
    """How a new server is reached."""

    port: int
    password: str


def find_programs() -> Path | None:
    """The folder of PostgreSQL's programs: beside the app, else the newest that is installed."""
    name = "initdb.exe" if sys.platform == "win32" else "initdb"
    for folder in _where_programs_lie():
        if (folder / name).is_file():
            return folder
    return None


def _where_programs_lie() -> Iterable[Path]:
    for beside in (Path(sys.executable).parent, Path(sys.prefix)):
        yield beside / "postgresql" / "bin"
        yield beside / "pgsql" / "bin"
    installed = Path(os.environ.get("PROGRAMFILES", "/usr/lib"))
    for folder in (installed / "PostgreSQL", installed / "postgresql"):
        yield from sorted(folder.glob("*/bin"), key=_version, reverse=True)
    if on_path := shutil.which("pg_ctl"):
        yield Path(on_path).resolve().parent


def _version(programs: Path) -> int:
    return int("".join(filter(str.isdigit, programs.parent.name.partition(".")[0])) or 0)


class Cluster:
    """One server of one point, in a folder of its own."""

    def __init__(self, folder: Path, programs: Path | None = None) -> None:
        self.folder = folder.resolve()
        self._data = self.folder / "data"
        self._programs = programs or find_programs()

    def is_founded(self) -> bool:
        """Whether this PC has a server that came into use."""
        return (self.folder / DONE).exists()

    def found(self, certificate: Certificate) -> Founded:
        """Make a new server and start it. What an earlier try left behind is thrown away.

        A server that was in use is put aside instead, in case its data is all that is left.

        Raises NoServerPrograms or ServerDoesNotStart.
        """
        self.stop()
        if self.is_founded():
            self.folder.replace(_unused_name(self.folder))
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._give_to_standin()
        once, password = new_password(), new_password()
        self._initialise(once)
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(SETTINGS)
        (self._data / "pg_hba.conf").write_text(WHO_MAY, encoding="utf-8")
        (self._data / "server.crt").write_bytes(certificate.public)
        _write_private(self._data / "server.key", certificate.private)
        port = self._start_somewhere()
        _make_database(port, once, password)
        return Founded(port, password)

    def _start_somewhere(self) -> int:
        """The first port that is free; another program may take it at this very moment."""
        failed: Exception = ServerDoesNotStart()
        for port in islice(filter(_is_free, PORTS), TRIES):
            (self._data / "port.conf").write_text(f"port = {port}\n", encoding="utf-8")
            self._give_to_standin()
            try:
                self.start()
            except ServerDoesNotStart as error:
                failed = error
            else:
                return port
        raise failed

    def note_founded(self) -> None:
        """From now on its folder is never thrown away."""
        put_file(self.folder / DONE, b"")

    def start(self) -> None:
        """Let it run; one that runs goes on. Raises NoServerPrograms or ServerDoesNotStart."""
        if not self.is_running():
            self._pid_file.unlink(missing_ok=True)  # of before a power cut
            log = str(self.folder / "start.log")
            self._run("pg_ctl", "start", "-w", "-t", str(PATIENCE_S), "-D", self._data, "-l", log)

    def stop(self) -> None:
        """End it; whoever is connected is cut off after what he is doing.

        One whose founding was killed cannot be told to stop: it ends by itself a moment later.
        """
        until = time.monotonic() + PATIENCE_S
        how = ("-w", "-t", str(PATIENCE_S), "-m", "fast", "-D", self._data)
        while self._data.is_dir() and self.is_running():
            if self._ended("pg_ctl", "stop", *how) == 0:
                return
            if time.monotonic() > until:
                raise ServerDoesNotStart(self._said())
            time.sleep(STEP_S)

    def is_running(self) -> bool:
        """Whether its server runs on this PC; raises NoServerPrograms."""
        return self._ended("pg_ctl", "status", "-D", self._data) == 0 and self._is_ours()

    @property
    def _pid_file(self) -> Path:
        return self._data / "postmaster.pid"

    def _is_ours(self) -> bool:
        """Whether the process that runs under the noted number works in our folder.

        After a power cut the number often is another program's. PostgreSQL would take that for its
        server: never start, and end the other one when it is told to stop. On Windows it asks by a
        name that a server alone has.
        """
        try:
            number = int(self._pid_file.read_text(encoding="utf-8").partition("\n")[0])
            return Path(f"/proc/{number}/cwd").readlink() == self._data
        except (OSError, ValueError):
            return True

    def _initialise(self, password: str) -> None:
        """The password is good for the founding alone, and its file gone when this returns."""
        file = self.folder / "once"
        _write_private(file, password.encode())
        self._give_to_standin()
        try:
            plain = ("--encoding=UTF8", "--locale=C", "--data-checksums", "--auth=scram-sha-256")
            who = (f"--username={OWNER}", f"--pwfile={file}")
            self._run("initdb", "-D", self._data, *plain, *who)
        finally:
            file.unlink(missing_ok=True)

    def _run(self, program: str, *arguments: str | Path) -> None:
        if self._ended(program, *arguments) != 0:
            raise ServerDoesNotStart(self._said())

    def _ended(self, program: str, *arguments: str | Path) -> int:
        """What it says goes to a file: a server that holds a pipe would never let go of it."""
        if self._programs is None:
            raise NoServerPrograms
        said = self.folder / "programs.log"
        self.folder.mkdir(parents=True, exist_ok=True)
        with said.open("wb") as output:
            ran = subprocess.run(  # noqa: S603 -- PostgreSQL's own programs, by their full path
                [self._programs / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                creationflags=HIDDEN,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
                **_standin(),
            )
        return ran.returncode

    def _said(self) -> str:
        """The last words of its programs, for the log."""
        texts = (self.folder / "programs.log", self.folder / "start.log")
        return " ".join(
            file.read_text("utf-8", "replace")[-400:] for file in texts if file.exists()
        )

    def _give_to_standin(self) -> None:
        if _standin():
            for path in (self.folder, *self.folder.rglob("*")):
                shutil.chown(path, ROOTS_STANDIN, ROOTS_STANDIN)


def _unused_name(folder: Path) -> Path:
    numbered = (folder.with_name(f"{folder.name}.{number}") for number in count(1))
    return next(name for name in numbered if not name.exists())


def _standin() -> dict[str, Any]:
    """As whom the server runs where the app runs as root: in a container, say."""
    if os.name == "posix" and os.geteuid() == 0:
        return {"user": ROOTS_STANDIN, "group": ROOTS_STANDIN, "extra_groups": []}
    return {}


def _write_private(file: Path, content: bytes) -> None:
    file.touch(mode=0o600)
    file.write_bytes(content)


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("", port))
        except OSError:
            return False
    return True


def new_password() -> str:
    """Nobody ever types it."""
    return secrets.token_hex(32)


def change_password(port: int, old: str, new: str) -> None:
    """Cut everybody off, and lock out whoever holds the old one; again where it was done before."""
    import psycopg  # noqa: PLC0415 -- most PCs have their store in a file
    from psycopg.sql import SQL, Identifier, Literal  # noqa: PLC0415 -- the same

    try:
        connected = _connected(port, ROLE, old, DATABASE)
    except psycopg.OperationalError:
        connected = _connected(port, ROLE, new, DATABASE)
    with connected as connection:
        connection.execute(SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(ROLE), Literal(new)))
        connection.execute(CUT_OFF)


def _make_database(port: int, once: str, password: str) -> None:
    from psycopg.sql import SQL, Identifier, Literal  # noqa: PLC0415 -- the main PC's alone

    role, database = Identifier(ROLE), Identifier(DATABASE)
    made = SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, Literal(password))
    with _connected(port, OWNER, once, "postgres") as connection:
        connection.execute(made)
        connection.execute(SQL("CREATE DATABASE {} OWNER {}").format(database, role))


def _connected(port: int, user: str, password: str, database: str) -> "Connection":
    import psycopg  # noqa: PLC0415 -- most PCs have their store in a file

    return psycopg.connect(
        host=HERE, port=port, user=user, password=password, dbname=database, autocommit=True
    )
