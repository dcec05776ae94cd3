"""Điều chuyển: a device leaves for another place, or came from one."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import refusals, transfer, words
from station.reference import OrganisationKind, Reference
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device.judged import JudgedDevice
from ui.device_words import device_line
from ui.field import Field

# A school takes its devices over by name of pupil, which is giving and no travel.
TRAVEL_TO = (OrganisationKind.DEPARTMENT, OrganisationKind.TELECOM)


class _TravelDialog(ActDialog):
    """Asks for the place at the other end."""

    def __init__(
        self, act: BenchAct, end: str, judged: JudgedDevice, reference: Reference, parent: QWidget
    ) -> None:
        title, about = act_words(act), device_line(judged.device, reference)
        super().__init__(act, title, about, _("Record"), parent)
        self._device = judged.device.code
        self.place = Choice("place", placeholder=_("Choose the place"))
        self.place.offer(places_but(judged.device.place, reference, judged.day))
        self._place_field = Field(end, self.place)
        self.add(self._place_field)
        self.place.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self.place.chosen is None:
            missing(self._place_field)
            return None
        return self.act_at(self.place.chosen)

    def act_at(self, place: str) -> Act[Any]:
        """The act with this place at its other end."""
        raise NotImplementedError

    @override
    def field_of(self, error: Exception) -> Field | None:
        return self._place_field if isinstance(error, refusals.NotFromHere) else None


class SendDialog(_TravelDialog):
    """Where it goes."""

    def __init__(self, judged: JudgedDevice, reference: Reference, parent: QWidget) -> None:
        super().__init__(BenchAct.SEND, _("Where it goes"), judged, reference, parent)

    @override
    def act_at(self, place: str) -> Act[Any]:
        return partial(transfer.send, transfer.Send(device=self._device, place=place))


class ArriveDialog(_TravelDialog):
    """Where it came from."""

    def __init__(self, judged: JudgedDevice, reference: Reference, parent: QWidget) -> None:
        super().__init__(BenchAct.ARRIVE, _("Where it came from"), judged, reference, parent)

    @override
    def act_at(self, place: str) -> Act[Any]:
        return partial(transfer.arrive, transfer.Arrive(device=self._device, place=place))


def places_but(here: str, reference: Reference, on: date) -> Iterator[tuple[str, str]]:
    """Every other point by number, then the programme's offices."""
    language = words.language()
    for point in reference.points(on):
        if point.id != here:
            yield point.id, f"{point.number:03d} · {point.word(language)}"
    for kind in TRAVEL_TO:
        for organisation in reference.organisations(kind, on):
            yield organisation.id, organisation.word(language)
