"""Comparing what lies beside a device with what should."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from station import bench
from station.device import Device
from station.reference import Reference, ReleaseRules, Table
from station.words import _
from ui.act_dialog import ActDialog
from ui.bench_acts import BenchAct, act_words
from ui.coded_words import coded, listed
from ui.desk import Act
from ui.device_words import device_line


class KitDialog(ActDialog):
    """A box for each item: what must be there first, then what stands in for a failed check."""

    def __init__(
        self, device: Device, rules: ReleaseRules, reference: Reference, parent: QWidget
    ) -> None:
        act = BenchAct.CHECK_KIT
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, _("Record what is there"), parent)
        self._device, self._rules, self._reference = device.code, rules, reference
        kind = reference.tables.kinds.get(device.kind)  # None: of a newer version
        possible = (*rules.kit, *(kind.kit if kind else ()), *device.kit)
        self.items = {item: self._box(item) for item in dict.fromkeys(possible)}
        for item, box in self.items.items():
            box.setChecked(item in device.kit)
            self.add(box)
        self.fields.setSpacing(4)
        for box in list(self.items.values())[:1]:
            box.setFocus()

    @property
    def present(self) -> tuple[str, ...]:
        """What is ticked."""
        return tuple(item for item, box in self.items.items() if box.isChecked())

    @override
    def act(self) -> Act[Any] | None:
        return partial(bench.check_kit, bench.CheckKit(device=self._device, present=self.present))

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
