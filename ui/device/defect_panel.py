"""Lỗi trên hình: the drawing with its marks, and the list beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from station import events as e
from station.device import Defect, Device
from station.reference import Reference, Table
from station.words import _
from ui.buttons import link_button, with_shortcut
from ui.coded_words import coded
from ui.device.acts import SHORTCUTS, BenchAct, act_words
from ui.device.drawings import views_of
from ui.device.work_lines import defect_words
from ui.device.zone_picture import Mark, MarkSign, ZonePicture
from ui.elided import ElidedLabel
from ui.theme import Role, words


class DefectPanel(QWidget):
    """Says which zone is wrong, and which defect is gone."""

    zone_wanted = Signal(str)
    gone = Signal(object)  # DefectGone

    def __init__(self) -> None:
        super().__init__()
        self.picture = ZonePicture()
        self.picture.wanted.connect(self.zone_wanted)
        self._rows: QWidget | None = None
        self._hint = words("", Role.MUTED)
        self._hint.setWordWrap(True)
        act = BenchAct.FIND_DEFECT
        self.add = link_button(act_words(act))
        self.add.setObjectName("add_defect")
        self.add.setToolTip(with_shortcut(act_words(act), SHORTCUTS[act]))
        self.add.clicked.connect(lambda: self.zone_wanted.emit(""))
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.picture, 1)
        self._column.addLayout(foot)

    def show_device(self, device: Device, reference: Reference, *, possible: bool) -> None:
        """Show what is wrong with this device."""
        zones = (entry.id for entry in reference.entries(Table.ZONES))
        names = {zone: coded(Table.ZONES, zone, reference) for zone in zones}
        marks = [
            Mark(number, defect.zone, defect.severity)
            for number, defect in enumerate(device.defects, 1)
        ]
        self.picture.show_device(views_of(device.kind), marks, names)
        self.picture.setEnabled(possible)
        self.add.setVisible(possible)
        self._hint.setText(_hint(device))
        self._show_list(device, reference, possible=possible)

    def _show_list(self, device: Device, reference: Reference, *, possible: bool) -> None:
        if self._rows is not None:
            self._column.removeWidget(self._rows)
            self._rows.deleteLater()
        self._rows = QWidget()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for row, defect in enumerate(device.defects):
            severity = coded(Table.SEVERITIES, defect.severity, reference)
            mark = Mark(row + 1, defect.zone, defect.severity)
            grid.addWidget(MarkSign(mark, severity), row, 0)
            said = ElidedLabel(defect_words(defect, reference))
            said.setAccessibleName(f"{said.text()}, {severity}")
            grid.addWidget(said, row, 1)
            if possible:
                grid.addWidget(self._mended(defect, row), row, 2, Qt.AlignmentFlag.AlignRight)
        self._column.insertWidget(1, self._rows)

    def _mended(self, defect: Defect, row: int) -> QWidget:
        link = link_button(_("Mended"))
        link.setObjectName(f"mended.{row + 1}")
        said = e.DefectGone(defect=defect.defect, zone=defect.zone)
        link.clicked.connect(lambda: self.gone.emit(said))
        return link


def _hint(device: Device) -> str:
    if not views_of(device.kind):
        return _("There is no drawing of this kind of device.")
    if device.defects:
        return _("○ looks · △ minor · □ major")
    return _("No defect is known. Click the place, or go there with the arrow keys and Enter.")
