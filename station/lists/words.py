"""Why a file cannot be read as a list, by the code of the problem."""

from collections.abc import Callable, Mapping
from typing import Final

from station.lists.sheet import MOST_ROWS
from station.words import _

LIST_PROBLEMS: Final[Mapping[str, Callable[[], str]]] = {
    "unreadable_list": lambda: _(
        "This file cannot be read as a table. Open it in Excel and save it again as XLSX or CSV."
    ),
    "list_too_large": lambda: _(
        "This file is too large for a list of devices: at most {rows} rows. Split it."
    ).format(rows=MOST_ROWS),
    "old_excel_file": lambda: _(
        "This is an Excel file of the old kind (.xls). Open it in Excel and save it as XLSX."
    ),
    "other_office_file": lambda: _(
        "This is no Excel table. Ask the office for an XLSX or CSV file, or type the list there."
    ),
    "locked_list": lambda: _(
        "This file opens with a password only. Ask the office to save it without one."
    ),
    "unknown_encoding": lambda: _(
        "The letters of this file cannot be read. Save it in Excel as “CSV UTF-8” or as XLSX."
    ),
    "empty_list": lambda: _("Nothing stands in this file."),
}
