"""A photo in one key: the camera's live picture, and Enter takes it."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoSink
from PySide6.QtMultimediaWidgets import QVideoWidget
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from station.words import _
from ui.buttons import primary_button, secondary_button

LARGEST_SIDE = 1_600  # dots: enough to read a sticker, small enough to keep
QUALITY = 85


class CameraDialog(QDialog):
    """Shows what the camera sees; `taken` tells a JPEG."""

    taken = Signal(bytes)
    file_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cameraDialog")
        self.setWindowTitle(_("Photo"))
        self._camera = QCamera(QMediaDevices.defaultVideoInput())
        self._session = QMediaCaptureSession()
        self._picture = QVideoWidget()
        self._picture.setMinimumSize(640, 400)
        self._session.setCamera(self._camera)
        self._session.setVideoOutput(self._picture)
        self.take = primary_button(_("Take the photo"))
        self.take.setObjectName("takePhoto")
        self.take.setDefault(True)
        self.file = secondary_button(_("Choose a file…"))
        self.file.setObjectName("photoFile")
        self._lay_out()
        self.take.clicked.connect(self._take)
        self.file.clicked.connect(self._choose_file)
        self.finished.connect(self._camera.stop)
        self._camera.start()

    @property
    def sink(self) -> QVideoSink:
        """Where the camera's frames arrive."""
        return self._picture.videoSink()

    def _take(self) -> None:
        frame = self.sink.videoFrame()
        picture = frame.toImage() if frame.isValid() else QImage()
        if not picture.isNull():
            self.taken.emit(as_jpeg(picture))
            self.accept()

    def _choose_file(self) -> None:
        self.reject()
        self.file_wanted.emit()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.file)
        row.addStretch()
        row.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.addWidget(self._picture, 1)
        layout.addLayout(row)


def as_jpeg(picture: QImage) -> bytes:
    """A picture as it is kept: no larger than is needed to read a sticker."""
    if max(picture.width(), picture.height()) > LARGEST_SIDE:
        picture = picture.scaled(
            LARGEST_SIDE,
            LARGEST_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, b"JPEG", QUALITY)
    return bytes(data.data())


def has_camera() -> bool:
    """Whether this PC has one that can be opened."""
    return bool(QMediaDevices.videoInputs())


def open_camera(parent: QWidget, taken: Callable[[bytes], None], file: Callable[[], None]) -> None:
    """Let a person take a photo, or choose a file instead."""
    dialog = CameraDialog(parent)
    dialog.taken.connect(taken)
    dialog.file_wanted.connect(file)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
