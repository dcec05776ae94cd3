"""What tests find around them on the running system: its sensors and its error log."""

import logging
from collections.abc import Callable
from pathlib import Path

from diagnostics.collect.kernel_log import read_kernel_log
from diagnostics.collect.sensors import read_sensors
from diagnostics.collect.source import Answer
from diagnostics.endings import ReadingFailed
from diagnostics.measure.budget import MemoryShare
from diagnostics.measure.run import Surroundings
from station.machine import KernelErrors, Machine

_LOG_LIMIT_S = 8.0
_log = logging.getLogger(__name__)


def surroundings_here(memory: MemoryShare, root: Path = Path("/")) -> Surroundings:
    """The readers that the facts are read with, so that both speak of the same."""

    def heat() -> Machine:
        return _part(lambda: read_sensors(root))

    def errors() -> KernelErrors:
        return _part(lambda: read_kernel_log(root, "journalctl", _LOG_LIMIT_S)).kernel_errors

    return Surroundings(root, memory, read_errors=errors, read_heat=heat)


def _part(read: Callable[[], Answer]) -> Machine:
    """What a collector says now; a machine that says nothing where it cannot."""
    try:
        return read().part
    except ReadingFailed as failed:
        _log.info("%s: %s", failed.reading, failed)
        return Machine()
