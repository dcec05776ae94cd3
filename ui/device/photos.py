"""Thumbnails of a device's photos, read and scaled off the window's thread."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout

from station.ports import PointStore
from station.words import _
from ui.desk import Desk
from ui.device.remarks_panel import THUMB, RemarksPanel

LARGE = QSize(1_100, 640)  # fits a panel of 1366x768
KEPT = 200  # thumbnails, of the devices opened last


class PhotoLoader(QObject):
    """Asks for each photo once, and shows one large when it is chosen."""

    def __init__(self, desk: Desk, panel: RemarksPanel) -> None:
        super().__init__(panel)
        self._desk, self._panel = desk, panel
        self._known: dict[bytes, QImage] = {}
        panel.photo_wanted.connect(self._show_large)

    def load(self, photos: Sequence[bytes]) -> None:
        """Put a thumbnail in the place of each."""
        while len(self._known) > KEPT:
            self._known.pop(next(iter(self._known)))
        for photo in photos:
            if photo in self._known:
                self._panel.show_photo(photo, self._known[photo])
            else:
                self._ask(photo, THUMB, partial(self._keep, photo))

    def _ask(self, photo: bytes, size: QSize, done: "partial[None]") -> None:
        question = partial(_scaled, photo=photo, size=size)
        self._desk.ask(question, done, lambda _error: None, owner=self)

    def _keep(self, photo: bytes, picture: QImage) -> None:
        self._known[photo] = picture
        self._panel.show_photo(photo, picture)

    def _show_large(self, photo: bytes) -> None:
        self._ask(photo, LARGE, partial(self._open))

    def _open(self, picture: QImage) -> None:
        if picture.isNull():
            return
        dialog = QDialog(self._panel.window())
        dialog.setObjectName("photo_dialog")
        dialog.setWindowTitle(_("Photo"))
        shown = QLabel()
        shown.setPixmap(QPixmap.fromImage(picture))
        QVBoxLayout(dialog).addWidget(shown)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _scaled(store: PointStore, *, photo: bytes, size: QSize) -> QImage:
    """The photo no larger than this; a null image where it is not here or was purged."""
    picture = QImage.fromData(store.attachment(photo) or b"")
    if picture.isNull():
        return picture
    return picture.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
