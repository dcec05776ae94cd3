"""What a paper asks a person for: what its words say and the ledger does not know."""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Final

from msgspec import Struct

from labels.filling import fact
from labels.template import asked_fields
from station.paper_facts import PaperFacts
from station.printed import Party
from station.words import _
from ui.paperwork.names import OF_A_BATCH, WHOLE_BATCH


class Kind(Enum):
    """How something is typed."""

    LINE = "line"
    PERSON = "person"
    MONEY = "money"
    COUNT = "count"
    DAY = "day"
    HOUR = "hour"
    LONG = "long"


class Ask(Struct, frozen=True):
    """One thing to fill in; `name` is that of the extra it becomes."""

    name: str
    word: Callable[[], str]
    kind: Kind = Kind.LINE
    only: tuple[str, ...] = ()  # papers; () for all that say it


ASKS: Final = (
    Ask("copies", lambda: _("How many copies"), Kind.COUNT),
    Ask("place", lambda: _("Place"), Kind.LINE),
    Ask("decision.number", lambda: _("Decision number")),
    Ask("decision.day", lambda: _("Day of the decision"), Kind.DAY),
    Ask("decision.body", lambda: _("Who decided")),
    Ask("value", lambda: _("Estimated value of all (đồng)"), Kind.MONEY),
    Ask("receiver.organisation", lambda: _("Receiving organisation")),
    Ask("receiver.person", lambda: _("Who receives it"), Kind.PERSON),
    Ask("receiver.title", lambda: _("Receiver's position")),
    Ask("receiver.address", lambda: _("Receiver's address")),
    Ask("carrier.organisation", lambda: _("Carrier")),
    Ask("carrier.person", lambda: _("Who carries it"), Kind.PERSON),
    Ask("carrier.title", lambda: _("Vehicle")),
    Ask("packages", lambda: _("How many packages"), Kind.COUNT),
    Ask("weight", lambda: _("Weight (kg)")),
    Ask("licence", lambda: _("Receiver's licence to treat waste")),
    Ask("due", lambda: _("Day to come back"), Kind.DAY, ("repair-receipt", "pick-up-form")),
    Ask("due", lambda: _("Day of fetching"), Kind.DAY, ("proxy-letter",)),
    Ask("due_hour", lambda: _("Hour"), Kind.HOUR),
    Ask("ended", lambda: _("Warranty until"), Kind.DAY, ("handover-minutes", "repair-receipt")),
    Ask("ended", lambda: _("Valid until"), Kind.DAY, ("proxy-letter",)),
    Ask("since", lambda: _("Counted since"), Kind.DAY, ("stocktake-minutes",)),
    Ask("reason", lambda: _("Reason")),
    Ask("result", lambda: _("Result, what happens next"), Kind.LONG),
    Ask("note", lambda: _("Remark on the paper"), Kind.LONG),
)
STAYS: Final = frozenset({"copies", "place", "note", "since"})
"""Asked although something is known: it is proposed, or added to."""


def asks(paper: str, facts: PaperFacts | None) -> tuple[Ask, ...]:
    """What is to be filled in for this paper of these facts."""
    return tuple(_asks(OF_A_BATCH if paper == WHOLE_BATCH else (paper,), facts))


def asks_members(paper: str) -> bool:
    """Whether a committee signs it."""
    return paper != WHOLE_BATCH and "members" in asked_fields(paper)


def asks_values(paper: str, facts: PaperFacts | None) -> bool:
    """Whether it says what each single device is worth."""
    known = paper != WHOLE_BATCH and facts is not None and bool(facts.devices)
    return known and "rows.value" in asked_fields(paper)


def _asks(papers: Iterable[str], facts: PaperFacts | None) -> Iterator[Ask]:
    kinds = tuple(papers)
    for ask in ASKS:
        says = [paper for paper in kinds if _says(paper, ask)]
        if not says or (len(kinds) > 1 and ask.name in ("copies", "ended")):
            continue  # together each kind has its own number of copies
        if facts is None or ask.name in STAYS or not _is_known(facts, ask.name):
            yield ask


def _is_known(facts: PaperFacts, name: str) -> bool:
    """Of whoever receives, what was recorded is all that is wanted."""
    if name.startswith("receiver."):
        return facts.receiver != Party()
    return bool(fact(facts, name))


def _says(paper: str, ask: Ask) -> bool:
    if ask.only and paper not in ask.only:
        return False
    return ask.name == "since" or ask.name in asked_fields(paper)
