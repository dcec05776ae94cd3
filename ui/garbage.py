"""Garbage is collected on the window's thread alone: a widget that dies on another takes Qt down.

Python collects cycles on whatever thread allocates, the store's among them.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000


def keep_what_was_loaded() -> None:
    """What a start made lives as long as the app: no collection looks at it again.

    Else each full one would keep the window for as long as it takes to walk through every module.
    """
    gc.freeze()


class GarbageCollector(QObject):
    """Takes over from Python's own collector, by Python's own thresholds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start(EVERY_MS)


def collect_what_is_due() -> int | None:
    """Collect the oldest generation that is over its threshold; tell which, None for none."""
    counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, most) in enumerate(counts) if count > most]
    if not due:
        return None
    gc.collect(due[-1])
    return due[-1]
