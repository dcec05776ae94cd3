"""How this PC's scanner is connected: it holds from the moment it is saved."""

import sys
from functools import partial
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from station.ports import PointStore
from station.words import _
from ui.act_line import ActLine
from ui.buttons import primary_button
from ui.choice import Choice
from ui.desk import Desk
from ui.field import Field
from ui.scanner import Scanner
from ui.scanning.camera import camera_names
from ui.scanning.com_port import PortState, port_names
from ui.scanning.habits import BAUDS, BY_ITSELF, ScannerHabits
from ui.scanning.preamble import MOST
from ui.settings import read_settings, write_settings
from ui.side_by_side import form_card
from ui.theme import Role, words
from ui.wording import explain

KEYBOARD = "keyboard"


class HabitsCard(QWidget):
    """Source, port, preamble, sounds, camera."""

    said = Signal(str)

    def __init__(self, desk: Desk, scanner: Scanner, file: Path) -> None:
        super().__init__()
        self._desk, self._scanner, self._file = desk, scanner, file
        self.port, self.baud = Choice("scannerPort"), Choice("scannerBaud")
        self.baud.offer((str(baud), str(baud)) for baud in BAUDS)
        self.preamble = QLineEdit()
        self.preamble.setObjectName("scannerPreamble")
        self.preamble.setMaxLength(MOST)
        self.camera = Choice("scannerCamera")
        self.sounds = QCheckBox(_("Sounds: good, look again, refused"))
        self.sounds.setObjectName("scannerSounds")
        self.state = words("", Role.MUTED)
        self.state.setWordWrap(True)
        self.save = primary_button(_("Save"), shortcut="Ctrl+Return")
        self.save.setObjectName("saveScanner")
        self.save.clicked.connect(self._save)
        self._acts = ActLine(desk, "scannerProblem", self.save)
        self._lay_out()
        scanner.changed.connect(self._tell_state)
        self.port.currentIndexChanged.connect(self._tell_baud)
        self._show(scanner.habits)

    @property
    def habits(self) -> ScannerHabits:
        """What stands on the card."""
        port = self.port.chosen
        return ScannerHabits(
            port="" if port in {None, KEYBOARD} else str(port),
            baud=int(self.baud.chosen or BAUDS[0]),
            preamble=self.preamble.text().strip(),
            muted=not self.sounds.isChecked(),
            camera=self.camera.chosen or "",
        )

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Ask the system which ports there are whenever somebody looks: cables come and go."""
        super().showEvent(event)
        chosen, named = self.port.chosen, self.camera.chosen
        self._offer_ports(port_names(), self._scanner.habits)
        self.port.choose(chosen)
        self._offer_cameras(named or "")

    def _offer_cameras(self, chosen: str) -> None:
        names = camera_names() if "PySide6.QtMultimedia" in sys.modules else ()  # it loads slowly
        self.camera.offer([("", _("The system's first"))])
        for name in dict.fromkeys((*names, chosen)):
            if name:
                self.camera.addItem(name, name)
        self.camera.setCurrentIndex(max(self.camera.findData(chosen), 0))

    def _offer_ports(self, found: tuple[tuple[str, str], ...], habits: ScannerHabits) -> None:
        ways = [(KEYBOARD, _("As a keyboard")), (BY_ITSELF, _("USB-COM, found by itself"))]
        ways += [(name, f"{name} – {told}" if told != name else name) for name, told in found]
        if habits.port and habits.port not in dict(ways):
            ways.append((habits.port, habits.port))  # unplugged just now
        self.port.offer(ways)

    def _show(self, habits: ScannerHabits) -> None:
        self._offer_ports((), habits)
        self.port.choose(habits.port or KEYBOARD)
        self.baud.choose(str(habits.baud))
        self.preamble.setText(habits.preamble)
        self.sounds.setChecked(not habits.muted)
        self._offer_cameras(habits.camera)
        self._tell_state()
        self._tell_baud()

    def _save(self) -> None:
        self._acts.clear()
        keep = partial(_write, self._file, self.habits)
        self._desk.ask(keep, self._saved, self._refuse, owner=self)

    def _saved(self, habits: ScannerHabits) -> None:
        self._scanner.use(habits)
        self.said.emit(_("Saved. The scanner is heard this way from now on."))

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, OSError):
            told = _(
                "The settings cannot be saved. Check the disk and the account's rights: {file}"
            )
            self._acts.refuse(told.format(file=self._file))
        else:
            self._acts.refuse(explain(error, self._desk.reference))

    def _tell_state(self) -> None:
        port = self._scanner.port
        if port.state is PortState.OPEN:
            told = _("{port} is open: scans arrive past every input method.")
            self.state.setText(told.format(port=port.name))
        elif port.state is PortState.MISSING:
            self.state.setText(
                _(
                    "The port is not there now. Plug the scanner in; it is tried again every two"
                    " seconds. Is it set to USB-COM, and does another program hold it?"
                )
            )
        else:
            self.state.setText(_("Typed scans are heard on every page, whatever is chosen here."))

    def _tell_baud(self) -> None:
        self._baud.setVisible(self.port.chosen not in {None, KEYBOARD})

    def _lay_out(self) -> None:
        self._baud = Field(_("Speed of the port (baud)"), self.baud)
        hint = _("Characters the scanner types before each code, such as ~ or /. Usually empty.")
        card = form_card(
            _("This PC's scanner"),
            Field(_("Connected"), self.port),
            self._baud,
            self.state,
            Field(_("Preamble"), self.preamble, hint),
            Field(_("Webcam"), self.camera),
            self.sounds,
            self._acts,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)


def _write(file: Path, habits: ScannerHabits, _store: PointStore) -> ScannerHabits:
    """Change only what stands on the card."""
    write_settings(file, structs.replace(read_settings(file), scanner=habits))
    return habits
