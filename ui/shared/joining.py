"""Opening the file of a main PC, and what is wrong with it in words."""

from pathlib import Path

from station.ports import StoreUnreachable, WrongKey
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
        case StoreUnreachable():
            return _(
                "The main PC does not answer. Switch it on and open the program there, and see "
                "that both PCs are on the same network."
            )
        case OSError():
            return _("This file cannot be read. Choose it again.")
    return explain(error, reference)
