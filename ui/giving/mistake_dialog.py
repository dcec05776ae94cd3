"""A case that was entered from paper by mistake: it waits no more, and may be entered anew."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from station.handover import withdraw_case
from station.reference import ReasonUse, Reference
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.field import Field
from ui.giving.handover_lists import CaseLine


class CaseMistakeDialog(ActDialog):
    """Asks what was wrong with the entry."""

    def __init__(self, case: str, about: str, reference: Reference, parent: QWidget) -> None:
        title = _("The case was entered by mistake")
        super().__init__("case_mistake", title, about, _("Take it back"), parent)
        self._case = case
        reasons = reference.reasons(ReasonUse.CORRECT)
        self._reason = Choice("reason", reasons, _("Choose a reason"))
        self._reason_field = Field(_("Reason"), self._reason)
        self.add(self._reason_field)
        self._reason.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self._reason.chosen is None:
            missing(self._reason_field)
            return None
        return partial(withdraw_case, self._case, self._reason.chosen)


def may_be_a_mistake(line: CaseLine | None) -> bool:
    """Only what a point entered; nothing is given to it, and no donor chose it."""
    return line is not None and not line.case.allotted and not line.gifts
