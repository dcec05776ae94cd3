"""One whole diagnosis: collect, plan, measure, judge, report.

`diagnostics.keeping` says what it leaves in a folder, `diagnostics.journal` what the next start
makes of one that never came to its report.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic

import msgspec

from diagnostics.collect.side_by_side import Collected, collect
from diagnostics.collect.source import Source
from diagnostics.judge import policy
from diagnostics.judge.fitness import fitness
from diagnostics.judge.machine import judge
from diagnostics.judge.policy import JudgePolicy
from diagnostics.keeping import Keeping
from diagnostics.profile import Profile
from diagnostics.progress import Listener, Progress
from diagnostics.report import Report, encode
from diagnostics.trial import Trial
from station.machine import Machine


@dataclass(frozen=True)
class Diagnosis:
    """A report, the bytes it is known by, and where they lie; None: nowhere."""

    report: Report
    data: bytes
    folder: Path | None


class ReportNotKept(Exception):
    """The folder did not take the report, which is still here."""

    def __init__(self, diagnosis: Diagnosis, cause: OSError) -> None:
        super().__init__(str(cause))
        self.diagnosis, self.cause = diagnosis, cause


def diagnose(
    profile: Profile = Profile.FACTS,
    *,
    folder: Path | None = None,
    listener: Listener | None = None,
    stop: Event | None = None,
    rules: JudgePolicy | None = None,
    sources: Sequence[Source] | None = None,
    timed: bool = True,
) -> Diagnosis:
    """Diagnose the machine this runs on; `rules` are the current policy's where none are given.

    With `sources` it is another machine, of which only facts can be read. Without `timed` the
    report says no durations: read twice, the same raw outputs are then the same report. A stop ends
    running tests within about a second, and what was measured is reported. Raises OSError when the
    folder cannot be written before the tests, ReportNotKept when after.
    """
    if sources is not None and profile is not Profile.FACTS:
        raise ValueError("only the machine this runs on can be tested")
    began = monotonic()
    chosen = rules or policy.load()
    if listener is not None:
        listener(Progress(collecting=True))
    collected = collect(sources)
    machine = collected.machine if timed else _untimed(collected.machine)
    with closing(Keeping(folder, profile, collected.machine)) as keeping:
        trials = (
            *keeping.crashed,
            *_measured(profile, collected, keeping, listener, stop or Event()),
        )
        report = Report(
            machine=machine,
            findings=(),
            policy=chosen.id,
            trials=trials,
            profile="" if profile is Profile.FACTS else profile.value,
            evidence=keeping.evidence(collected.raw),
            millis=round((monotonic() - began) * 1000) if timed else 0,
        )
        return _kept(judged(report, chosen), folder, keeping)


def diagnose_tablet(
    serial: str = "", *, folder: Path | None = None, rules: JudgePolicy | None = None
) -> Diagnosis:
    """Diagnose the Android device on the cable; raises NoTablet, or SourceMissing without adb."""
    from diagnostics.collect.android import tablet_sources  # noqa: PLC0415 -- few ask for it

    return diagnose(folder=folder, rules=rules, sources=tablet_sources(serial))


def diagnose_folder(
    raw: Path, *, folder: Path | None = None, rules: JudgePolicy | None = None
) -> Diagnosis:
    """Diagnose the machine that wrote these raw outputs; raises a ReadingFailed without any."""
    from diagnostics.collect.folder import folder_sources  # noqa: PLC0415 -- few ask for it

    return diagnose(folder=folder, rules=rules, sources=folder_sources(raw), timed=False)


def _untimed(machine: Machine) -> Machine:
    """How long this PC took to read a stick is no fact of the machine that wrote it."""
    sections = tuple(msgspec.structs.replace(s, millis=0) for s in machine.sections)
    return msgspec.structs.replace(machine, sections=sections)


def judged(report: Report, rules: JudgePolicy) -> Report:
    """The same facts and trials under these rules, which the new report names."""
    findings = judge(report.machine, report.trials, rules)
    fit = fitness(report.machine, findings, rules)
    return msgspec.structs.replace(report, findings=findings, fitness=fit, policy=rules.id)


def _measured(
    profile: Profile,
    collected: Collected,
    keeping: Keeping,
    listener: Listener | None,
    stop: Event,
) -> tuple[Trial, ...]:
    if profile is Profile.FACTS:
        return ()
    from diagnostics.measure.profile_run import run_profile  # noqa: PLC0415 -- facts need none

    return run_profile(
        profile,
        collected.machine,
        keeping.crashed,
        journal=keeping.journal,
        listener=listener,
        stop=stop,
    )


def _kept(report: Report, folder: Path | None, keeping: Keeping) -> Diagnosis:
    data = encode(report)
    try:
        keeping.report(data)
    except OSError as error:
        raise ReportNotKept(Diagnosis(report, data, None), error) from error
    return Diagnosis(report, data, folder)
