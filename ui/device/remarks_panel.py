"""Ghi chú và ảnh: what people wrote down and photographed, the newest first."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from station import events as e
from station.words import _
from ui.buttons import link_button, with_shortcut
from ui.device.acts import SHORTCUTS, BenchAct, act_words
from ui.device.opened import OpenedDevice
from ui.device.timeline_rows import moment_words
from ui.theme import Role, words
from ui.timeline import Moment, Timeline

THUMB = QSize(104, 78)


class RemarksPanel(QWidget):
    """Says which act is wanted, and which photo is to be seen large."""

    wanted = Signal(str)
    photo_wanted = Signal(bytes)

    def __init__(self) -> None:
        super().__init__()
        self.photos = QListWidget()
        self.photos.setObjectName("device_photos")
        self.photos.setAccessibleName(_("Photos"))
        self.photos.setViewMode(QListWidget.ViewMode.IconMode)
        self.photos.setFlow(QListWidget.Flow.LeftToRight)
        self.photos.setWrapping(False)
        self.photos.setMovement(QListWidget.Movement.Static)
        self.photos.setIconSize(THUMB)
        self.photos.setFixedHeight(THUMB.height() + 22)
        self.photos.itemActivated.connect(self._want)
        self.photos.itemClicked.connect(self._want)
        self.notes = Timeline()
        self._empty = words(_("Nothing was written down or photographed yet."), Role.MUTED)
        self._empty.setWordWrap(True)
        self._buttons = QHBoxLayout()
        for act in (BenchAct.WRITE_NOTE, BenchAct.ADD_PHOTO):
            self._add_button(act)
        self._buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._buttons)
        for widget in (self._empty, self.photos):
            column.addWidget(widget)
        column.addWidget(self.notes, 1)

    def show_device(self, opened: OpenedDevice, names: Mapping[str, str]) -> int:
        """Show the notes of this device; how many notes and photos there are."""
        noted = [
            Moment(moment_words(row), opened.notes[row.event.hash], names.get(row.by, ""))
            for row in reversed(opened.timeline)
            if isinstance(row.event.said, e.Noted)
            and row.event.hash in opened.notes
            and not row.withdrawn
        ]
        self.notes.show_moments(noted)
        count = len(noted) + len(opened.photos)
        self._empty.setVisible(not count)
        self.photos.setVisible(bool(opened.photos))
        self.notes.setVisible(bool(noted))
        self._show_places(opened)
        return count

    def show_photo(self, hash_: bytes, picture: QImage) -> None:
        """Put a thumbnail in its place; a photo that is gone keeps its word."""
        for row in range(self.photos.count()):
            item = self.photos.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == hash_ and not picture.isNull():
                item.setIcon(QIcon(QPixmap.fromImage(picture)))
                item.setText("")

    def _show_places(self, opened: OpenedDevice) -> None:
        shown = [
            self.photos.item(row).data(Qt.ItemDataRole.UserRole)
            for row in range(self.photos.count())
        ]
        if shown == list(opened.photos):
            return  # with their thumbnails
        self.photos.clear()
        for number, hash_ in enumerate(opened.photos, 1):
            item = QListWidgetItem(_("Photo {number}").format(number=number))
            item.setData(Qt.ItemDataRole.UserRole, hash_)
            self.photos.addItem(item)

    def _add_button(self, act: BenchAct) -> None:
        button = link_button(act_words(act))
        button.setObjectName(f"remark_{act}")
        button.setToolTip(with_shortcut(act_words(act), SHORTCUTS[act]))
        button.clicked.connect(lambda: self.wanted.emit(act))
        self._buttons.addWidget(button)

    def _want(self, item: QListWidgetItem) -> None:
        self.photo_wanted.emit(item.data(Qt.ItemDataRole.UserRole))
