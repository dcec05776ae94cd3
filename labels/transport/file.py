"""Pages into a folder that something else empties: each whole, none over another."""

import errno
import re
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Final

from labels.transport import MaybePrinted, NothingSent, Readiness, Reason
from station.files import put_file

_LONGEST: Final = 60  # characters of a title in a name
_REFUSALS: Final = {errno.EACCES, errno.EPERM, errno.EROFS}


class File:
    """One folder; it is never made, because a share that is away looks like an empty place."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self._folder, self._suffix = folder, suffix

    def ask(self) -> Readiness:
        """Whether the folder is there."""
        if self._folder.is_dir():
            return Readiness(ready=True)
        return Readiness(ready=False, reason=Reason.UNREACHABLE)

    def send(self, payload: bytes, title: str) -> None:
        """Write one file, under a name that sorts by time and that nothing else has."""
        if not self._folder.is_dir():
            raise NothingSent(Reason.UNREACHABLE, str(self._folder))
        moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        file = self._folder / f"{moment}-{_plain(title)}-{token_hex(4)}{self._suffix}"
        try:
            put_file(file, payload)
        except OSError as error:
            reason = Reason.REFUSED if error.errno in _REFUSALS else Reason.OTHER
            if file.exists():
                raise MaybePrinted(reason, str(error)) from error
            with suppress(OSError):  # the folder may be away by now
                file.with_name(f"{file.name}.new").unlink(missing_ok=True)
            raise NothingSent(reason, str(error)) from error


def _plain(title: str) -> str:
    """Letters and digits that every file system takes."""
    apart = unicodedata.normalize("NFKD", title.replace("đ", "d").replace("Đ", "D"))
    plain = apart.encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain)[:_LONGEST].strip("-").lower() or "page"
