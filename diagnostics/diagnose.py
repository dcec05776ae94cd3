"""One whole diagnosis: collect, judge, report."""

from collections.abc import Sequence
from pathlib import Path

from diagnostics.collect.side_by_side import collect
from diagnostics.collect.source import Source
from diagnostics.judge import policy
from diagnostics.judge.fitness import fitness
from diagnostics.judge.machine import judge
from diagnostics.report import Report


def diagnose(sources: Sequence[Source] | None = None) -> Report:
    """Diagnose the machine of these sources, else the one this runs on, by the current policy."""
    rules = policy.load()
    machine = collect(sources).machine
    findings = judge(machine, (), rules)
    fit = fitness(machine, findings, rules)
    return Report(machine=machine, findings=findings, policy=rules.id, fitness=fit)


def diagnose_tablet(serial: str = "") -> Report:
    """Diagnose the Android device on the cable; raises NoTablet, or SourceMissing without adb."""
    from diagnostics.collect.android import tablet_sources  # noqa: PLC0415 -- few ask for it

    return diagnose(tablet_sources(serial))


def diagnose_folder(folder: Path) -> Report:
    """Diagnose the machine that wrote these raw outputs; raises a ReadingFailed without any."""
    from diagnostics.collect.folder import folder_sources  # noqa: PLC0415 -- few ask for it

    return diagnose(folder_sources(folder))
