"""A real CUPS of the tests' own: a temporary folder, a Unix socket, nobody else's printers."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PDF_PRINTER: Final = Path("/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd")
CUPS_PDF: Final = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
PATIENCE_S: Final = 30

_RULES = """\
Listen {folder}/socket
LogLevel debug
WebInterface No
Browsing Off
PreserveJobHistory Yes
<Location />
  Allow all
</Location>
<Location /admin>
  Allow all
</Location>
<Policy default>
  JobPrivateValues none
  <Limit All>
    Allow all
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {folder}
StateDir {folder}/state
CacheDir {folder}/cache
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
"""


class CupsServer:
    """A running CUPS; every program that has `CUPS_SERVER` set to `address` speaks to it."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "socket")

    def add_queue(
        self, name: str, device: str, *, ppd: Path | None = None, options: Sequence[str] = ()
    ) -> str:
        """Add a queue, raw or with a driver's description; its name.

        `socket://127.0.0.1:PORT` with `PDF_PRINTER` hands a listener the finished PDF, in PJL;
        `cups-pdf:/` with `CUPS_PDF` writes it to the user's folder "PDF".
        """
        driver = ["-P", str(ppd)] if ppd else ["-m", "raw"]
        chosen = [word for option in options for word in ("-o", option)]
        self.run("lpadmin", "-p", name, "-v", device, *driver, *chosen, "-E")
        return name

    def run(self, *command: str) -> str:
        """Run one of CUPS' own programs here; what it printed."""
        finished = subprocess.run(
            command,
            env={**os.environ, "CUPS_SERVER": self.address, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=True,
        )
        return finished.stdout

    def jobs(self, which: str = "not-completed") -> list[str]:
        """Which jobs it has, such as `labels-3`: not-completed, completed or all."""
        return [line.split()[0] for line in self.run("lpstat", "-W", which, "-o").splitlines()]


def missing_programs() -> str:
    """Why the tests cannot have a CUPS here; empty where they can."""
    wanted = [name for name in ("cupsd", "lp", "lpstat", "lpadmin") if not _program(name)]
    return f"CUPS is not installed: {', '.join(wanted)}" if wanted else ""


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def running_cups() -> Iterator[CupsServer]:
    """Start a CUPS in a folder of its own; stop it and remove the folder afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="station-cups-"))
    folder.chmod(0o755)  # its filters and backends run as a user of their own
    try:
        _write_settings(folder)
        with _started(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_settings(folder: Path) -> None:
    for name in ("state", "cache", "spool/tmp", "ppd"):
        (folder / name).mkdir(parents=True)
    (folder / "cupsd.conf").write_text(_RULES.format(folder=folder))
    (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))


@contextmanager
def _started(folder: Path) -> Iterator[CupsServer]:
    settings = ["-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    with (folder / "said.log").open("wb") as log:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", _program("cupsd") or "cupsd", "-f", *settings],
            stdout=log,
            stderr=log,
        )
    server = CupsServer(folder)
    try:
        _wait_until_it_answers(server, process, folder)
        yield server
    finally:
        process.terminate()
        process.wait()


def _wait_until_it_answers(
    server: CupsServer, process: subprocess.Popen[bytes], folder: Path
) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while "is running" not in server.run("lpstat", "-r"):
        if process.poll() is not None or time.monotonic() > deadline:
            said = "".join(log.read_text() for log in folder.glob("*.log"))
            raise TimeoutError(f"CUPS did not start: {said[-2000:]}")
        time.sleep(0.05)
