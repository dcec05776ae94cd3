"""Linking a waiting report: what is asked of the store, and when a person must look twice."""

from station import refusals
from station.bench import RecordChecks
from station.device import Device
from station.duties import require_duty
from station.events import ChecksRecorded, Event
from station.inbox import link_report
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from ui.reports.diagnosing import KeptReport, command_for, names_another


class ReportDiffers(Exception):
    """The report tells another serial number than the device: a person decides."""

    code = "report_differs"

    def __init__(self, device: Device, told: str) -> None:
        super().__init__(device.code)
        self.device, self.told = device, told


def link(
    code: str, kept: KeptReport, store: PointStore, by: Operator, when: Moment, *, sure: bool
) -> Event:
    """Link a kept report to a device; raises ReportDiffers until somebody is sure."""
    device = store.device(code)
    if device is not None and not sure and names_another(device, kept.report):
        raise ReportDiffers(device, kept.report.machine.system.serial_number or "–")
    return link_report(command_for(code, kept), store, by, when)


def require_pairing(code: str, store: PointStore, by: Operator, _when: Moment) -> Device:
    """The device whose laptop may send a report now; raises the refusal its report would meet."""
    require_duty(by, ChecksRecorded)
    device = store.device(code)
    if device is None:
        raise refusals.UnknownDevice(code)
    device.require(ChecksRecorded)
    return device


def landed_command(device: Device, kept: KeptReport) -> RecordChecks:
    """What a report that came by its code records; raises ReportDiffers."""
    if names_another(device, kept.report):
        raise ReportDiffers(device, kept.report.machine.system.serial_number or "–")
    return command_for(device.code, kept)
