"""What today's page says of the scanner, from what this PC remembers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from ui.desk import Desk
from ui.scan_check.memory import Tried, read_tried
from ui.scan_check.words import Told, method_ready, scanner_ready
from ui.today.readiness import SCANNER, TYPING, Ready, ReadySource


def scanner_sources(file: Path, desk: Desk) -> tuple[ReadySource, ...]:
    """The two rows; each is asked when the page looks."""

    def row(words: Callable[[Tried, date], Told]) -> Callable[[], Ready]:
        return lambda: Ready(*words(read_tried(file), desk.now().day))

    return (ReadySource(SCANNER, row(scanner_ready)), ReadySource(TYPING, row(method_ready)))
