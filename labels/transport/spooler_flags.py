"""The flags by which the Windows spooler tells of a job and of a printer (winspool.h)."""

from collections.abc import Sequence
from typing import Final

from labels.transport import Reason

DELETING: Final = 0x04 | 0x100  # being deleted, deleted
PRINTED: Final = 0x80
JOB_TROUBLES: Final = (  # JOB_STATUS_*
    (0x40, Reason.NO_PAPER),
    (0x20, Reason.UNREACHABLE),
    (0x01, Reason.PAUSED),
    (0x400, Reason.OTHER),  # somebody has to do something
    (0x200, Reason.OTHER),  # the driver cannot print it
    (0x02, Reason.OTHER),
)
PRINTER_TROUBLES: Final = (  # PRINTER_STATUS_*
    (0x10, Reason.NO_PAPER),
    (0x40, Reason.NO_PAPER),
    (0x08, Reason.JAM),
    (0x400000, Reason.HEAD_OPEN),
    (0x40000, Reason.NO_RIBBON),
    (0x80, Reason.UNREACHABLE),
    (0x1000, Reason.UNREACHABLE),  # not available
    (0x01, Reason.PAUSED),
    (0x02, Reason.OTHER),
)


def first_of(flags: int, troubles: Sequence[tuple[int, Reason]]) -> Reason | None:
    """The first trouble that is flagged."""
    return next((reason for bits, reason in troubles if flags & bits), None)
