"""Which dialog asks for what an act needs; acts without one need nothing more."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from station.reference import Reference
from station.release import State
from ui.act_dialog import ActDialog
from ui.device.acts import BenchAct
from ui.device.correct_dialog import CorrectDialog
from ui.device.defect_dialog import DefectDialog
from ui.device.describe_dialog import DescribeDialog
from ui.device.erasure_dialog import ErasureDialog
from ui.device.exception_dialog import ExceptionDialog
from ui.device.grade_dialog import GradeDialog
from ui.device.hand_checks_dialog import HandChecksDialog
from ui.device.judged import JudgedDevice
from ui.device.kit_dialog import KitDialog
from ui.device.move_part_panel import MovePartPanel
from ui.device.note_dialog import NoteDialog
from ui.device.reason_dialog import HoldDialog, RetireDialog
from ui.device.remedies import AddItem, ChooseWork, Remedy
from ui.device.removal_dialog import RemovalDialog
from ui.device.set_dialogs import JoinSetDialog, PartSetDialog
from ui.device.system_dialog import SystemDialog
from ui.device.travel_dialogs import ArriveDialog, SendDialog
from ui.device.work_dialog import WorkDialog
from ui.device_words import device_line
from ui.offers.dialogs import PlanCallDialog


def dialog_for(
    act: BenchAct, judged: JudgedDevice, reference: Reference, parent: QWidget
) -> ActDialog | None:
    """The dialog of an act, filled with what is known."""
    device, rules = judged.device, judged.rules
    match act:
        case BenchAct.ENTER_CHECKS:
            return HandChecksDialog(device, rules, reference, parent)
        case BenchAct.RECORD_WORK:
            return WorkDialog(device, judged.opened.stock, reference, parent)
        case BenchAct.CHECK_KIT:
            return KitDialog(device, rules, reference, parent)
        case BenchAct.MAKE_READY_WITH_EXCEPTION:
            return ExceptionDialog(device, waivable(judged), reference, parent)
    of_judged = OF_JUDGED.get(act)
    if of_judged is not None:
        return of_judged(judged, reference, parent)
    plain = PLAIN.get(act)
    return plain(device, reference, parent) if plain else None


def _plan_call(judged: JudgedDevice, reference: Reference, parent: QWidget) -> ActDialog:
    device = judged.device
    about = device_line(device, reference)
    return PlanCallDialog(device.code, about, reference, lambda: judged.day, parent)


OF_JUDGED: Final[dict[BenchAct, Callable[[JudgedDevice, Reference, QWidget], ActDialog]]] = {
    BenchAct.CONFIRM_GRADE: GradeDialog,
    BenchAct.SEND: SendDialog,
    BenchAct.ARRIVE: ArriveDialog,
    BenchAct.CORRECT: CorrectDialog,
    BenchAct.PLAN_CALL: _plan_call,
}
PLAIN = {
    BenchAct.MOVE_PART: MovePartPanel,
    BenchAct.RECORD_ERASURE: ErasureDialog,
    BenchAct.REMOVE_DISK: RemovalDialog,
    BenchAct.RECORD_SYSTEM: SystemDialog,
    BenchAct.DESCRIBE: DescribeDialog,
    BenchAct.FIND_DEFECT: DefectDialog,
    BenchAct.WRITE_NOTE: NoteDialog,
    BenchAct.PUT_ON_HOLD: HoldDialog,
    BenchAct.RETIRE: RetireDialog,
    BenchAct.JOIN_SET: JoinSetDialog,
    BenchAct.PART_SET: PartSetDialog,
}


def dialog_of(
    remedy: Remedy, judged: JudgedDevice, reference: Reference, parent: QWidget
) -> ActDialog | None:
    """What a remedy asks before it is recorded: which part, or what else lies beside it."""
    device = judged.device
    match remedy:
        case ChooseWork():
            return WorkDialog(device, judged.opened.stock, reference, parent, remedy)
        case AddItem():
            return KitDialog(device, judged.rules, reference, parent, remedy)
    return None


def waivable(judged: JudgedDevice) -> tuple[str, ...]:
    """The open conditions that a lead may let go."""
    still_open = (c.name for c in judged.gate.conditions if c.state is State.OPEN)
    return tuple(name for name in still_open if name in judged.rules.waivable)
