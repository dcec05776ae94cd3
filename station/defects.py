"""What is wrong with a device and where: found, and gone when it was mended."""

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.duties import require_duty
from station.ledger import Moment
from station.notes import kept_note
from station.operators import Operator
from station.ports import Store


class FindDefect(Struct, frozen=True, kw_only=True):
    """Somebody saw that something is wrong at a place of the device."""

    device: str
    defect: str
    zone: str
    severity: str
    note: str = ""


class MendDefect(Struct, frozen=True, kw_only=True):
    """It was mended, or was none."""

    device: str
    defect: str
    zone: str


def find_defect(command: FindDefect, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record a defect; the same at the same place stands once, with what was said last."""
    require_duty(by, e.DefectFound)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.DefectFound)
        said = e.DefectFound(defect=command.defect, zone=command.zone, severity=command.severity)
        guards.guard_defect(work.reference, said)
        note = kept_note(work, command.note)
        return work.record(
            device.code,
            e.DefectFound(defect=said.defect, zone=said.zone, severity=said.severity, note=note),
        )


def mend_defect(command: MendDefect, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that a defect is there no more; raises NoSuchDefect."""
    require_duty(by, e.DefectGone)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.DefectGone)
        named = (command.defect, command.zone)
        if named not in {(known.defect, known.zone) for known in device.defects}:
            raise refusals.NoSuchDefect(device.code, *named)
        return work.record(device.code, e.DefectGone(defect=command.defect, zone=command.zone))
