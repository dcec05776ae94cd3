"""What the one-page sheet of a diagnosis says, described before anyone draws it.

Every word of the paper stands here, so that whoever draws it knows no language. Lists may be as
long as they are: the page shows what has room and says how many are left out.
"""

from msgspec import Struct

from station.checks import Outcome


class SheetLine(Struct, frozen=True):
    """Something named, and what is said of it."""

    name: str
    words: str


class SheetVerdict(Struct, frozen=True):
    """One verdict: the outcome for the eye, the rest in words."""

    outcome: Outcome
    title: str
    verdict: str
    why: str  # figures, reasons and what to do


class SheetHeadings(Struct, frozen=True):
    """The paper's own words."""

    title: str
    to_do: str
    verdicts: str
    facts: str
    untested: str
    more: str  # with {count}: how many lines had no room


class ReportSheet(Struct, frozen=True):
    """One diagnosis of one machine on one A4 page."""

    headings: SheetHeadings
    machine: str  # maker and model; "" where the firmware names none
    identity: tuple[SheetLine, ...]  # code of the point, S/N, day
    outcome: Outcome  # what the answer comes to
    answer: str
    counted: str
    to_do: tuple[str, ...]
    verdicts: tuple[SheetVerdict, ...]
    facts: tuple[SheetLine, ...]
    untested: tuple[str, ...]
    foot: tuple[SheetLine, ...]  # policy, profile, version
    digest: str  # 64 hex digits: what the QR holds
