"""Takes the shown devices out as a file: asked where to, read in chunks, written whole or not."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from station.device import Device
from station.files import put_file
from station.ports import DeviceFilter, DeviceRow
from station.reference import Reference
from station.words import _, _n
from ui.background import Background
from ui.desk import Desk
from ui.progress_line import ProgressLine
from ui.stock.export import Format, cells, columns, next_rows, written
from ui.wording import explain


class ExportDesk(QObject):
    """One export at a time."""

    said = Signal(str)
    refused = Signal(str)

    def __init__(
        self, desk: Desk, slow: Background, progress: ProgressLine, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._slow = slow  # a large file takes long: nobody's scan waits for it
        self._desk, self._progress, self._window = desk, progress, parent
        self._devices: list[Device] = []
        self._stopped = self.running = False
        progress.cancelled.connect(self._stop)

    def ask(self, wanted: DeviceFilter, chosen: tuple[Device, ...], total: int) -> None:
        """Ask where to; the chosen devices, or everything that is shown where none is chosen."""
        excel, csv = _("Excel workbook"), _("Comma separated")  # no f-string: it is read for words
        kinds = f"{excel} (*.xlsx);;{csv} (*.csv)"
        name = _("devices-{day}").format(day=f"{self._desk.now().day:%Y-%m-%d}") + ".xlsx"
        picked, kind = QFileDialog.getSaveFileName(self._window, _("Export"), name, kinds)
        if picked:
            self.save(with_ending(Path(picked), kind), wanted, chosen, total)

    def save(
        self, file: Path, wanted: DeviceFilter, chosen: tuple[Device, ...], total: int
    ) -> None:
        """Write the table; its ending says which kind it is."""
        if self.running:
            return
        how = Format.CSV if file.suffix.lower() == ".csv" else Format.XLSX
        self.running, self._stopped, self._devices = True, False, list(chosen)
        if chosen:
            self._write(file, how)
            return
        self._progress.begin(_("Reading the devices"), total)
        self._read(file, how, wanted, None)

    def _read(self, file: Path, how: Format, wanted: DeviceFilter, before: int | None) -> None:
        question = partial(next_rows, wanted, before)
        take = partial(self._take, file, how, wanted)
        self._desk.ask(question, take, self._fail, owner=self)

    def _take(
        self, file: Path, how: Format, wanted: DeviceFilter, rows: tuple[DeviceRow, ...]
    ) -> None:
        self._devices += [row.device for row in rows]
        self._progress.advance(len(self._devices))
        if self._stopped:
            self._end()
            self.said.emit(_("The export was stopped; nothing was written."))
        elif rows:
            self._read(file, how, wanted, rows[-1].position)
        else:
            self._write(file, how)

    def _write(self, file: Path, how: Format) -> None:
        work = partial(_write, file, tuple(self._devices), self._desk.reference, how)
        self._slow.run(work, partial(self._written, file), self._fail, self)

    def _written(self, file: Path, count: int) -> None:
        self._end()
        told = _n("{count} device written to {file}", "{count} devices written to {file}", count)
        self.said.emit(told.format(count=count, file=file.name))

    def _fail(self, error: Exception) -> None:
        self._end()
        if isinstance(error, OSError):
            told = _("The file could not be written. Close it where it is open, or choose another.")
            self.refused.emit(told)
        else:
            self.refused.emit(explain(error, self._desk.reference))

    def _stop(self) -> None:
        self._stopped = True

    def _end(self) -> None:
        self.running = False
        self._devices = []
        self._progress.end()


def _write(file: Path, devices: tuple[Device, ...], reference: Reference, how: Format) -> int:
    """Off the window's thread; the file is whole before it has its name."""
    heads = [name for name, _value in columns()]
    put_file(file, written((cells(device, reference) for device in devices), heads, how))
    return len(devices)


def with_ending(file: Path, kind: str) -> Path:
    """The file as other programs know it: people leave the ending out, or change the kind alone."""
    csv = f"*.{Format.CSV}" in kind
    if csv and file.suffix.lower() == f".{Format.XLSX}":
        return file.with_suffix(f".{Format.CSV}")
    if file.suffix.lower() in {f".{one}" for one in Format}:
        return file
    return file.with_name(f"{file.name}.{Format.CSV if csv else Format.XLSX}")
