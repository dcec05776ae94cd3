"""Why a printer did not print, and what a person does about it."""

from collections.abc import Callable
from typing import Final

from labels.transport import Reason
from station.words import _

REASONS: Final[dict[Reason, Callable[[], str]]] = {
    Reason.UNREACHABLE: lambda: _("The printer does not answer"),
    Reason.REFUSED: lambda: _("The printer did not take it"),
    Reason.NO_PAPER: lambda: _("The printer is out of paper or labels"),
    Reason.NO_RIBBON: lambda: _("The printer is out of ribbon"),
    Reason.HEAD_OPEN: lambda: _("The printer's lid is open"),
    Reason.JAM: lambda: _("Paper is jammed in the printer"),
    Reason.PAUSED: lambda: _("The printer is paused"),
    Reason.BUSY: lambda: _("The printer is busy"),
    Reason.BROKEN_OFF: lambda: _("The printer broke off in the middle"),
    Reason.TIMED_OUT: lambda: _("The printer stopped taking data"),
    Reason.CANCELLED: lambda: _("Somebody cancelled it at the system's queue"),
    Reason.NOT_HERE: lambda: _("This PC has no way to such a printer"),
    Reason.OTHER: lambda: _("The printer reports a fault"),
}

REMEDIES: Final[dict[Reason, Callable[[], str]]] = {
    Reason.UNREACHABLE: lambda: _("Turn it on and look at its cable or network"),
    Reason.NO_PAPER: lambda: _("Put in a new roll or paper"),
    Reason.NO_RIBBON: lambda: _("Put in a new ribbon"),
    Reason.HEAD_OPEN: lambda: _("Close the lid"),
    Reason.JAM: lambda: _("Take the jammed paper out"),
    Reason.PAUSED: lambda: _("Press the pause button of the printer"),
    Reason.BUSY: lambda: _("Wait a moment"),
}
