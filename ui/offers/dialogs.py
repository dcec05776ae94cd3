"""Small dialogs about an offer: its day, that nothing more comes, and a call to plan."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station import calling, offers, refusals
from station.offer import PickUp
from station.reference import ReasonUse, Reference, Table
from station.text import BadText
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.field import Field
from ui.note_field import NoteField
from ui.offers.acts import OfferAct, act_words
from ui.offers.day_choice import DayChoice
from ui.offers.expected import ExpectedLine

Today = Callable[[], date]
PICK_UP_DAYS = (1, 2, 3, 4, 5, 6, 7, 0)
CALL_DAYS = (0, 1, 3, 7)
DAY_REFUSALS = (
    refusals.DayMissing,
    refusals.TooFarAhead,
    refusals.DayHasPassed,
    refusals.BeforeTheProgramme,
)


class DayDialog(ActDialog):
    """The day and part of day that was agreed with the donor."""

    def __init__(
        self, act: OfferAct, line: ExpectedLine, reference: Reference, today: Today, parent: QWidget
    ) -> None:
        title = act_words(act).rstrip("…")
        super().__init__(act, title, line.donor.name, _("Record"), parent)
        self._line, self._act = line, act
        none = _("No day any more") if line.offer.pick_up is None else ""
        self.day = DayChoice("offerDay", today, PICK_UP_DAYS, none=none)
        if none:
            self.day.choice.setCurrentIndex(1)
        self.part = Choice("offerPart", reference.entries(Table.DAY_PARTS))
        self.part.offer_none(_("any time"))
        self.part.setCurrentIndex(0)
        self._day_field = Field(_("Day"), self.day)
        self.note = NoteField()
        self.add(self._day_field, Field(_("Part of the day"), self.part), self.note)
        self.note.setVisible(line.offer.pick_up is not None)
        self.day.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self.day.is_missing:
            missing(self._day_field)
            return None
        code, on, part = self._line.code, self.day.day, self.part.chosen
        if self._line.offer.pick_up is None:
            moved = offers.MoveAppointment(offer=code, on=on, part=part)
            return partial(offers.move_appointment, moved)
        state = PickUp.MOVED if self._act is OfferAct.MOVE else PickUp.AGREED
        command = offers.NotePickUp(offer=code, state=state, on=on, part=part, note=self.note.text)
        return partial(offers.note_pick_up, command)

    @override
    def field_of(self, error: Exception) -> Field | None:
        if isinstance(error, DAY_REFUSALS):
            return self._day_field
        return self.note if isinstance(error, BadText) else None


class CloseDialog(ActDialog):
    """Nothing more comes under an offer: why."""

    def __init__(self, line: ExpectedLine, reference: Reference, parent: QWidget) -> None:
        title = act_words(OfferAct.CLOSE).rstrip("…")
        super().__init__(OfferAct.CLOSE, title, line.donor.name, _("Record"), parent)
        self._code = line.code
        reasons = reference.reasons(ReasonUse.CLOSE_OFFER)
        self.reason = Choice("reason", reasons, _("Choose a reason"))
        self._reason_field = Field(_("Reason"), self.reason)
        self.note = NoteField()
        self.add(self._reason_field, self.note)
        self.reason.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self.reason.chosen is None:
            missing(self._reason_field)
            return None
        command = offers.CloseOffer(
            offer=self._code, reason=self.reason.chosen, note=self.note.text
        )
        return partial(offers.close_offer, command)

    @override
    def field_of(self, error: Exception) -> Field | None:
        return self.note if isinstance(error, BadText) else None


class PlanCallDialog(ActDialog):
    """The donor of a device or offer must be asked something."""

    def __init__(
        self, code: str, about: str, reference: Reference, today: Today, parent: QWidget
    ) -> None:
        title = _("Donor must be called")
        super().__init__("plan_call", title, about, _("Plan the call"), parent)
        self._code = code
        topics = reference.entries(Table.CALL_TOPICS)
        self.topic = Choice("callTopic", topics, _("Choose what to ask"))
        self._topic_field = Field(_("What to ask"), self.topic)
        self.due = DayChoice("callDue", today, CALL_DAYS)
        self._due_field = Field(_("Call"), self.due)
        self.note = NoteField()
        self.add(self._topic_field, self._due_field, self.note)
        self.topic.setFocus()

    @property
    def way_back(self) -> Act[Any] | None:
        """What takes the planned call off the list again."""
        if self.topic.chosen is None:
            return None
        command = calling.NoteCall(
            code=self._code, about=self.topic.chosen, result=calling.NOT_NEEDED
        )
        return partial(calling.note_call, command)

    @override
    def act(self) -> Act[Any] | None:
        if self.topic.chosen is None:
            missing(self._topic_field)
            return None
        if self.due.is_missing:
            missing(self._due_field)
            return None
        command = calling.PlanCall(
            code=self._code, about=self.topic.chosen, due=self.due.day, note=self.note.text
        )
        return partial(calling.plan_call, command)

    @override
    def field_of(self, error: Exception) -> Field | None:
        if isinstance(error, DAY_REFUSALS):
            return self._due_field
        return self.note if isinstance(error, BadText) else None
