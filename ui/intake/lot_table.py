"""The table of a lot that is being listed."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from station.codes import grouped
from station.intake import NewDevice
from station.reference import Reference, Table
from station.words import _
from ui.coded_words import coded
from ui.intake.lot_draft import LotDraft

NUMBER, DEVICE, SERIAL = range(3)

Index = QModelIndex | QPersistentModelIndex
DisplayRole = Qt.ItemDataRole.DisplayRole


class LotTable(QAbstractTableModel):
    """Place in the lot, what it is, its serial number or the label that is on it."""

    def __init__(self, reference: Reference, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reference = reference
        self._lot = LotDraft()

    def show_lot(self, lot: LotDraft) -> None:
        """Show this list instead."""
        self.beginResetModel()
        self._lot = lot
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        return 0 if parent.isValid() else len(self._lot)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- the same
        return 0 if parent.isValid() else SERIAL + 1

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = DisplayRole
    ) -> str | None:
        if role != DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("No."), _("Device"), _("S/N or label"))[section]

    @override
    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid():
            return None
        device = self._lot.devices[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == DEVICE:
            return new_device_name(device, self._reference)
        return self._shown(device, index) if role == DisplayRole else None

    def _shown(self, device: NewDevice, index: Index) -> str:
        if index.column() == NUMBER:
            return str(index.row() + 1)
        if index.column() == SERIAL:
            return device.serial or (grouped(device.code) if device.code else "–")
        name = new_device_name(device, self._reference)
        return f"└ {name}" if device.belongs_to is not None else name


def new_device_name(device: NewDevice, reference: Reference) -> str:
    """Maker and model, else the kind."""
    known = " ".join(word for word in (device.maker, device.model) if word)
    return known or coded(Table.KINDS, device.kind, reference)


def numbered_device_name(device: NewDevice, reference: Reference) -> str:
    """The same with the serial number: alike devices are told apart by it alone."""
    name = new_device_name(device, reference)
    if not device.serial:
        return name
    told = _("S/N {serial}").format(serial=device.serial)
    return f"{name} · {told}"
