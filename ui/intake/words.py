"""What the intake says of an offer, of what came, and of what was left on the counter."""

import textwrap
from typing import Final

from station.codes import CodeKind, grouped
from station.events import Event
from station.intake import LotIn
from station.ledger import Moment
from station.reference import Reference
from station.words import _, _n
from ui.day_words import left_words
from ui.intake.draft import CounterDraft
from ui.offers.expected import ExpectedLine, items_words

NAME_SHOWN: Final = 60  # characters


def codes_of(answer: Event | LotIn) -> tuple[str, ...]:
    """The codes of what was received, in the order it was listed."""
    return answer.devices if isinstance(answer, LotIn) else (answer.header.subject,)


def is_lot(visit: str) -> bool:
    """Whether a visit is known by a lot's code, or by its only device."""
    return visit[:1] == CodeKind.LOT.letter


def visit_of(answer: Event | LotIn) -> str:
    """What a receipt is printed of."""
    return answer.lot if isinstance(answer, LotIn) else answer.header.subject


def offer_words(line: ExpectedLine, reference: Reference) -> str:
    """What is expected beside what is on the counter."""
    told = [grouped(line.code)]
    if line.items:
        told.append(items_words(line.items, reference))
    if line.received:
        received = _n("{count} received so far", "{count} received so far", line.received)
        told.append(received.format(count=line.received))
    if line.note:
        told.append(f"“{line.note}”")
    return " · ".join(told)


def what_came(answer: Event | LotIn) -> str:
    """Say what was received."""
    if isinstance(answer, Event):
        return _("Received as {code}").format(code=grouped(answer.header.subject))
    count = len(answer.devices)
    told = _n("Lot {lot} received: {count} device", "Lot {lot} received: {count} devices", count)
    return told.format(lot=grouped(answer.lot), count=count)


def short(name: str) -> str:
    """One line of a name: a letter may have been pasted into its field."""
    return textwrap.shorten(name, NAME_SHOWN, placeholder="…")


def draft_words(draft: CounterDraft, now: Moment) -> str:
    """Whose devices lie on the counter since when: "3 devices of Nguyễn Thị Hòa, 14:02"."""
    devices = _n("{count} device", "{count} devices", draft.count).format(count=draft.count)
    when = left_words(draft.at, now.at)
    donor = short(draft.donor.name) if draft.donor else _("a donor without a name")
    return _("Left unfinished at {time}: {devices} of {donor}").format(
        time=when, devices=devices, donor=donor
    )
