"""Which entries of a device may be corrected here, as earlier corrections left them."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from station import events as e
from station.ports import TimelineRow
from station.reference import Reference
from ui.correct_forms import FORMS
from ui.timeline_rows import timeline_rows


@dataclass(frozen=True)
class Correctable:
    """One entry, what it says now, and how a list names it."""

    event: bytes
    said: e.Said
    words: str


def correctable(
    timeline: Sequence[TimelineRow], code: str, reference: Reference
) -> tuple[Correctable, ...]:
    """The entries of this device that people mistype, the newest first."""
    return tuple(_entries(timeline, code, reference))


def _entries(
    timeline: Sequence[TimelineRow], code: str, reference: Reference
) -> Iterator[Correctable]:
    for row in reversed(timeline):
        event = row.event
        if event.said is not None and event.header.subject == code and type(event.said) in FORMS:
            (moment,) = timeline_rows((row,), {}, {}, reference)
            said = _as_corrected(event.hash, event.said, timeline)
            yield Correctable(event.hash, said, f"{moment.time} · {moment.what}")


def _as_corrected(hash_: bytes, said: e.Said, timeline: Sequence[TimelineRow]) -> e.Said:
    for row in timeline:
        later = row.event.said
        if isinstance(later, e.Corrected) and later.target == hash_:
            with suppress(e.InvalidEvent):  # a newer version's field: what we know stands
                said = e.replaced(said, later.fields)
    return said
