"""Comparing what lies beside a device with what should."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from station import bench
from station.device import Device
from station.labelled import Fit
from station.reference import Reference, ReleaseRules, Table
from station.words import _
from ui.act_dialog import ActDialog
from ui.buttons import link_button
from ui.coded_words import coded, listed
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device.remedies import AddItem
from ui.device_words import device_line
from ui.field import mark_wrong
from ui.intake.charger_labels import CHARGER
from ui.item_scans import ItemFinding
from ui.theme import Role, words


class KitDialog(ActDialog):
    """A box for each item: what must be there first, then what stands in for a failed check.

    Not modal, so that the charger's label can be scanned while it is open.
    """

    charger_wanted = Signal()

    def __init__(
        self,
        device: Device,
        rules: ReleaseRules,
        reference: Reference,
        parent: QWidget,
        added: AddItem | None = None,
    ) -> None:
        act = BenchAct.CHECK_KIT
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, _("Record what is there"), parent)
        self.device, self._rules, self._reference = device.code, rules, reference
        kind = reference.tables.kinds.get(device.kind)  # None: of a newer version
        self._added = added
        more = (added.item,) if added else ()
        possible = (*rules.kit, *(kind.kit if kind else ()), *device.kit, *more)
        self.items = {item: self._box(item) for item in dict.fromkeys(possible)}
        for item, box in self.items.items():
            box.setChecked(item in device.kit or item in more)
            self.add(box)
        self.fields.setSpacing(4)
        self._finding = words("", Role.STRONG)
        self._finding.setObjectName("kitFinding")
        self._finding.setWordWrap(True)
        self._finding.hide()
        charger = link_button(_("Label the charger"), "Ctrl+K")
        charger.setObjectName("labelCharger")
        charger.setVisible(CHARGER in self.items)
        charger.clicked.connect(self.charger_wanted)
        self.add(self._finding, charger)
        for box in list(self.items.values())[:1]:
            box.setFocus()

    @property
    def present(self) -> tuple[str, ...]:
        """What is ticked."""
        return tuple(item for item, box in self.items.items() if box.isChecked())

    def show_finding(self, finding: ItemFinding) -> None:
        """A label was scanned: what is this device's own lies beside it."""
        self._finding.setText(finding.sentence)
        self._finding.show()
        mark_wrong(self._finding, finding.fit is Fit.OTHERS)
        box = self.items.get(finding.what)
        if box is not None and finding.fit is Fit.MATCHES:
            box.setChecked(True)
        self.activateWindow()

    @override
    def act(self) -> Act[Any] | None:
        added = self._added
        taken = added is not None and added.part is not None and added.item in self.present
        parts = (added.part,) if taken and added and added.part else ()
        kit = bench.CheckKit(device=self.device, present=self.present, parts=parts)
        return partial(bench.check_kit, kit)

    def _box(self, item: str) -> QCheckBox:
        word = coded(Table.KIT_ITEMS, item, self._reference)
        box = QCheckBox(f"{word} – {why}" if (why := self._why(item)) else word)
        box.setObjectName(f"kit.{item}")
        return box

    def _why(self, item: str) -> str:
        if item in self._rules.kit:
            return _("must be there")
        helped = [check for check in self._rules.checks if item in self._rules.stand_ins(check)]
        checks = listed(coded(Table.CHECKS, check, self._reference) for check in helped)
        return _("makes up for: {checks}").format(checks=checks) if checks else ""
