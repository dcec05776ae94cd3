"""The field of a person's name, in which a telephone number is a slip of the hand."""

from PySide6.QtWidgets import QLineEdit

from station.people import person_name
from station.reference import Reference
from station.text import BadText
from ui.field import Field
from ui.wording import explain


class NameField(Field):
    """Says beside itself why a name cannot be kept."""

    def __init__(self, name: str, control: QLineEdit, reference: Reference, hint: str = "") -> None:
        super().__init__(name, control, hint)
        self._edit, self._reference = control, reference

    def check(self) -> bool:
        """Whether the name can be kept; an empty one can."""
        self.clear_error()
        try:
            person_name(self._edit.text())
        except BadText as error:
            self.show_error(explain(error, self._reference))
            self._edit.setFocus()
            return False
        return True
