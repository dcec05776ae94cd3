"""The table model of a device's checks."""

from collections.abc import Sequence

from station.words import _
from ui.device.check_rows import CheckRow
from ui.line_table import Column, LineTable

PART, FIGURES, VERDICT, PROPOSAL = range(4)


class ChecksModel(LineTable[CheckRow]):
    """Part, figures, verdict and proposal of each check."""

    def __init__(self) -> None:
        columns = (
            Column[CheckRow](_("Part"), lambda row: row.part),
            Column[CheckRow](_("Result"), lambda row: row.figures),
            Column[CheckRow](_("Verdict"), lambda row: row.verdict, lambda row: row.tone),
            Column[CheckRow](_("Proposal"), lambda row: row.proposal),
        )
        super().__init__(columns)

    def show_rows(self, rows: Sequence[CheckRow]) -> None:
        """Show these instead; the same rows again disturb nobody's place."""
        if self.lines != tuple(rows):
            self.show_lines(rows)
