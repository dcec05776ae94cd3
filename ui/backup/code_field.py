"""The field of a recovery code: sixteen digits from the paper in the safe."""

from PySide6.QtWidgets import QLineEdit

from station.store.backup.recovery import DIGITS
from station.words import _
from ui.field import Field


class CodeField(Field):
    """Spaces between the groups may be typed or not."""

    def __init__(self, name: str) -> None:
        self.line = QLineEdit()
        self.line.setObjectName(name)
        digits = _("{count} digits, from the paper in the safe").format(count=DIGITS)
        super().__init__(_("Recovery code"), self.line, digits)

    @property
    def code(self) -> str:
        """The digits alone."""
        return "".join(self.line.text().split())

    def check(self) -> bool:
        """Say what is wrong with it, if it cannot be one."""
        if len(self.code) == DIGITS and self.code.isdecimal():
            return True
        self.show_error(_("The recovery code has {count} digits.").format(count=DIGITS))
        self.line.setFocus()
        return False
