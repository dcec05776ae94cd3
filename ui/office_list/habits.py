"""What the columns of each office's form mean, as somebody put it right on this PC."""

from pathlib import Path

import msgspec
from msgspec import Struct

from station.files import put_file
from ui.office_list.columns import Column, Headed

FILE = "list-columns.json"
MOST_FORMS = 200  # the oldest goes first


class Forms(Struct, frozen=True):
    """By signature of the header."""

    forms: dict[str, dict[Column, int]] = {}


def remembered(folder: Path, headed: Headed) -> dict[Column, int]:
    """The columns as they were last told for this form, else as their headers say."""
    known = _read(folder).forms.get(headed.signature)
    width = len(headed.headers)
    if known is None or any(not 0 <= place < width for place in known.values()):
        return headed.mapped
    return known


def remember(folder: Path, headed: Headed, mapped: dict[Column, int]) -> None:
    """Keep it for the next list of this form."""
    forms = _read(folder).forms
    forms.pop(headed.signature, None)
    kept = {**forms, headed.signature: mapped}
    newest = dict(list(kept.items())[-MOST_FORMS:])
    put_file(folder / FILE, msgspec.json.encode(Forms(newest)))


def _read(folder: Path) -> Forms:
    """A file that cannot be read is a habit that is lost: the headers still speak."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Forms)
    except (OSError, ValueError):
        return Forms()
