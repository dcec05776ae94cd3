"""What tests find around them on the running system: its sensors and its error log."""

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from diagnostics.endings import ReadingFailed
from diagnostics.measure.budget import MemoryShare
from diagnostics.measure.run import Surroundings
from station.machine import KernelErrors, Machine

_LOG_LIMIT_S = 8.0
_log = logging.getLogger(__name__)


def surroundings_here(memory: MemoryShare, root: Path = Path("/")) -> Surroundings:
    """The readers that the facts are read with, so that both speak of the same."""

    def heat() -> Machine:
        return _part("sensors", lambda module: module.read_sensors(root))

    def errors() -> KernelErrors:
        log = _part(
            "kernel_log", lambda module: module.read_kernel_log(root, "journalctl", _LOG_LIMIT_S)
        )
        return log.kernel_errors

    return Surroundings(root, memory, read_errors=errors, read_heat=heat)


def _part(name: str, read: Callable[[Any], Any]) -> Machine:
    """What a collector says now; a machine that says nothing where it cannot."""
    try:
        part: Machine = read(import_module(f"diagnostics.collect.{name}")).part
    except (ReadingFailed, ModuleNotFoundError) as failed:
        _log.info("%s: %s", name, failed)
        return Machine()
    return part
