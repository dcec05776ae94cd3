"""The field of a one-time code: sixteen digits, shown in groups of four, typed or scanned."""

import re
from typing import Final

from PySide6.QtWidgets import QLineEdit

LENGTH: Final = 16
GROUP: Final = 4
FILLING: Final = re.compile(r"[\s.\-–]")  # what people and printers put between groups


def digits_of(raw: str) -> str | None:
    """The digits of a whole code however it is spaced; None for anything else."""
    bare = FILLING.sub("", raw)
    whole = len(bare) == LENGTH and bare.isascii() and bare.isdigit()
    return bare if whole else None


def grouped_code(digits: str) -> str:
    """The digits as they stand on the Department's paper."""
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


class EnrolCodeLine(QLineEdit):
    """Groups the digits while they come; what is no digit stays out."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("enrolCode")
        self.setPlaceholderText("0000 0000 0000 0000")
        self.textEdited.connect(self._group)

    @property
    def digits(self) -> str:
        """What was typed, without the spaces."""
        return self.text().replace(" ", "")

    def show_code(self, digits: str) -> None:
        """Fill it in, as after a scan elsewhere."""
        self.setText(grouped_code(digits))

    def _group(self, text: str) -> None:
        """The place of the cursor is kept by the digits before it."""
        before = sum(map(_is_digit, text[: self.cursorPosition()]))
        digits = "".join(filter(_is_digit, text))[:LENGTH]
        self.setText(grouped_code(digits))
        self.setCursorPosition(min(before + before // GROUP, len(self.text())))


def _is_digit(character: str) -> bool:
    return character.isascii() and character.isdigit()
