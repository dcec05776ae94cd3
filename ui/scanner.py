"""One ear for every scanner of this PC: typed keys, a serial port, a webcam. All say `scanned`.

The keyboard wedge is the window's own (`ui.scanning.catcher`, `ui.scanning.box`), because its keys
arrive wherever the focus is. What comes by the other ways is handed to the place a wedge would
have typed it to, so a page cannot tell them apart.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.scanning import preamble
from ui.scanning.box import ScanBox
from ui.scanning.catcher import KeepsScans
from ui.scanning.com_port import ComPort
from ui.scanning.habits import ScannerHabits
from ui.scanning.sounds import ScanSounds

if TYPE_CHECKING:
    from ui.scanning.camera_dialog import CameraDialog


class Source(Protocol):
    """Something that scans: it says `scanned` with what it read, as it read it."""

    @property
    def scanned(self) -> SignalInstance:
        """Tells a raw scan."""


class Scanner(QObject):
    """Follows this PC's habits; tells each scan where the eyes of the clerk are."""

    scanned = Signal(str)  # for whatever page is shown
    changed = Signal()  # the port or the habits

    def __init__(self, window: QWidget, sounds: ScanSounds, is_code: Callable[[str], bool]) -> None:
        super().__init__()
        self._window, self._sounds, self._is_code = window, sounds, is_code
        self.habits = ScannerHabits()
        self.port = ComPort(self)
        self.hear(self.port)
        self.port.changed.connect(self.changed)
        self._camera: CameraDialog | None = None

    def use(self, habits: ScannerHabits) -> None:
        """Follow these habits from now on."""
        self.habits = habits
        preamble.use(habits.preamble)
        self._sounds.muted = habits.muted
        self.port.listen(habits.port, habits.baud)
        self.changed.emit()

    def hear(self, source: Source) -> None:
        """Listen to one more source."""
        source.scanned.connect(self._hear)

    def show_camera(self) -> None:
        """Open the webcam's picture beside the window; once more closes it."""
        if self._camera is not None:
            self._camera.close()
            return
        from ui.scanning.camera_dialog import CameraDialog  # noqa: PLC0415 -- QtMultimedia is slow

        dialog = self._camera = CameraDialog(self.habits.camera, self._window)
        self.hear(dialog)
        dialog.finished.connect(self._forget_camera)
        dialog.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        dialog.show()

    def sound(self, *, works: bool, clean: bool) -> None:
        """Let a test scan sound as a scan of its kind does."""
        if not works:
            self._sounds.bad()
        elif clean:
            self._sounds.good()
        else:
            self._sounds.warning()

    def close(self) -> None:
        """Let go of port and camera."""
        if self._camera is not None:
            self._camera.close()
        self.port.close()

    def _forget_camera(self) -> None:
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.deleteLater()

    def _hear(self, read: str) -> None:
        raw = preamble.removed(read.strip("\r\n\t\x02\x03"))
        field = QApplication.focusWidget()
        if isinstance(field, ScanBox):
            field.take(raw)  # the window's, or that of a dialog which asks for a scan
        elif isinstance(field, KeepsScans) and field.keeps(raw):
            field.take(raw)
        elif isinstance(field, QLineEdit) and not field.isReadOnly() and not self._is_code(raw):
            _type_into(field, raw)
        else:
            self.scanned.emit(raw)


def _type_into(field: QLineEdit, raw: str) -> None:
    """What is no code of ours belongs to the field, as if it had been typed there."""
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, none, raw))
