"""What is said of an office's list: its columns, its lines, and why a file cannot be read."""

from station.codes import grouped
from station.lists.words import LIST_PROBLEMS
from station.reference import Reference
from station.words import _
from ui.coded_words import listed
from ui.office_list.columns import Column
from ui.office_list.lines import MOST_OF_ONE, ListLine, Trouble
from ui.theme import Tone
from ui.wording import explain


def column_words(column: Column) -> str:
    """What a column says."""
    return {
        Column.KIND: _("Kind of device"),
        Column.MAKER: _("Maker"),
        Column.MODEL: _("Model"),
        Column.SERIAL: _("Serial number (S/N)"),
        Column.COUNT: _("How many"),
        Column.REMARK: _("Note"),
    }[column]


def line_words(line: ListLine, left_out: bool) -> tuple[Tone, str]:
    """How a line stands, in a chip."""
    if left_out:
        return Tone.UNKNOWN, _("left out")
    if not line.troubles:
        return Tone.OK, _("in order")
    told = listed(_trouble(trouble, line) for trouble in line.troubles)
    return (Tone.FAIL if line.stops else Tone.WARN), told


def _trouble(trouble: Trouble, line: ListLine) -> str:
    return {
        Trouble.KIND_UNKNOWN: lambda: _("kind not known"),
        Trouble.NO_NUMBER: lambda: _("no number of devices"),
        Trouble.TOO_MANY: lambda: _("more than {most} on one line").format(most=MOST_OF_ONE),
        Trouble.SERIAL_TWICE: lambda: _("serial stands twice"),
        Trouble.SERIAL_OF_MANY: lambda: _("one serial for several"),
        Trouble.SERIAL_HERE: lambda: _("here already: {code}").format(code=grouped(line.here)),
        Trouble.SERIAL_EXPECTED: lambda: _("expected already: {code}").format(
            code=grouped(line.expected)
        ),
        Trouble.PLACEHOLDER: lambda: _("no real serial number"),
        Trouble.ROUNDED: lambda: _("Excel rounded the serial"),
        Trouble.NOT_A_SERIAL: lambda: _("no serial number"),
    }[trouble]()


def list_problem(error: Exception, reference: Reference) -> str:
    """Why a file cannot be read, else what every page says of an error."""
    told = LIST_PROBLEMS.get(getattr(error, "code", ""))
    return told() if told else explain(error, reference)
