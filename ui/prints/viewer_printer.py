"""The printer of a point that set none up: the PDF is kept, the system's own viewer prints it."""

import re
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from labels.transport import NothingSent, Readiness, Reason

KEPT_DAYS = 7
LONGEST_NAME = 80  # characters; Windows takes 260 for the whole path
MOST_OF_A_NAME = 10_000
NO_FILE_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


class ViewerPrinter(QObject):
    """A transport: what it "prints" lies in a folder, under a name that overwrites no other."""

    kept = Signal(object)  # Path

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def ask(self) -> Readiness:
        """A folder says nothing of itself."""
        return Readiness(ready=None)

    def send(self, payload: bytes, title: str) -> None:
        """Keep the PDF; raises NothingSent."""
        try:
            file = _put(self._folder, _file_name(title), payload)
        except OSError as error:
            raise NothingSent(Reason.OTHER, error.strerror or str(error)) from error
        self.kept.emit(file)


def forget_old_papers(folder: Path) -> None:
    """Papers name people and can be printed again from the ledger: none stays for long."""
    oldest = time.time() - KEPT_DAYS * 86_400
    for file in folder.glob("*.pdf"):
        with suppress(OSError):  # a viewer may hold it open: the next time will do
            if file.stat().st_mtime < oldest:
                file.unlink()


def _file_name(title: str) -> str:
    named = title.rpartition(" (")[0] or title  # the queue's own number says nothing to people
    return NO_FILE_NAME.sub(" ", named)[:LONGEST_NAME].strip(" .") or "print"


def _put(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    forget_old_papers(folder)
    for number in range(1, MOST_OF_A_NAME):
        file = folder / f"{name}-{number}.pdf"
        try:
            file.touch(mode=0o600, exist_ok=False)  # minutes name a pupil
        except FileExistsError:
            continue
        file.write_bytes(content)
        return file
    raise FileExistsError(str(folder / name))
