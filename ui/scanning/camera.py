"""A webcam as a scanner: pictures are decoded off the window's thread, one at a time."""

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from ui.background import Background
from ui.scanning.pictures import Repeats, read_code

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

logger = logging.getLogger(__name__)

SHOWN: Final = (480, 360)
PAUSE_S: Final = 0.1  # between two pictures: an old PC has other things to do


class Seen(Struct, frozen=True):
    """What came of one picture."""

    picture: QImage  # small, for the eye
    text: str | None


class FrameReader(QObject):
    """Looks at frames; drops those that come while one is decoded."""

    scanned = Signal(str)
    shown = Signal(QImage)

    def __init__(self, background: Background, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._background, self._clock = background, clock
        self._repeats = Repeats()
        self._busy = False
        self._next = 0.0

    def look(self, frame: "QVideoFrame") -> None:
        """Decode a frame unless another one is being decoded."""
        if self._busy or self._clock() < self._next:
            return
        self._busy = True
        self._background.run(lambda: _look(frame), self._tell, self._failed, self)

    def _tell(self, seen: Seen) -> None:
        self._rest()
        self.shown.emit(seen.picture)
        if seen.text and self._repeats.is_new(seen.text, self._clock()):
            self.scanned.emit(seen.text)

    def _failed(self, error: Exception) -> None:
        logger.warning("a picture of the camera could not be read", exc_info=error)
        self._rest()

    def _rest(self) -> None:
        self._busy = False
        self._next = self._clock() + PAUSE_S


class Camera(QObject):
    """One camera that is on; QtMultimedia loads here."""

    scanned = Signal(str)
    shown = Signal(QImage)
    failed = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6 import QtMultimedia  # noqa: PLC0415 -- slow; few points scan by webcam

        self._background = Background("camera")
        self.reader = FrameReader(self._background)
        self.reader.scanned.connect(self.scanned)
        self.reader.shown.connect(self.shown)
        self._camera = QtMultimedia.QCamera(_device(name), self)
        self._session = QtMultimedia.QMediaCaptureSession(self)
        self._sink = QtMultimedia.QVideoSink(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self.reader.look)
        self._camera.errorOccurred.connect(lambda *_told: self.failed.emit())

    def start(self) -> None:
        """Turn it on."""
        if self._camera.cameraDevice().isNull():
            self.failed.emit()
        else:
            self._camera.start()

    def close(self) -> None:
        """Turn it off: its light must not stay on."""
        self._camera.stop()
        self._background.close()


def camera_names() -> tuple[str, ...]:
    """What the system calls its cameras, the usual one first."""
    from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415 -- as above

    return tuple(device.description() for device in QMediaDevices.videoInputs())


def _device(name: str):  # type: ignore[no-untyped-def]  # its type loads with it
    from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415 -- as above

    named = (one for one in QMediaDevices.videoInputs() if one.description() == name)
    return next(named, QMediaDevices.defaultVideoInput())


def _look(frame: "QVideoFrame") -> Seen:
    picture = frame.toImage()
    keep = Qt.AspectRatioMode.KeepAspectRatio
    return Seen(
        picture.scaled(*SHOWN, keep, Qt.TransformationMode.FastTransformation), read_code(picture)
    )
