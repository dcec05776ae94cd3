"""What was begun on this PC and is recorded nowhere yet: a power cut, or somebody called away."""

from collections.abc import Iterator
from datetime import date

from station.codes import grouped
from station.ports import PointStore
from station.words import _, _n
from ui.giving.paper_draft import PAPER_FORM
from ui.intake.draft import COUNTER_FORM
from ui.theme import Tone
from ui.today.work_lines import Leads, WorkLine


def begun_lines(store: PointStore) -> Iterator[WorkLine]:
    """One line for each page that holds something."""
    counter = COUNTER_FORM.found(store)
    if counter is not None:
        donor = counter.donor.name if counter.donor else ""
        count = counter.count
        devices = _n("{count} device", "{count} devices", count).format(count=count)
        step = _("Intake was begun: go on")
        yield _line("intake", donor or devices, step, counter.at.date())
    paper = PAPER_FORM.found(store)
    if paper is not None:
        step = _("Back from the school: go on")
        yield _line("handover", grouped(paper.batch), step, paper.at.date())


def _line(page: str, what: str, step: str, since: date) -> WorkLine:
    return WorkLine(Leads.PAGE, page, what, Tone.WARN, step, since)
