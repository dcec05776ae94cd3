"""Direct gifts: a donor chose a case; the guardian is asked before anybody learns anything."""

from enum import StrEnum


class GiftState(StrEnum):
    """How a direct gift stands."""

    CHOSEN = "chosen"  # the guardian is to be asked
    AGREED = "agreed"  # the donor may see the contact that the guardian named
    REFUSED = "refused"
    GIVEN = "given"
