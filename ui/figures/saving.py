"""Takes the report out as a Word document or a workbook: asked where to, written whole or not."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from station import words
from station.files import put_file
from station.reference import Reference
from station.report import Report
from station.words import _, speaking
from sync.report.words import file_name
from ui.background import Background
from ui.wording import explain

Writer = Callable[[Report, Reference], bytes]


class ReportSaving(QObject):
    """Writes reports; both writers are slow to load, and so wait until somebody asks."""

    said = Signal(str)
    refused = Signal(str)

    def __init__(self, reference: Reference, slow: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._reference, self._slow, self._window = reference, slow, parent

    def ask(self, report: Report, ending: str) -> None:
        """Ask where to; `ending` is docx or xlsx."""
        kinds = {"docx": _("Word document"), "xlsx": _("Excel workbook")}
        kind = f"{kinds[ending]} (*.{ending})"
        name = file_name(report, ending)
        picked, _kind = QFileDialog.getSaveFileName(self._window, _("Save the report"), name, kind)
        if picked:
            file = Path(picked)
            named = file if file.suffix.lower() == f".{ending}" else Path(f"{picked}.{ending}")
            self.save(named, report)

    def save(self, file: Path, report: Report) -> None:
        """Write the file; its ending says which kind it is."""
        work = partial(_write, file, report, self._reference, words.language())
        self._slow.run(work, lambda _none: self._written(file), self._fail, self)

    def _written(self, file: Path) -> None:
        self.said.emit(_("Written to {file}").format(file=file.name))

    def _fail(self, error: Exception) -> None:
        if isinstance(error, OSError):
            told = _("The file could not be written. Close it where it is open, or choose another.")
            self.refused.emit(told)
        else:
            self.refused.emit(explain(error, self._reference))


def _write(file: Path, report: Report, reference: Reference, language: str) -> None:
    """Off the window's thread."""
    with speaking(language):
        put_file(file, _writer(file)(report, reference))


def _writer(file: Path) -> Writer:
    from sync.report.document import document  # noqa: PLC0415 -- slow to import, needed only here
    from sync.report.workbook import workbook  # noqa: PLC0415 -- the same

    return document if file.suffix.lower() == ".docx" else workbook
