"""Why a one-time code was not taken, in words for whoever typed it."""

from collections.abc import Callable
from typing import Final

from station.reference import Reference
from station.words import _
from ui.sync.words import OFFLINE
from ui.wording import explain

REFUSED: Final[dict[str, Callable[[], str]]] = {
    "wrong_code": lambda: _("The service does not know this code. Compare it digit by digit."),
    "used_code": lambda: _("This code was used already. Ask the Department for another one."),
    "other_key": lambda: _(
        "The service knows this PC's chain by another key: perhaps two PCs go on from one copy of"
        " the data. Ask the Department."
    ),
    "expired_code": lambda: _("This code is too old. Ask the Department for another one."),
}
"""What the service says no to, by its own word for it."""


def refused_words(error: Exception, reference: Reference) -> str:
    """What is wrong with the code, else with the line or the service."""
    worded = REFUSED.get(getattr(error, "code", ""))
    return worded() if worded else explain(error, reference)


def length_words() -> str:
    """A code that was not typed to its end."""
    return _("The code has 16 digits. Compare it with the paper.")


def first_start_words(error: Exception, reference: Reference) -> str:
    """The same where no store is there yet: without a line one begins by hand."""
    if getattr(error, "code", "") in OFFLINE:
        return _(
            "The service cannot be reached now. Leave the code out and choose the point; the code"
            " stays good for the page Sync."
        )
    return refused_words(error, reference)
