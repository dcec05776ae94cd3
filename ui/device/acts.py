"""What can be done on a device's page, where that is allowed, and which act comes next."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from station import events as e
from station.device import Device, Stage
from station.duties import require_duty
from station.operators import Operator
from station.reference import Reference, ReleaseRules
from station.release import (
    ERASURE,
    GRADE,
    KIT,
    LOCKS,
    SERIAL,
    SYSTEM,
    Condition,
    Gate,
    State,
    reopened,
)
from station.words import _, _c


class BenchAct(StrEnum):
    """One act; its value names the buttons that do it."""

    TAKE_TO_BENCH = "take_to_bench"
    TAKE_OVER = "take_over"
    RUN_DIAGNOSTICS = "run_diagnostics"
    READ_TABLET = "read_tablet"
    READ_REPORT = "read_report"
    AWAIT_REPORT = "await_report"
    ENTER_CHECKS = "enter_checks"
    FIND_DEFECT = "find_defect"
    RECORD_WORK = "record_work"
    MOVE_PART = "move_part"
    RECORD_ERASURE = "record_erasure"
    REMOVE_DISK = "remove_disk"
    RECORD_SYSTEM = "record_system"
    CHECK_KIT = "check_kit"
    CONFIRM_GRADE = "confirm_grade"
    DESCRIBE = "describe"
    WRITE_NOTE = "write_note"
    ADD_PHOTO = "add_photo"
    MAKE_READY = "make_ready"
    MAKE_READY_WITH_EXCEPTION = "make_ready_with_exception"
    PUT_ON_HOLD = "put_on_hold"
    RESUME = "resume"
    PLAN_CALL = "plan_call"
    RETIRE = "retire"
    JOIN_SET = "join_set"
    PART_SET = "part_set"
    SEND = "send"
    ARRIVE = "arrive"
    COUNT_SEEN = "count_seen"
    COUNT_MISSING = "count_missing"
    CORRECT = "correct"
    GO_TO_HANDOVER = "go_to_handover"


A = BenchAct
RECORDS: Final[dict[BenchAct, type[e.Said]]] = {
    A.TAKE_TO_BENCH: e.TakenToBench,
    A.TAKE_OVER: e.TakenOver,
    A.FIND_DEFECT: e.DefectFound,
    A.WRITE_NOTE: e.Noted,
    A.ADD_PHOTO: e.PhotoTaken,
    A.RUN_DIAGNOSTICS: e.ChecksRecorded,
    A.READ_TABLET: e.ChecksRecorded,
    A.READ_REPORT: e.ChecksRecorded,
    A.AWAIT_REPORT: e.ChecksRecorded,
    A.ENTER_CHECKS: e.CheckEnteredByHand,
    A.RECORD_WORK: e.WorkDone,
    A.MOVE_PART: e.PartTaken,
    A.RECORD_ERASURE: e.StorageErased,
    A.REMOVE_DISK: e.StorageRemoved,
    A.RECORD_SYSTEM: e.SystemInstalled,
    A.CHECK_KIT: e.KitChecked,
    A.CONFIRM_GRADE: e.Graded,
    A.DESCRIBE: e.Described,
    A.MAKE_READY: e.MadeReady,
    A.MAKE_READY_WITH_EXCEPTION: e.MadeReady,
    A.PUT_ON_HOLD: e.PutOnHold,
    A.RESUME: e.Resumed,
    A.RETIRE: e.Retired,
    A.JOIN_SET: e.Joined,
    A.PART_SET: e.Parted,
    A.SEND: e.SentTo,
    A.ARRIVE: e.ArrivedFrom,
    A.COUNT_SEEN: e.Counted,
    A.COUNT_MISSING: e.Counted,
    A.PLAN_CALL: e.CallPlanned,
}

# What the bench does first when several conditions are open: what costs most to find out late.
ORDER: Final = (
    A.RUN_DIAGNOSTICS,
    A.ENTER_CHECKS,
    A.RECORD_WORK,
    A.RECORD_ERASURE,
    A.RECORD_SYSTEM,
    A.CHECK_KIT,
    A.DESCRIBE,
    A.CONFIRM_GRADE,
    A.MAKE_READY_WITH_EXCEPTION,
)
TABLET: Final = (
    "tablet"  # of resources/kinds.toml; it is read over a cable, not started from a stick
)
IN_WORK: Final = frozenset({Stage.ON_BENCH, Stage.IN_REPAIR_FOR_PUPIL})
TO_HANDOVER: Final = frozenset({Stage.READY, Stage.RESERVED, Stage.WITH_SCHOOL, Stage.HANDED_OVER})
ANYBODYS: Final = frozenset({A.COUNT_SEEN, A.COUNT_MISSING})
OWN_CONDITIONS: Final = {
    SERIAL: A.DESCRIBE,
    LOCKS: A.DESCRIBE,
    ERASURE: A.RECORD_ERASURE,
    SYSTEM: A.RECORD_SYSTEM,
    KIT: A.CHECK_KIT,
    GRADE: A.CONFIRM_GRADE,
}


def allowed(act: BenchAct, device: Device) -> bool:
    """Whether the device's stage and hold let this be recorded now."""
    if act is A.GO_TO_HANDOVER:
        return device.stage in TO_HANDOVER | {Stage.IN_REPAIR_FOR_PUPIL}
    if act is A.CORRECT:
        return True  # what was written wrongly is put right wherever the device is
    kind = RECORDS[act]
    if not device.allows(kind):
        return False
    if act in {A.RUN_DIAGNOSTICS, A.READ_TABLET}:
        return (device.kind == TABLET) is (act is A.READ_TABLET)
    if act in {A.PUT_ON_HOLD, A.RESUME}:
        return bool(device.hold) is (act is A.RESUME)
    if act is A.JOIN_SET:
        return device.head is None
    if act is A.PART_SET:
        return device.head is not None or bool(device.members)
    return True


def require_act(act: BenchAct, by: Operator) -> None:
    """Raise NotYourRole where the ledger would; correcting asks again by what is corrected."""
    if act is A.MAKE_READY_WITH_EXCEPTION:
        by.require()  # the lead alone
    elif act in RECORDS and act not in ANYBODYS:
        require_duty(by, RECORDS[act])


def next_act(
    device: Device, gate: Gate, reference: Reference, rules: ReleaseRules
) -> BenchAct | None:
    """The one act the page proposes; None where nothing is left to do here."""
    if device.hold:
        return A.RESUME
    if device.stage is Stage.RECEIVED or (device.stage is Stage.READY and reopened(device, gate)):
        return A.TAKE_TO_BENCH
    if device.stage not in IN_WORK:
        return A.GO_TO_HANDOVER if device.stage in TO_HANDOVER else None
    asked = set(_wanted(device, gate, reference, rules))
    wanted = {act for act in asked if allowed(act, device)}
    if not wanted:
        return A.MAKE_READY if device.stage is Stage.ON_BENCH else A.GO_TO_HANDOVER
    return min(wanted, key=ORDER.index)


def act_for(
    condition: Condition, device: Device, reference: Reference, rules: ReleaseRules
) -> BenchAct:
    """What meets an open condition."""
    if condition.why == "disks_unknown" and reference.kind(device.kind).is_computer:
        return A.RUN_DIAGNOSTICS
    if condition.name in OWN_CONDITIONS:
        return OWN_CONDITIONS[condition.name]
    if condition.why == "failed":
        return A.RECORD_WORK
    if condition.name in rules.by_hand:
        return A.ENTER_CHECKS
    if condition.why == "unknown":  # measured, and the machine cannot say
        return A.CHECK_KIT if condition.detail else A.MAKE_READY_WITH_EXCEPTION
    return A.RUN_DIAGNOSTICS


def _wanted(
    device: Device, gate: Gate, reference: Reference, rules: ReleaseRules
) -> Iterator[BenchAct]:
    """A pupil's own device is repaired and checked; the rest of the gate is not asked of it."""
    for condition in gate.conditions:
        own = condition.name in OWN_CONDITIONS
        if condition.state is State.OPEN and not (own and device.stage is not Stage.ON_BENCH):
            yield act_for(condition, device, reference, rules)


def act_words(act: BenchAct) -> str:
    """What the act's buttons say."""
    return {
        A.TAKE_TO_BENCH: _("Take to the bench"),
        A.TAKE_OVER: _("Take over"),
        A.FIND_DEFECT: _("Add a defect"),
        A.WRITE_NOTE: _("Write a note"),
        A.ADD_PHOTO: _("Add a photo"),
        A.RUN_DIAGNOSTICS: _("Run diagnostics on this machine"),
        A.READ_TABLET: _("Read the tablet on the cable"),
        A.READ_REPORT: _("Read a report file"),
        A.AWAIT_REPORT: _("Take in a laptop's report"),
        A.ENTER_CHECKS: _("Enter checks by hand"),
        A.RECORD_WORK: _("Record work"),
        A.MOVE_PART: _("Move a part"),
        A.RECORD_ERASURE: _("Record an erasure"),
        A.REMOVE_DISK: _("Take a disk out"),
        A.RECORD_SYSTEM: _("Record the operating system"),
        A.CHECK_KIT: _("Check the kit"),
        A.CONFIRM_GRADE: _("Confirm the grade"),
        A.DESCRIBE: _("Confirm what the device is"),
        A.MAKE_READY: _("Make ready to give"),
        A.MAKE_READY_WITH_EXCEPTION: _("Release with an exception"),
        A.PUT_ON_HOLD: _("Put on hold"),
        A.RESUME: _("Go on with the work"),
        A.PLAN_CALL: _("Donor must be called…"),
        A.RETIRE: _("Retire the device"),
        A.JOIN_SET: _("Join a set"),
        A.PART_SET: _("Take out of the set"),
        A.SEND: _("Send to another place"),
        A.ARRIVE: _("Arrived from another place"),
        A.COUNT_SEEN: _("Stocktake: seen"),
        A.COUNT_MISSING: _("Stocktake: not found"),
        A.CORRECT: _("Correct an earlier entry"),
        A.GO_TO_HANDOVER: _c("act", "Go to giving"),
    }[act]


SHORTCUTS: Final[dict[BenchAct, str]] = {
    A.TAKE_OVER: "Alt+F",
    A.FIND_DEFECT: "Alt+X",
    A.WRITE_NOTE: "Alt+Q",
    A.ADD_PHOTO: "Alt+U",
    A.RUN_DIAGNOSTICS: "Alt+D",
    A.READ_TABLET: "Alt+D",  # no device has both
    A.READ_REPORT: "Alt+O",
    A.AWAIT_REPORT: "Alt+Y",
    A.ENTER_CHECKS: "Alt+K",
    A.RECORD_WORK: "Alt+W",
    A.MOVE_PART: "Alt+M",
    A.RECORD_ERASURE: "Alt+E",
    A.REMOVE_DISK: "Alt+Shift+E",
    A.RECORD_SYSTEM: "Alt+I",
    A.CHECK_KIT: "Alt+B",
    A.CONFIRM_GRADE: "Alt+G",
    A.DESCRIBE: "Alt+T",
    A.PUT_ON_HOLD: "Alt+H",
    A.PLAN_CALL: "Alt+L",
    A.RETIRE: "Alt+Shift+R",
    A.JOIN_SET: "Alt+J",
    A.PART_SET: "Alt+Shift+J",
    A.SEND: "Alt+N",
    A.ARRIVE: "Alt+A",
    A.COUNT_SEEN: "Alt+S",
    A.COUNT_MISSING: "Alt+Shift+S",
    A.CORRECT: "Alt+C",
}
PRIMARY_SHORTCUT: Final = "Ctrl+Return"
