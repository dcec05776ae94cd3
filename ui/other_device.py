"""An act between two devices: this one, and another that is told by scanning its label."""

from PySide6.QtWidgets import QLineEdit, QWidget

from station.codes import Code, grouped, parse_scan
from station.words import _
from ui.act_dialog import ActDialog
from ui.field import Field


class OtherDeviceDialog(ActDialog):
    """Not modal, so that scans go on; its owner gives it every device that is scanned."""

    def __init__(
        self, name: str, title: str, about: str, verb: str, parent: QWidget, *, which: str = ""
    ) -> None:
        super().__init__(name, title, about, verb, parent)
        self.other = QLineEdit()
        self.other.setObjectName("other")
        self.other_field = Field(
            which or _("Other device"), self.other, _("Scan its label, or type its code.")
        )

    def take_scan(self, code: Code) -> None:
        """The other device was scanned."""
        self.other.setText(grouped(code.text))
        self.activateWindow()

    def other_code(self) -> str:
        """The code of the other device; raises BadCode."""
        return parse_scan(self.other.text()).text
