"""Brings another PC in: a file for it, and the passcode that goes another way."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from station.files import put_file
from station.store.shared.point import SharedPoint
from station.words import _
from ui.background import Background
from ui.buttons import primary_button
from ui.desk import Desk
from ui.fitted_dialog import FittedDialog
from ui.shared.join_dialog import ENDING
from ui.shared.network import names_of_this_pc
from ui.theme import Role, words
from ui.wording import explain

WIDTH = 520
NAME = f"may-phu{ENDING}"


class AddPcDialog(FittedDialog):
    """The passcode stands here once; it is kept nowhere."""

    def __init__(self, desk: Desk, point: SharedPoint, slow: Background, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self._desk, self._point, self._slow = desk, point, slow
        self.setObjectName("addPcDialog")
        self.setWindowTitle(_("Add a PC"))
        self.passcode = words("", Role.FIGURE)
        self.passcode.setObjectName("addPcPasscode")
        self.passcode.hide()
        self.told = words(
            _(
                "Save a file on a stick and take it to the other PC. At its first start choose "
                "“This is another PC of a point that works already”."
            )
        )
        self.told.setObjectName("addPcTold")
        self.told.setWordWrap(True)
        self.save = primary_button(_("Save the file…"), shortcut="Ctrl+S")
        self.save.setObjectName("addPcSave")
        self.save.setDefault(True)
        self.save.clicked.connect(self._ask_file)
        self.shut = primary_button(_("Close"))
        self.shut.setObjectName("addPcDone")
        self.shut.clicked.connect(self.accept)
        self.shut.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for part in (self.told, self.passcode, self.save, self.shut):
            layout.addWidget(part)
        self.fit()

    def write(self, file: Path) -> None:
        """Write the file and show its passcode."""
        hosts = names_of_this_pc()

        def written() -> str:
            raw, passcode = self._point.pass_for_another(hosts)
            put_file(file, raw)
            return passcode

        self.save.setEnabled(False)
        self._slow.run(written, lambda passcode: self._show(file, passcode), self._refuse, self)

    def _ask_file(self) -> None:
        kinds = _("Files of a main PC ({ending})").format(ending=f"*{ENDING}")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the file"), NAME, kinds)
        if chosen:
            self.write(Path(chosen))

    def _show(self, file: Path, passcode: str) -> None:
        self.save.hide()  # Enter must not write another file, with another passcode
        self.shut.show()
        self.shut.setDefault(True)
        self.shut.setFocus()
        grouped = " ".join(passcode[at : at + 4] for at in range(0, len(passcode), 4))
        self.passcode.setText(grouped)
        self.passcode.show()
        told = _(
            "Saved as {file}. Tell the passcode by mouth; it stands here once. Delete the file "
            "when the other PC has joined: with the passcode it opens all the names of this point."
        )
        self.told.setText(told.format(file=file.name))

    def _refuse(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self.told.setText(explain(error, self._desk.reference))
