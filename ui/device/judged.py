"""An opened device beside the rules of the day: what its cards are made of."""

from dataclasses import dataclass
from datetime import date

from station.device import Device
from station.grading import GradeProposal, propose_grade
from station.ledger import Moment
from station.reference import Reference, ReleaseRules, UnknownReference
from station.release import Gate, gate
from ui.device.acts import BenchAct, next_act
from ui.device.opened import OpenedDevice

NO_RULES = ReleaseRules(
    checks=(),
    by_hand=(),
    kit=(),
    erasure=False,
    system=False,
    setup_screen=False,
    grade=False,
    waivable=(),
    dangers=(),
    faults=(),
    items_for={},
)


@dataclass(frozen=True)
class JudgedDevice:
    """What the store knows of a device, and what the release policy of a day asks of it."""

    opened: OpenedDevice
    rules: ReleaseRules
    gate: Gate
    next: BenchAct | None
    day: date
    proposal: GradeProposal | None = None  # None: its kind has no grade

    @property
    def device(self) -> Device:
        """The device itself."""
        return self.opened.device


def judge(opened: OpenedDevice, reference: Reference, when: Moment) -> JudgedDevice:
    """Hold a device against the rules of that day; a kind of a newer version has none here."""
    device = opened.device
    try:
        rules = reference.release_policy(when.day).rules(device.kind)
    except UnknownReference:
        return JudgedDevice(opened, NO_RULES, Gate("", ()), None, when.day)
    checked = gate(device, reference, when)
    proposed = next_act(device, checked, reference, rules)
    grade = propose_grade(device, reference, when) if rules.grade else None
    return JudgedDevice(opened, rules, checked, proposed, when.day, grade)
