"""What was scanned as come home from a school and is not recorded yet, kept for a power cut."""

from datetime import datetime

import msgspec
from msgspec import Struct

from station.batches import HomeLine
from station.ports import PointStore
from ui.draft_keeper import draft_place

PAPER = "giving"
FORMAT = 1  # another number is another version's draft, which nobody can continue


class BatchHome(Struct, frozen=True):
    """A batch that was begun and laid aside for another."""

    batch: str
    home: tuple[HomeLine, ...]


class PaperDraft(Struct, frozen=True, kw_only=True):
    """A batch beside its signed paper, as far as somebody came."""

    format: int = FORMAT
    at: datetime
    batch: str
    home: tuple[HomeLine, ...]
    others: tuple[BatchHome, ...] = ()


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(PaperDraft)


def paper_place() -> str:
    """Under which name this PC keeps it."""
    return draft_place(PAPER)


def found_paper(store: PointStore) -> PaperDraft | None:
    """What this PC held when it stopped; None when it held nothing that can go on."""
    return decode(store.draft(paper_place()))


def encode(draft: PaperDraft) -> bytes:
    """The bytes that are sealed."""
    return _encoder.encode(draft)


def decode(data: bytes | None) -> PaperDraft | None:
    """Read a draft; None where there is none, or one that this version cannot continue."""
    if data is None:
        return None
    try:
        draft = _decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError):
        return None
    return draft if draft.format == FORMAT else None
