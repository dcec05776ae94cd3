"""The webcam's picture while one scans with it: the window behind goes on, scan after scan."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station.codes import grouped
from station.words import _
from ui.buttons import secondary_button
from ui.chips import Chip
from ui.scanning.camera import SHOWN, Camera
from ui.theme import Role, Tone, words


class CameraDialog(QDialog):
    """Stands beside the work and stops nothing; closing it turns the camera off."""

    scanned = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cameraScan")
        self.setWindowTitle(_("Scan by webcam"))
        self.picture = QLabel()
        self.picture.setFixedSize(*SHOWN)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(_("The camera's picture"))
        self.picture.setText(_("The camera starts…"))
        self.chip = Chip(Tone.UNKNOWN, _("Nothing read yet"))
        self.leave = secondary_button(_("Close"))
        self.leave.clicked.connect(self.reject)
        self._lay_out()
        self.camera = Camera(name, self)
        self.camera.scanned.connect(self._read)
        self.camera.shown.connect(self._show)
        self.camera.failed.connect(self._fail)
        self.finished.connect(self.camera.close)
        self.camera.start()

    def _read(self, text: str) -> None:
        shown = grouped(text) if text.isdigit() else text.rpartition("/")[2]
        self.chip.show_verdict(Tone.OK, _("Read: {code}").format(code=shown))
        self.scanned.emit(text)

    def _show(self, picture: QImage) -> None:
        self.picture.setPixmap(QPixmap.fromImage(picture))

    def _fail(self) -> None:
        told = _(
            "No camera gives a picture. Is it plugged in, and does another program use it? Windows"
            " must allow it too: Settings, Privacy, Camera."
        )
        self.picture.setWordWrap(True)
        self.picture.setText(told)
        self.chip.show_verdict(Tone.FAIL, _("No picture"))

    def _lay_out(self) -> None:
        hint = words(
            _("Hold the label before the camera, a hand's breadth away, until it beeps."),
            Role.MUTED,
        )
        hint.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(self.chip)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(hint)
        layout.addWidget(self.picture)
        layout.addLayout(foot)
