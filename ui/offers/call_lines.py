"""Donors who must be called, with names: read on the store's thread."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from station import events
from station.device import Device, OpenCall
from station.offer import Offer
from station.people import Donor, Text
from station.ports import PointStore
from station.reference import Reference, Table
from station.text import fold
from station.words import _, _n
from ui.coded_words import coded
from ui.day_words import day_words
from ui.device_words import device_name
from ui.offers.expected import donor_of, items_words
from ui.theme import Tone

MOST_TOLD = 4


class CallLine(Struct, frozen=True):
    """One thing one donor must be asked."""

    subject: Device | Offer
    call: OpenCall
    donor: Donor  # nameless where the row is not here

    @property
    def key(self) -> str:
        """Tells it from the other calls."""
        return f"{self.subject.code} {self.call.about}"

    @property
    def due(self) -> date | None:
        """The day to ring; None is at once."""
        return self.call.due

    def holds(self, words: str) -> bool:
        """Whether code, name or phone contain these words, marks ignored."""
        phone = "".join(filter(str.isdigit, self.donor.phone))
        return fold(words) in fold(f"{self.subject.code} {self.donor.name} {phone}")


def read_calls(until: date, store: PointStore) -> tuple[CallLine, ...]:
    """Every call that is due up to a day, the longest due first."""
    lines = (line for subject in store.calls(until) for line in _lines(subject, until, store))
    return tuple(sorted(lines, key=lambda line: line.due or line.call.planned_on or until))


def _lines(subject: Device | Offer, until: date, store: PointStore) -> Iterator[CallLine]:
    donor = donor_of(subject.donor, store)
    for call in subject.calls:
        if call.due is None or call.due <= until:
            yield CallLine(subject, call, donor)


def told_before(key: tuple[str, str], store: PointStore) -> tuple[str, ...]:
    """What was noted of a call so far, the newest first: day, result, and what was written."""
    code, about = key
    told = []
    for row in reversed(store.timeline(code)):
        said = row.event.said
        if isinstance(said, events.CallPlanned | events.CallMade) and said.about == about:
            told.append(_noted(row.event, said, store))
    return tuple(told[:MOST_TOLD])


def _noted(
    event: events.Event, said: events.CallPlanned | events.CallMade, store: PointStore
) -> str:
    content = store.content(said.note.id) if said.note else None
    note = f"“{content.text}”" if isinstance(content, Text) else ""
    if isinstance(said, events.CallPlanned):
        word = _("asked for")
    else:
        word = coded(Table.CALL_RESULTS, said.result, store.reference)
    return " · ".join(filter(None, (day_words(event.header.day), word.lower(), note)))


def about_words(line: CallLine, reference: Reference) -> str:
    """What it is about: the device, or what was announced."""
    if isinstance(line.subject, Device):
        return device_name(line.subject, reference)
    return items_words(line.subject.items, reference)


def topic_words(line: CallLine, reference: Reference) -> str:
    """What to ask."""
    return coded(Table.CALL_TOPICS, line.call.about, reference)


def due_words(line: CallLine, today: date) -> tuple[Tone, str]:
    """When to ring; what is due at once is late from the day after it was asked for."""
    due = line.due or line.call.planned_on
    if due is None or due == today:
        return Tone.WARN, _("today")
    if due < today:
        late = (today - due).days
        told = _n("{count} day late", "{count} days late", late)
        return Tone.FAIL, told.format(count=late)
    return Tone.UNKNOWN, day_words(due)


def tries_words(line: CallLine, reference: Reference) -> str:
    """On how many days nobody was reached, of how many that are tried."""
    most = reference.programme.calls.most_days
    if not line.call.tries:
        return _("not called yet")
    return _("{count} of {most} days in vain").format(count=line.call.tries, most=most)
