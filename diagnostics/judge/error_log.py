"""hw.errlog: hardware errors that the system logged while the tests ran, or before them."""

from diagnostics.finding import Finding
from diagnostics.judge.trial_endings import figure, finding, incomplete
from diagnostics.trial import Trial
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


def error_log(trial: Trial, machine: Machine) -> Finding:
    """Uncorrected ones fail, others warn; those from before the tests count as a warning."""
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
    return finding(trial, Outcome.PASS)


def _new(trial: Trial, kind: str) -> Measurement | None:
    count = figure(trial, f"new_{kind}")
    return Measurement(f"new_{kind}", count) if count else None
