"""What people call each paper, and what it is for."""

from collections.abc import Callable, Mapping
from typing import Final

from labels.template import UnknownPaper, template
from station import words
from station.words import _

WHOLE_BATCH: Final = "whole-batch"
"""Not one paper: everything that a school signs for a batch, in one go."""

OF_A_BATCH: Final = ("batch-minutes", "signing-list", "handover-minutes")

PURPOSES: Final[Mapping[str, Callable[[], str]]] = {
    WHOLE_BATCH: lambda: _("Minutes, signing list and each pupil's minutes in one print."),
    "intake-receipt": lambda: _("The donor and the point each keep one."),
    "handover-minutes": lambda: _("Both sides sign that the device was handed over."),
    "batch-minutes": lambda: _("The school signs for the whole batch."),
    "bench-sheet": lambda: _("What was found and done; it stays with the device."),
    "erasure-certificate": lambda: _("Says disk by disk what became of the data."),
    "transfer-manifest": lambda: _("Goes along with devices to another place."),
    "thank-you-letter": lambda: _("To the donor, with the address to follow the gift."),
    "signing-list": lambda: _("Each pupil signs; one sheet for each class."),
    "stocktake-minutes": lambda: _("What was counted against what the books show."),
    "pick-up-form": lambda: _("Taken along to a donor's home and filled in there by hand."),
    "repair-receipt": lambda: _("The family keeps it until the device is mended."),
    "return-slip": lambda: _("For what goes back to the donor, or was not taken in."),
    "proxy-letter": lambda: _("The family lets somebody else fetch the device."),
    "sponsorship-confirmation": lambda: _("For the donor's own books."),
    "disposal-minutes": lambda: _("A committee signs that devices are written off."),
    "e-waste-minutes": lambda: _("Goes along with what is given to a recycler."),
    "emergency-form": lambda: _("For a power cut: filled in by hand, entered later."),
}


def paper_name(paper: str) -> str:
    """The paper in the language of the window; its id where a newer version made it."""
    if paper == WHOLE_BATCH:
        return _("All papers of the batch")
    try:
        known = template(paper)
    except UnknownPaper:
        return paper
    return known.vi if words.language() == "vi" else known.en


def purpose(paper: str) -> str:
    """What it is for, in a sentence."""
    return PURPOSES[paper]() if paper in PURPOSES else ""
