"""Bytes of a serial scanner into scans, whatever suffix it was set to."""

import re
from typing import Final

MOST: Final = 4096  # bytes without an end; no symbol holds more
_ENDS: Final = re.compile(rb"[\r\n\t\x02\x03]+")  # Enter, Tab, or a frame of STX and ETX


class Frames:
    """Keeps what has no end yet."""

    def __init__(self) -> None:
        self._kept = b""

    def feed(self, data: bytes) -> tuple[str, ...]:
        """The scans that end in these bytes, in their order."""
        *whole, self._kept = _ENDS.split(self._kept + data)
        if len(self._kept) > MOST:
            whole.append(self._kept)
            self._kept = b""
        return tuple(_text(scan) for scan in whole if scan.strip())

    def rest(self) -> tuple[str, ...]:
        """What arrived and was not ended; for a scanner without a suffix, after a pause."""
        kept, self._kept = self._kept, b""
        return (_text(kept),) if kept.strip() else ()


def _text(scan: bytes) -> str:
    return scan.decode("utf-8", errors="replace")
