"""Kho thiết bị as a table: pages of rows fetched in the background, the newest question wins."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from station.codes import grouped
from station.device import Device
from station.ports import DeviceFilter, DeviceRow, PointStore
from station.reference import Reference, Table
from station.words import _
from ui.chip_delegate import TONE_ROLE
from ui.coded_words import coded
from ui.day_words import age_words
from ui.desk import Desk
from ui.gate_words import standing
from ui.theme import Tone

PAGE: Final = 100
MOST_AGAIN: Final = 500  # rows read anew after something was recorded
COLUMNS: Final = 8
CODE, KIND, NAME, SERIAL, STAGE, GRADE, AGE, LOT = range(COLUMNS)

Index = QModelIndex | QPersistentModelIndex
DisplayRole = Qt.ItemDataRole.DisplayRole
NONE = "–"


@dataclass(frozen=True)
class _Question:
    """Which rows are asked for; `before` is None for the first ones."""

    wanted: DeviceFilter
    before: int | None
    limit: int


class DeviceTableModel(QAbstractTableModel):
    """Rows keyed by their position; never waits for the store.

    While one question is open only the latest further one is kept: who types fast is answered
    for what stands there in the end.
    """

    answered = Signal()  # the first rows of `wanted` are there
    failed = Signal(Exception)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.wanted = DeviceFilter()
        self._rows: list[DeviceRow] = []
        self._more = False
        self._today = desk.now().day
        self._open: _Question | None = None
        self._next: _Question | None = None

    def show_filter(self, wanted: DeviceFilter) -> None:
        """Show the devices of this filter instead."""
        self.wanted = wanted
        self._put(_Question(wanted, None, PAGE))

    def refresh(self) -> None:
        """Read the rows that are shown anew."""
        limit = min(max(len(self._rows), PAGE), MOST_AGAIN)
        self._put(_Question(self.wanted, None, limit))

    def device(self, row: int) -> Device:
        """The device of a row."""
        return self._rows[row].device

    def row_of(self, code: str) -> int | None:
        """Where a device stands among the rows that were fetched."""
        codes = (row.device.code for row in self._rows)
        return next((number for number, known in enumerate(codes) if known == code), None)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- the same
        return 0 if parent.isValid() else len(_COLUMNS)

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more and self._open is None

    @override
    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._put(_Question(self.wanted, self._rows[-1].position, PAGE))

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = DisplayRole
    ) -> str | None:
        if role != DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            _("Code"),
            _("Kind"),
            _("Maker and model"),
            _("S/N"),
            _("Stage"),
            _("Grade"),
            _("Since"),
            _("Lot"),
        )[section]

    @override
    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid():
            return None
        device = self._rows[index.row()].device
        if role == TONE_ROLE and index.column() == STAGE:
            return Tone.WARN if device.hold else standing(device, self._desk.reference)[0]
        if role == DisplayRole:
            return _COLUMNS[index.column()](device, self._desk.reference, self._today)
        return None

    def _put(self, question: _Question) -> None:
        if self._open is not None:
            self._next = question
            return
        self._open = question
        self._desk.ask(
            partial(_read, question), partial(self._take, question), self._fail, owner=self
        )

    def _take(self, question: _Question, rows: tuple[DeviceRow, ...]) -> None:
        self._open = None
        if self._next is not None:
            self._ask_next()
            return
        self._more = len(rows) == question.limit
        if question.before is not None:
            self._append(rows)
        else:
            self._today = self._desk.now().day
            self._show(rows)
            self.answered.emit()

    def _fail(self, error: Exception) -> None:
        self._open = None
        self._more = False  # else the view asks again for ever
        if self._next is not None:
            self._ask_next()
        else:
            self.failed.emit(error)

    def _ask_next(self) -> None:
        question, self._next = self._next, None
        if question is not None:
            self._put(question)

    def _append(self, rows: tuple[DeviceRow, ...]) -> None:
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def _show(self, rows: tuple[DeviceRow, ...]) -> None:
        if [row.position for row in rows] == [row.position for row in self._rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, LOT))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()


def _read(question: _Question, store: PointStore) -> tuple[DeviceRow, ...]:
    return store.devices(question.wanted, before=question.before, limit=question.limit)


def _kind(device: Device, reference: Reference, _today: date) -> str:
    return coded(Table.KINDS, device.kind, reference)


def _stage(device: Device, reference: Reference, _today: date) -> str:
    if device.hold:
        return coded(Table.REASONS, device.hold, reference)
    return standing(device, reference)[1]


def _grade(device: Device, reference: Reference, _today: date) -> str:
    return coded(Table.GRADES, device.grade, reference) if device.grade else NONE


def _age(device: Device, _reference: Reference, today: date) -> str:
    return age_words(device.since, today) if device.since else NONE


_COLUMNS: Final[tuple[Callable[[Device, Reference, date], str], ...]] = (
    lambda device, _reference, _today: grouped(device.code),
    _kind,
    lambda device, _reference, _today: device.name or NONE,
    lambda device, _reference, _today: device.serial or NONE,
    _stage,
    _grade,
    _age,
    lambda device, _reference, _today: grouped(device.lot) if device.lot else NONE,
)
