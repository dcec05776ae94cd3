"""Photos of the device in the form: one key takes one."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from station.words import _, _n
from ui.buttons import link_button, secondary_button
from ui.theme import Role, words

TAKE = "Alt+P"


class PhotosField(QWidget):
    """Counts what was taken; the camera is loaded at the first photo."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.photos: tuple[bytes, ...] = ()
        self.take = secondary_button(_("Take a photo"), shortcut=TAKE)
        self.take.setObjectName("intakePhoto")
        self.clear = link_button(_("Clear the photos"))
        self.clear.setObjectName("intakePhotosClear")
        self._count = words("", Role.MUTED)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.take)
        row.addWidget(self._count)
        row.addWidget(self.clear)
        row.addStretch()
        self.take.clicked.connect(self._take)
        self.clear.clicked.connect(lambda: self._changed(()))
        self.show_photos(())

    def show_photos(self, photos: Iterable[bytes]) -> None:
        """Show how many were taken of this device."""
        self.photos = tuple(photos)
        count = len(self.photos)
        told = _n("{count} photo", "{count} photos", count).format(count=count)
        self._count.setText(told if count else "")
        self._count.setVisible(bool(count))
        self.clear.setVisible(bool(count))

    def add(self, photo: bytes) -> None:
        """One more photo of this device."""
        self._changed((*self.photos, photo))

    def _take(self) -> None:
        from ui.camera_dialog import has_camera, open_camera  # noqa: PLC0415 -- loads slowly

        if has_camera():
            open_camera(self.window(), self.add, self._choose_file)
        else:
            self._choose_file()

    def _choose_file(self) -> None:
        kinds = _("Photos ({patterns})").format(patterns="*.jpg *.jpeg *.png")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a photo"), "", kinds)
        if chosen:
            self.read(Path(chosen))

    def read(self, file: Path) -> None:
        """Take a photo from a file; what is none is told."""
        from ui.camera_dialog import as_jpeg  # noqa: PLC0415 -- loads slowly

        picture = QImage(str(file))
        if picture.isNull():
            self.refused.emit(_("This file is no photo: {name}").format(name=file.name))
        else:
            self.add(as_jpeg(picture))

    def _changed(self, photos: tuple[bytes, ...]) -> None:
        self.show_photos(photos)
        self.edited.emit()
