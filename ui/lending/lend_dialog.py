"""Which devices a laptop takes along, and for how long."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from station.delegating import LONGEST, Delegate, delegate
from station.device import Device
from station.events import LaptopDelegated
from station.reference import Reference
from station.words import _
from ui.act_dialog import ActDialog
from ui.desk import Act
from ui.field import Field
from ui.number_box import NumberBox
from ui.paperwork.device_ticks import DeviceTicks
from ui.theme import words


class LendDialog(ActDialog):
    """Offers what is kept for pupils; the cases go along with their devices."""

    def __init__(
        self, devices: Sequence[Device], reference: Reference, now: datetime, parent: QWidget
    ) -> None:
        about = _("What goes along rests here until the laptop comes home.")
        super().__init__("lend_laptop", _("Lend a laptop"), about, _("Lend"), parent)
        self._now = now
        self.devices = DeviceTicks(reference)
        self.devices.show_devices(devices)
        self.days = NumberBox()
        self.days.setObjectName("lendDays")
        self.days.setRange(1, LONGEST.days)
        self._devices_field = Field(_("Devices that go along"), self.devices)
        self.add(self._devices_field, Field(_("For how many days, today included"), self.days))
        self.setMinimumWidth(620)
        if not devices:
            self.add(words(_("Nothing is kept for a pupil yet: reserve devices first.")))
            self.set_busy(True)

    def act(self) -> Act[LaptopDelegated] | None:
        """Lend what is ticked."""
        if not self.devices.ticked:
            self._devices_field.show_error(_("Tick what goes along."))
            return None
        command = Delegate(devices=self.devices.ticked, expires=self._expires())
        return partial(delegate, command)

    def _expires(self) -> datetime:
        """The end of the last day."""
        last = self._now.date() + timedelta(days=self.days.value() - 1)
        ends = datetime.combine(last, time(23, 59), self._now.tzinfo)
        return min(max(ends, self._now + timedelta(hours=1)), self._now + LONGEST)
