"""What lies on the counter and nobody committed yet, as it is kept for a power cut."""

from datetime import date
from typing import Final

from station.intake import NewDevice, RefusedThing
from station.people import Donor
from ui.draft_keeper import Draft, DraftForm

COUNTER = "intake"
FORMAT = 1


class CounterDraft(Draft, frozen=True, kw_only=True):
    """The donor, the listed devices, and the one in the form."""

    format: int = FORMAT
    donor: Donor | None = None
    paper_day: date | None = None  # entered later, from paper
    form: str = ""  # the lot code of a form that is entered later
    offer: str = ""
    devices: tuple[NewDevice, ...] = ()
    current: NewDevice | None = None  # in the form, as far as it was filled in
    place: int | None = None  # of the listed device that the form shows
    refused: tuple[RefusedThing, ...] = ()

    @property
    def count(self) -> int:
        """How many devices it speaks of."""
        new = self.current is not None and self.place is None
        return len(self.devices) + new


def _holds_together(draft: CounterDraft) -> bool:
    """No place in it names a device that it does not list."""
    places = range(len(draft.devices))
    named = [draft.place, *(device.belongs_to for device in draft.devices)]
    named += [draft.current.belongs_to] if draft.current else []
    return all(place is None or place in places for place in named)


COUNTER_FORM: Final = DraftForm(COUNTER, CounterDraft, FORMAT, _holds_together)
"""How this PC's counter is kept."""
