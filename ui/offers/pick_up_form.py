"""The form that goes along to a donor's home, filled up with what was agreed."""

from datetime import time

from ui.offers.expected import ExpectedLine
from ui.papers.extras import Extras
from ui.paperwork.blank_forms import MOST_DEVICES, BlankForms

PAPER = "pick-up-form"
HOURS = {"morning": time(8), "afternoon": time(14), "evening": time(18)}


def form_of(line: ExpectedLine) -> BlankForms:
    """One form with a line for each device, and one to spare: people find another in the attic."""
    offer = line.offer
    extras = Extras(
        donor=line.donor,
        due=offer.expected_on,
        due_hour=HOURS.get(offer.part or ""),
        note=line.note,
    )
    devices = min(offer.wanted + 1, MOST_DEVICES)
    return BlankForms(paper=PAPER, devices=devices, extras=extras)
