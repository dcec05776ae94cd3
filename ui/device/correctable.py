"""Which entries of a device may be corrected here, as earlier corrections left them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from station import events as e
from station.fold import as_corrected, corrections
from station.ports import TimelineRow
from station.reference import Reference
from ui.correct_forms import FORMS
from ui.device.timeline_rows import moment_words
from ui.event_words import event_words


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
    replaced = corrections(row.event for row in timeline)
    for row in reversed(timeline):
        event = row.event
        said = as_corrected(event, replaced)
        if said is not None and event.header.subject == code and type(said) in FORMS:
            what = event_words(row, reference)
            yield Correctable(event.hash, said, f"{moment_words(row)} · {what}")
