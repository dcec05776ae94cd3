"""A device's timeline in words: when, what, who, and whether the programme's service knows it."""

from collections.abc import Mapping, Sequence

from station.fold import POINT
from station.ports import TimelineRow
from station.reference import Reference
from ui.coded_words import place_word
from ui.day_words import day_words, time_words
from ui.event_words import event_words, verdict_words
from ui.timeline import Moment


def timeline_rows(
    rows: Sequence[TimelineRow],
    names: Mapping[str, str],
    notes: Mapping[bytes, str],
    reference: Reference,
    station: int,
) -> tuple[Moment, ...]:
    """The newest first; `names` by operator of this point, `notes` by event."""
    return tuple(
        Moment(
            moment_words(row),
            event_words(row, reference),
            _second(row, names, reference, station),
            notes.get(row.event.hash, ""),
        )
        for row in reversed(rows)
    )


def moment_words(row: TimelineRow) -> str:
    """The day it speaks of, where it was entered later; else when it was recorded."""
    header = row.event.header
    return day_words(header.occurred.day) if header.occurred else time_words(header.at)


def _second(row: TimelineRow, names: Mapping[str, str], reference: Reference, station: int) -> str:
    """Who recorded it and what the service said; of another point only which one it is.

    Its operators have ids like ours, and no names here. That it came says that it was sent.
    """
    header = row.event.header
    if header.chain.station != station:
        return place_word(f"{POINT}{header.chain.station:03d}", reference, header.day)
    said = (names.get(row.by, row.by), verdict_words(row.verdict))
    return " · ".join(part for part in said if part)
