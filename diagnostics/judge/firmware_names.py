"""id.identity: whether the firmware names the machine and carries a mark of this one alone."""

from diagnostics.finding import Finding
from diagnostics.judge.silence import not_read, unknown
from station.checks import Outcome
from station.machine import Machine, Reading

CHECK = "id.identity"


def firmware_names(machine: Machine) -> Finding:
    """A board's name stands in for a system's: it names nearly every nameless desktop."""
    system, board = machine.system, machine.board
    named = bool((system.manufacturer and system.model) or (board.manufacturer and board.model))
    marks = (
        system.serial_number,
        system.uuid,
        system.chassis_serial_number,
        board.serial_number,
    )
    marked = any(marks)
    if named and marked:
        return Finding(CHECK, Outcome.PASS)
    reading = machine.reading_of("system")
    if reading is not Reading.OK:
        return not_read(CHECK, reading)
    if not named and not marked:
        return unknown(CHECK, "firmware_silent")
    reason = "serial_placeholder" if named else "model_placeholder"
    return Finding(CHECK, Outcome.WARN, (reason,))
