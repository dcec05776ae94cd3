"""What was scanned as come home from a school and is not recorded yet, kept for a power cut."""

from typing import Final

from msgspec import Struct

from station.batches import HomeLine
from ui.draft_keeper import Draft, DraftForm

PAPER = "giving"
FORMAT = 1


class BatchHome(Struct, frozen=True):
    """A batch that was begun and laid aside for another."""

    batch: str
    home: tuple[HomeLine, ...]


class PaperDraft(Draft, frozen=True, kw_only=True):
    """A batch beside its signed paper, as far as somebody came."""

    format: int = FORMAT
    batch: str
    home: tuple[HomeLine, ...]
    others: tuple[BatchHome, ...] = ()


PAPER_FORM: Final = DraftForm(PAPER, PaperDraft, FORMAT)
"""How this PC keeps it."""
