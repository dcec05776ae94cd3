"""Which entries of a device are corrected or taken back, as earlier corrections left them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from station import events as e
from station.fold import as_corrected, corrections
from station.ports import TimelineRow
from station.reference import Reference
from station.withdrawing import WITHDRAWABLE, goes_back, standing
from ui.correct_forms import FORMS
from ui.device.timeline_rows import moment_words
from ui.event_words import event_words


@dataclass(frozen=True)
class Correctable:
    """One entry, what it says now, and how a list names it."""

    event: bytes
    said: e.Said
    words: str
    withdrawn: bool = False  # whole: it did not happen


def correctable(
    timeline: Sequence[TimelineRow], code: str, reference: Reference
) -> tuple[Correctable, ...]:
    """What people mistype, then what they do by mistake; of each the newest first."""
    entries = _entries(timeline, code, reference)
    return tuple(sorted(entries, key=lambda entry: entry.withdrawn))


def _entries(
    timeline: Sequence[TimelineRow], code: str, reference: Reference
) -> Iterator[Correctable]:
    replaced = corrections(row.event for row in timeline)
    told = standing([row.event for row in timeline], code)
    for row in reversed(timeline):
        event = row.event
        said = as_corrected(event, replaced)
        if said is None or event not in told:
            continue
        mistyped = type(said) in FORMS
        withdrawn = not mistyped and isinstance(said, WITHDRAWABLE) and goes_back(event, told)
        if mistyped or withdrawn:
            what = event_words(row, reference)
            yield Correctable(event.hash, said, f"{moment_words(row)} · {what}", withdrawn)
