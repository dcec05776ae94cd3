"""Where the app keeps its files."""

from pathlib import Path
from typing import Final

PAPER_WORDS: Final = "paper-words"  # the office's own words of papers, within the data


class Places:
    """Where the app keeps its files beside the store."""

    def __init__(self, data: Path, state: Path, settings: Path | None = None) -> None:
        self.reports, self.papers, self.state = data / "reports", data / "papers", state
        self.data = data
        self.settings = settings or data / "settings.json"
