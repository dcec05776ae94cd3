"""The table model of the devices in work: the longest waiting first."""

from collections.abc import Sequence

from station.codes import grouped
from station.ledger import Moment
from station.reference import Reference, Table
from station.words import _
from ui.bench.in_work import BenchLine
from ui.coded_words import coded, stage_word
from ui.day_words import age_words
from ui.device_words import device_name
from ui.line_table import Column, LineTable

CODE, NAME, KIND, STAGE, AGE, STEP, WHO = range(7)


class BenchModel(LineTable[BenchLine]):
    """Code, device, kind, where it stands, for how long, what is next and who works at it."""

    def __init__(self, reference: Reference) -> None:
        self._when: Moment | None = None
        columns = (
            Column[BenchLine](_("Code"), lambda line: grouped(line.device.code)),
            Column[BenchLine](_("Device"), lambda line: device_name(line.device, reference)),
            Column[BenchLine](
                _("Kind"), lambda line: coded(Table.KINDS, line.device.kind, reference)
            ),
            Column[BenchLine](_("Where"), lambda line: stage_word(line.device.stage)),
            Column[BenchLine](_("Since"), self._age),
            Column[BenchLine](_("Next"), lambda line: line.step, lambda line: line.tone),
            Column[BenchLine](_("Technician"), lambda line: line.technician),
        )
        super().__init__(columns)

    def show_at(self, lines: Sequence[BenchLine], when: Moment) -> None:
        """Show these, as they stand at that moment."""
        self._when = when
        self.show_lines(lines)

    def code_at(self, row: int) -> str:
        """Which device stands in a row."""
        return self.lines[row].device.code

    def _age(self, line: BenchLine) -> str:
        if self._when is None or line.device.since is None:
            return ""
        return age_words(line.device.since, self._when.day)
