"""Papers on their way, as values: what the printing service hands on without knowing how made."""

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from labels.document import Document, Issue  # loads with the first paper

Print = tuple["Document", "Issue"]


class PaperSet(Struct, frozen=True):
    """Papers of one kind, and how often each of their sheets is printed."""

    prints: tuple[Print, ...]
    sheets: int = 1
