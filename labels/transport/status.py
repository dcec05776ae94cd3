"""What label printers say of themselves when asked in their language: TSPL's byte, ZPL's ~HS."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from labels.printer import Language
from labels.transport import Reason


@dataclass(frozen=True)
class Status:
    """What keeps it from printing, and whether it is still at it."""

    trouble: Reason | None
    printing: bool


@dataclass(frozen=True)
class Question:
    """How to ask, and how to read the answer; None until the answer is whole."""

    words: bytes
    read: Callable[[bytes], Status | None]


# Where several hold at once, the first is what a person has to mend first.
_TSPL_TROUBLES: Final = (
    (0x41, Reason.HEAD_OPEN),  # head, cover
    (0x02, Reason.JAM),
    (0x04, Reason.NO_PAPER),
    (0x08, Reason.NO_RIBBON),
    (0x10, Reason.PAUSED),
    (0x80, Reason.OTHER),  # too warm or too cold
)
_TSPL_PRINTING: Final = 0x20

_ZPL_STRING: Final = re.compile(rb"\x02([^\x03]*)\x03")
_ZPL_STRINGS: Final = 3


def read_tspl(answer: bytes) -> Status | None:
    """One byte of flags."""
    if not answer:
        return None
    flags = answer[0]
    troubles = (reason for bits, reason in _TSPL_TROUBLES if flags & bits)
    return Status(next(troubles, None), bool(flags & _TSPL_PRINTING))


def read_zpl(answer: bytes) -> Status | None:
    """Three strings of fields between STX and ETX; the first two tell of trouble."""
    strings = [found.split(b",") for found in _ZPL_STRING.findall(answer)]
    if len(strings) < _ZPL_STRINGS:
        return None
    first, second = strings[0], strings[1]
    flags = (
        (_flag(second, 2), Reason.HEAD_OPEN),
        (_flag(first, 1), Reason.NO_PAPER),
        (_flag(second, 3), Reason.NO_RIBBON),
        (_flag(first, 2), Reason.PAUSED),
        (_flag(first, 5), Reason.BUSY),  # its buffer is full
    )
    trouble = next((reason for flag, reason in flags if flag), None)
    return Status(trouble, printing=_flag(first, 4) or _flag(second, 8))


def _flag(fields: list[bytes], place: int) -> bool:
    """Whether a figure stands there that is not zero."""
    return place < len(fields) and fields[place].strip().isdigit() and int(fields[place]) > 0


# A printer that does not know ESC ! ? must not take it for the beginning of the next command.
TSPL: Final = Question(b"\x1b!?\r\n", read_tspl)
ZPL: Final = Question(b"~HS\r\n", read_zpl)


def question_in(language: Language) -> Question | None:
    """How to ask a printer of this language; None where there is no way."""
    return {Language.TSPL: TSPL, Language.ZPL: ZPL}.get(language)
