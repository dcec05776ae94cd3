"""A device's timeline in words: when, what, who, and whether the programme's service knows it."""

from collections.abc import Mapping, Sequence

from station.ports import TimelineRow
from station.reference import Reference
from ui.day_words import day_words, time_words
from ui.event_words import event_words, verdict_words
from ui.timeline import Moment


def timeline_rows(
    rows: Sequence[TimelineRow],
    names: Mapping[str, str],
    notes: Mapping[bytes, str],
    reference: Reference,
) -> tuple[Moment, ...]:
    """The newest first; `names` by operator, `notes` by event."""
    return tuple(_moment(row, names, notes, reference) for row in reversed(rows))


def _moment(
    row: TimelineRow, names: Mapping[str, str], notes: Mapping[bytes, str], reference: Reference
) -> Moment:
    header = row.event.header
    time = day_words(header.occurred.day) if header.occurred else time_words(header.at)
    second = (names.get(row.by, row.by), verdict_words(row.verdict))
    return Moment(
        time,
        event_words(row, reference),
        " · ".join(part for part in second if part),
        notes.get(row.event.hash, ""),
    )
