"""A saved output as one JSON line: `{"file", "facts"}` or `{"file", "error"}`."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from diagnostics.endings import UnreadableReport
from diagnostics.parse.kinds import Facts

LARGEST = 128 * 1024 * 1024  # what is longer was printed by no tool


def line_of(file: str, parse: Callable[[bytes], Facts]) -> bytes:
    """The line of one file; what cannot be opened or read is an error like any other."""
    try:
        said = {"file": file, "facts": parse(_bytes(Path(file)))}
    except UnreadableReport as unreadable:
        said = {"file": file, "error": str(unreadable)}
    except OSError as error:
        said = {"file": file, "error": f"cannot be opened: {error.strerror}"}
    return msgspec.json.encode(said)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as opened:
        data = opened.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UnreadableReport("the file is longer than any tool's output")
    return data
