"""Reading files and folders that the kernel fills, with the named endings."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from diagnostics.endings import NotPermitted, ReadingFailed, SourceMissing, UnreadableReport
from station.machine import Reading

LARGEST = 4 * 1024 * 1024  # /proc/cpuinfo of 256 threads has 400 KiB


@dataclass(frozen=True)
class Attributes:
    """The one-line files of a sysfs folder that could be read, and whether any was denied."""

    values: dict[str, str]
    denied: bool

    @property
    def reading(self) -> Reading:
        """How reading them all together ended."""
        return Reading.NOT_PERMITTED if self.denied else Reading.OK


def read_bytes(path: Path) -> bytes:
    """The file's bytes."""
    with _named(path), path.open("rb") as file:
        return file.read(LARGEST)


def read_text(path: Path) -> str:
    """The file's text; bytes that are no UTF-8 become U+FFFD, which no fact may hold."""
    return read_bytes(path).decode("utf-8", "replace")


def entries(folder: Path) -> list[Path]:
    """What the folder holds, by name."""
    with _named(folder):
        return sorted(folder.iterdir())


def read_attributes(folder: Path, names: Iterable[str]) -> Attributes:
    """Those of the named files that answer; drivers leave out or refuse what they do not know."""
    values: dict[str, str] = {}
    denied = False
    for name in names:
        try:
            values[name] = read_text(folder / name).strip("\n")
        except NotPermitted:
            denied = True
        except ReadingFailed:
            continue
    return Attributes(values, denied)


def read_attribute(path: Path) -> str | None:
    """One such file without the spaces around its word; None when it does not answer."""
    value = read_attributes(path.parent, [path.name]).values.get(path.name)
    return None if value is None else value.strip()


def is_there(path: Path) -> bool | None:
    """Whether the folder above holds it; None where that folder is missing or closed."""
    try:
        return path in entries(path.parent)
    except ReadingFailed:
        return None


def link_name(link: Path) -> str | None:
    """The last part of what a sysfs link points to, such as the driver's name."""
    try:
        return Path(os.readlink(link)).name or None  # noqa: PTH115 -- sysfs may hold any byte
    except OSError:
        return None


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SourceMissing(str(path)) from error
    except PermissionError as error:
        raise NotPermitted(str(path)) from error
    except OSError as error:
        raise UnreadableReport(f"{path}: {error.strerror}") from error
