"""hw.errlog: hardware errors that the system logged while the tests ran, or before them."""

from collections.abc import Sequence

from diagnostics.finding import Finding
from diagnostics.judge.trial_endings import figure, finding, incomplete
from diagnostics.trial import Ending, Trial
from station.checks import Measurement, Outcome
from station.machine import Machine

_UNCORRECTED = (
    "machine_checks_uncorrected",
    "memory_uncorrected",
    "pcie_uncorrected",
    "disk_io",
)
_CORRECTED = (
    "machine_checks",
    "memory_corrected",
    "pcie",
    "ata",
    "nvme",
    "gpu",
    "thermal",
    "usb",
)


_LOADS = frozenset(
    {"cpu.stress", "mem.pattern", "sto.selftest", "sto.speed", "sto.surface"},
)


def error_log(trial: Trial, machine: Machine, beside: Sequence[Trial]) -> Finding:
    """Uncorrected ones fail, others warn; those from before the tests count as a warning.

    Where no test loaded the machine meanwhile, a log without errors shows nothing.
    """
    lost = [m for kind in _UNCORRECTED if (m := _new(trial, kind))]
    mended = [m for kind in _CORRECTED if (m := _new(trial, kind))]
    measured = (*lost, *mended)
    if lost:
        return finding(trial, Outcome.FAIL, "errors_logged", measured=measured)
    unfinished = incomplete(trial, measured)
    if unfinished is not None:
        return unfinished
    if not trial.measured:
        return finding(trial, Outcome.UNKNOWN, "not_measured")
    if mended:
        return finding(trial, Outcome.WARN, "errors_corrected", measured=measured)
    if any(getattr(machine.kernel_errors, kind) for kind in _UNCORRECTED):
        return finding(trial, Outcome.WARN, "errors_before")
    if not any(t.check in _LOADS and t.ending is Ending.COMPLETED for t in beside):
        return finding(trial, Outcome.UNKNOWN, "no_load")
    return finding(trial, Outcome.PASS)


def _new(trial: Trial, kind: str) -> Measurement | None:
    count = figure(trial, f"new_{kind}")
    return Measurement(f"new_{kind}", count) if count else None
