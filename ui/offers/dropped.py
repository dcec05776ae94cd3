"""A list that is dropped on a page: one file of a kind that lists have."""

from pathlib import Path
from typing import Final

from PySide6.QtGui import QDropEvent

SUFFIXES: Final = (".xlsx", ".xlsm", ".csv", ".txt", ".tsv", ".xls")


def dropped_list(event: QDropEvent) -> Path | None:
    """The file; None for several, or for another kind."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    named = [file for file in files if file.suffix.lower() in SUFFIXES]
    return named[0] if len(named) == 1 else None
