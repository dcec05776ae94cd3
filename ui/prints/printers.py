"""The printers of this PC: kept beside its settings, in a small JSON file."""

from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from labels.printer import Language, Printer
from station.files import put_file

FILE = "printers.json"


class UnreadablePrinters(Exception):
    """The file says nothing we understand; it is never written over."""

    code = "unreadable_printers"

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        self.file = file


class NamedPrinter(Struct, frozen=True, omit_defaults=True):
    """A printer as people call it, and when a label of it was last scanned back."""

    name: str
    printer: Printer = Printer()
    proven: date | None = None  # with just these settings

    def with_printer(self, printer: Printer) -> "NamedPrinter":
        """Set up otherwise: what was proven was proven of other settings."""
        return (
            structs.replace(self, printer=printer, proven=None) if printer != self.printer else self
        )


class Printers(Struct, frozen=True, omit_defaults=True):
    """Which printers there are, and which of them labels and papers go to; "" is the viewer."""

    printers: tuple[NamedPrinter, ...] = ()
    labels_on: str = ""
    papers_on: str = ""
    stocks: str = ""  # the file of the point's own stocks

    @property
    def labels(self) -> Printer:
        """Where labels are printed."""
        return self.named(self.labels_on).printer

    @property
    def papers(self) -> Printer:
        """Where papers are printed."""
        return self.named(self.papers_on).printer

    @property
    def able_to_papers(self) -> tuple[NamedPrinter, ...]:
        """Those that pages of A4 can be sent to: a label printer's own language knows none."""
        return tuple(k for k in self.printers if k.printer.language is Language.SYSTEM)

    def named(self, name: str) -> NamedPrinter:
        """The printer of this name; where there is none, the system's viewer."""
        return next((known for known in self.printers if known.name == name), NamedPrinter(""))

    def with_labels_on(self, name: str) -> "Printers":
        """The same, for labels that go to another printer this once."""
        return structs.replace(self, labels_on=name)

    def keep(self, old: str, new: NamedPrinter) -> "Printers":
        """Set up a printer anew under its old name or another, or add one (old = "")."""
        known = tuple(new if each.name == old else each for each in self.printers)
        if new not in known:
            known = (*known, new)
        renamed = {"labels_on": self.labels_on, "papers_on": self.papers_on}
        moved = {field: new.name for field, name in renamed.items() if old and name == old}
        return structs.replace(self, printers=known, **moved)

    def without(self, name: str) -> "Printers":
        """Forget a printer; what was printed on it opens in the viewer again."""
        left = tuple(known for known in self.printers if known.name != name)
        on = {"labels_on": self.labels_on, "papers_on": self.papers_on}
        freed = {field: "" for field, printer in on.items() if printer == name}
        return structs.replace(self, printers=left, **freed)


def printers_file(settings: Path) -> Path:
    """Where the printers stand: beside the settings."""
    return settings.with_name(FILE)


def read_printers(file: Path) -> Printers:
    """The printers of this PC, none where there is no file; raises UnreadablePrinters."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Printers)
    except (FileNotFoundError, NotADirectoryError):
        return Printers()
    except (OSError, ValueError) as error:  # msgspec's own errors are ValueErrors
        raise UnreadablePrinters(file) from error


def write_printers(file: Path, printers: Printers) -> None:
    """Remember the printers."""
    put_file(file, msgspec.json.format(msgspec.json.encode(printers)))
