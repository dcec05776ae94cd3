"""Recording which operating system was put on, and the right to use it."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from station import bench
from station.device import Device
from station.reference import Reference, Table
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.coded_words import coded
from ui.desk import Act
from ui.device.acts import BenchAct, act_words
from ui.device_words import device_line
from ui.field import Field


class SystemDialog(ActDialog):
    """Asks for the system, the licence that may stand behind it, and the first start."""

    def __init__(self, device: Device, reference: Reference, parent: QWidget) -> None:
        act = BenchAct.RECORD_SYSTEM
        about = device_line(device, reference)
        super().__init__(act, act_words(act), about, _("Record the system"), parent)
        self._device, self._reference = device.code, reference
        fitting = (s for s in reference.tables.systems.values() if device.kind in s.kinds)
        self.system = Choice("system", fitting, _("Choose the system"))
        self.system.currentIndexChanged.connect(self._offer_licences)
        self._system_field = Field(_("Operating system"), self.system)
        self.licence = Choice("licence", placeholder=_("Choose the licence"))
        self._licence_field = Field(_("Right to use it"), self.licence)
        self.first_boot = QCheckBox(_("I saw it start up to its desktop"))
        self.first_boot.setObjectName("first_boot")
        self.add(self._system_field, self._licence_field, self.first_boot)
        if device.system is not None:  # most often only its first start is told later
            self.system.choose(device.system.system)
            self.licence.choose(device.system.licence)
            self.first_boot.setFocus()
        else:
            self.system.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self.system.chosen is None:
            missing(self._system_field)
            return None
        if self.licence.chosen is None:
            missing(self._licence_field)
            return None
        put_on = bench.RecordSystem(
            device=self._device,
            system=self.system.chosen,
            licence=self.licence.chosen,
            first_boot_seen=self.first_boot.isChecked(),
        )
        return partial(bench.record_system, put_on)

    def _offer_licences(self) -> None:
        system = self.system.chosen
        licences = self._reference.system(system).licences if system else ()
        self.licence.offer((id_, coded(Table.LICENCES, id_, self._reference)) for id_ in licences)
