"""Where the office's own words of papers lie, and whether they are used now."""

from pathlib import Path
from typing import Final

FOLDER: Final = "paper-words"


class Office:
    """Its words hold until somebody says, before a fault in them, that the shipped ones may do."""

    def __init__(self, data: Path) -> None:
        self.home = data / FOLDER
        self._shipped = False

    @property
    def folder(self) -> Path | None:
        """Where `make` looks for changed words; None: the shipped ones are used."""
        return None if self._shipped else self.home

    def use_shipped(self) -> None:
        """Until the program ends, or the words are saved anew."""
        self._shipped = True

    def use_own(self) -> None:
        """Somebody put them right."""
        self._shipped = False
