"""Recording a repair or an upgrade, with the counted parts that went in."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from station import bench, refusals
from station.device import Device
from station.parts import Parts
from station.reference import Reference, Table
from station.text import BadText
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.coded_words import coded, listed
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device.remedies import ChooseWork
from ui.device_words import device_line
from ui.field import Field
from ui.note_field import NoteField
from ui.theme import Role, words

PART_HEIGHT, SHOWN, MARGIN = 32, 5, 8


class WorkDialog(ActDialog):
    """Asks what was done; says which checks must be repeated because of it."""

    def __init__(
        self,
        device: Device,
        stock: Sequence[Parts],
        reference: Reference,
        parent: QWidget,
        proposed: ChooseWork | None = None,
    ) -> None:
        """`proposed` stands chosen, and what it mends is mended where it is what was done."""
        act = BenchAct.RECORD_WORK
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, _("Record the work"), parent)
        self._device, self._reference, self._proposed = device.code, reference, proposed
        self.work = Choice("work", reference.entries(Table.WORKS), _("Choose the work"))
        self.work.currentIndexChanged.connect(self._tell_stale)
        self._work_field = Field(_("Work"), self.work)
        self.parts = QListWidget()
        self.parts.setObjectName("parts")
        self._parts_field = Field(_("Counted parts that went in"), self.parts)
        self._parts_field.setVisible(self._offer(stock))
        self.parts.setFixedHeight(min(self.parts.count(), SHOWN) * PART_HEIGHT + MARGIN)
        self._stale = words("", Role.MUTED)
        self._stale.setWordWrap(True)
        self._stale.hide()
        self.note = NoteField()
        self.add(self._work_field, self._stale, self._parts_field, self.note)
        if proposed is None:
            self.work.setFocus()
        else:
            self.work.choose(proposed.work)
            self._show_first(reference.work(proposed.work).parts)
            (self.parts if self.parts.count() else self.confirm).setFocus()

    def _show_first(self, fitting: Sequence[str]) -> None:
        """What may go in with this work stands at the top, the keys on it."""
        for row in range(self.parts.count() - 1, -1, -1):
            if self.parts.item(row).data(Qt.ItemDataRole.UserRole) not in fitting:
                self.parts.addItem(self.parts.takeItem(row))
        self.parts.setCurrentRow(0)

    @property
    def fitted(self) -> tuple[str, ...]:
        """The counted parts that are ticked."""
        items = (self.parts.item(row) for row in range(self.parts.count()))
        ticked = (i for i in items if i.checkState() is Qt.CheckState.Checked)
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in ticked)

    @override
    def act(self) -> Act[Any] | None:
        if self.work.chosen is None:
            missing(self._work_field)
            return None
        meant = self._proposed is not None and self._proposed.work == self.work.chosen
        done = bench.RecordWork(
            device=self._device,
            work=self.work.chosen,
            parts=self.fitted,
            note=self.note.text,
            mends=self._proposed.mends if meant and self._proposed else (),
        )
        return partial(bench.record_work, done)

    @override
    def field_of(self, error: Exception) -> Field | None:
        if isinstance(error, refusals.NotInStock):
            return self._parts_field
        return self.note if isinstance(error, BadText) else None

    def _offer(self, stock: Sequence[Parts]) -> bool:
        """List what lies in the boxes; False when the books show nothing."""
        for parts in stock:
            if parts.quantity > 0:
                word = coded(Table.PARTS, parts.item, self._reference)
                item = QListWidgetItem(f"{word}  ×{parts.quantity}", self.parts)
                item.setSizeHint(QSize(0, PART_HEIGHT))
                item.setData(Qt.ItemDataRole.UserRole, parts.item)
                item.setCheckState(Qt.CheckState.Unchecked)
        return self.parts.count() > 0

    def _tell_stale(self) -> None:
        stale = self._reference.work(self.work.chosen).stale if self.work.chosen else ()
        checks = listed(coded(Table.CHECKS, check, self._reference) for check in stale)
        sentence = _("To be repeated afterwards: {checks}").format(checks=checks)
        self._stale.setText(sentence)
        self._stale.setVisible(bool(checks))
