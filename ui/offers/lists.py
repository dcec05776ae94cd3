"""The two lists of the page: who is expected, and who must be called."""

from collections.abc import Callable
from datetime import date

from station.offer import Offer
from station.reference import Reference, Table
from station.words import _, _n
from ui.cards import EmptyState
from ui.coded_words import coded
from ui.day_words import day_words
from ui.line_list import LineList
from ui.line_table import Column
from ui.offers.acts import state_words
from ui.offers.call_lines import CallLine, due_words, topic_words, tries_words
from ui.offers.expected import ExpectedLine, items_words
from ui.theme import Tone

Today = Callable[[], date]
SHORT_DAYS = 180


def arrivals_list(reference: Reference, today: Today) -> LineList[ExpectedLine]:
    """Who is expected, by day."""
    columns = (
        Column[ExpectedLine](
            _("Day"),
            lambda line: day_line(line.offer, reference, today()),
            lambda line: day_tone(line.offer, today()),
            width=182,
        ),
        Column[ExpectedLine](_("Donor"), lambda line: line.donor.name or _("name not here")),
        Column[ExpectedLine](_("Devices"), lambda line: items_short(line, reference), width=164),
        Column[ExpectedLine](
            _("How it comes"),
            lambda line: state_words(line.offer, reference)[1],
            lambda line: state_words(line.offer, reference)[0],
            width=170,
        ),
    )
    how = _("Enter what a donor tells you, or what an office lists; the Department's come by sync.")
    empty = EmptyState(_("Nobody is expected"), how)
    listed = LineList(columns, lambda line: line.code, empty)
    return listed.named("arrivals", _("Expected arrivals"))


def calls_list(reference: Reference, today: Today) -> LineList[CallLine]:
    """Who must be called, the longest due first."""
    columns = (
        Column[CallLine](
            _("Call"),
            lambda line: due_words(line, today())[1],
            lambda line: due_words(line, today())[0],
            width=124,
        ),
        Column[CallLine](_("Donor"), lambda line: line.donor.name or _("name not here"), width=160),
        Column[CallLine](_("What to ask"), lambda line: topic_words(line, reference)),
        Column[CallLine](_("Tried"), lambda line: tries_words(line, reference), width=146),
    )
    how = _("Where a lock, a charger or a decision needs the donor, plan a call on the device.")
    empty = EmptyState(_("Nobody must be called"), how)
    return LineList(columns, lambda line: line.key, empty).named("calls", _("Calls to make"))


def items_short(line: ExpectedLine, reference: Reference) -> str:
    """What comes, in a column: the kind where it is one, else how many in all."""
    if len(line.items) == 1:
        return items_words(line.items, reference)
    return _n("{count} device", "{count} devices", line.count).format(count=line.count)


def day_line(offer: Offer, reference: Reference, today: date) -> str:
    """The agreed day, as people say it."""
    if offer.expected_on is None:
        return _("no day agreed")
    away = (offer.expected_on - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    near_year = abs(away) < SHORT_DAYS  # nobody takes 02/12 for the last one
    far = f"{offer.expected_on:%d/%m}" if near_year else day_words(offer.expected_on)
    day = near.get(away, far)
    if offer.part is None:
        return day
    return f"{day} · {coded(Table.DAY_PARTS, offer.part, reference).lower()}"


def day_tone(offer: Offer, today: date) -> Tone:
    """A day that has passed wants somebody to ask."""
    if offer.expected_on is None:
        return Tone.UNKNOWN
    return Tone.WARN if offer.expected_on < today else Tone.OK
