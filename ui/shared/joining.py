"""Opening the file of a main PC, and what is wrong with it in words."""

from pathlib import Path

from station.ports import StoreLockedOut, StoreUnreachable, WrongKey
from station.reference import Reference
from station.store.shared import passes
from station.store.shared.passes import SharedPass
from station.store.shared.point import SharedPoint
from station.words import _
from ui.wording import explain


def read_pass(point: SharedPoint, file: Path, passcode: str) -> SharedPass:
    """The pass in a file, once its store answered.

    Raises OSError, NotAPass, WrongKey or a StoreProblem.
    """
    with file.open("rb") as opened:
        shared = passes.opened(opened.read(passes.LARGEST + 1), passcode)
    point.try_to_reach(shared)
    return shared


def join_words(error: Exception, reference: Reference) -> str:
    """What to do about it."""
    match error:
        case WrongKey():
            return _("The passcode does not open this file. Look at the digits.")
        case StoreLockedOut():
            return _(
                "The main PC takes this file no more: other PCs were locked out after it was "
                "saved. Save a new one there."
            )
        case StoreUnreachable():
            return _(
                "The main PC does not answer. Switch it on and open the program there, and see "
                "that both PCs are on the same network."
            )
        case OSError():
            return _("This file cannot be read. Choose it again.")
    return explain(error, reference)


def unreachable_words(why: Exception, reference: Reference) -> tuple[str, str]:
    """What stands above the ways out when the main PC cannot be worked with, and what to do."""
    if isinstance(why, StoreLockedOut):
        return _("The main PC does not let this PC in any more"), _(
            "Other PCs were locked out there. Ask for a new file: on the main PC Settings → PCs of "
            "this point → Add a PC. Nothing is lost; papers can be filled in by hand meanwhile."
        )
    if isinstance(why, StoreUnreachable):
        return _("The main PC does not answer"), _(
            "Switch it on and open the program there, and see that both PCs are on the same "
            "network. Nothing is lost; papers can be filled in by hand meanwhile."
        )
    return _("The main PC cannot be reached from here"), explain(why, reference)


def starting_words() -> tuple[str, str]:
    """The same on the main PC itself: its server is there and says nothing yet."""
    return _("The shared data does not answer yet"), _(
        "After a power cut it takes a moment until everything is in order again. Wait a minute and "
        "try again; nothing is lost."
    )
