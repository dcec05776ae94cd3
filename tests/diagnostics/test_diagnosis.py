"""Whole diagnoses: of this machine, stopped, killed, kept, judged again, in words."""

import signal
import subprocess
import sys
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import msgspec
import pytest

from diagnostics.diagnose import ReportNotKept, diagnose, judged
from diagnostics.journal import Crash, crashed_before
from diagnostics.judge import policy
from diagnostics.measure import budget
from diagnostics.measure.catalogue import CATALOGUE
from diagnostics.measure.spec import Level
from diagnostics.profile import Profile
from diagnostics.progress import Progress, StepState
from diagnostics.report import Report, decode, identity
from diagnostics.section_words import trial_line
from diagnostics.trial import Ending, Trial
from station import words
from station.checks import Measurement, Outcome
from station.machine import Disk, Machine

PROJECT = Path(__file__).parents[2]
CURRENT = PROJECT / "resources" / "policy" / f"{policy.CURRENT}.toml"
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "diagnostics", *arguments],
        cwd=PROJECT,
        capture_output=True,
        timeout=100,
        check=False,
    )


def reports(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def crashes_left(folder: Path) -> tuple[Crash, ...]:
    """What a killed program left, once the system knows that all of it is gone.

    A tool that it was just starting shares the journal's lock until it becomes that tool, which
    takes a busy machine some hundredths of a second longer than the program's own end.
    """
    until = monotonic() + 10
    while not (left := crashed_before(folder)) and monotonic() < until:
        sleep(0.05)
    return left


@linux
def test_facts_alone_are_reported_and_kept_under_their_digest(tmp_path: Path) -> None:
    diagnosis = diagnose(folder=tmp_path)

    (kept,) = reports(tmp_path)
    assert kept.read_bytes() == diagnosis.data
    assert kept.stem == identity(diagnosis.data)
    assert decode(diagnosis.data).findings == diagnosis.report.findings
    assert diagnosis.report.profile == ""
    assert diagnosis.report.trials == ()


@linux
def test_a_stopped_triage_reports_one_trial_for_every_test(tmp_path: Path) -> None:
    pictures: list[Progress] = []
    stop = Event()

    def stop_when_something_runs(progress: Progress) -> None:
        pictures.append(progress)
        if any(step.state is StepState.RUNNING for step in progress.steps):
            stop.set()

    report = diagnose(
        Profile.TRIAGE, folder=tmp_path, listener=stop_when_something_runs, stop=stop
    ).report

    assert pictures[0].collecting
    tried = [(trial.check, trial.subject) for trial in report.trials]
    assert tried == [(step.check, step.subject) for step in pictures[-1].steps]
    assert len(set(tried)) == len(tried)
    assert Ending.STOPPED in {trial.ending for trial in report.trials}
    assert not {spec.check for spec in CATALOGUE if spec.level is not Level.AUTO} & {
        finding.check for finding in report.findings
    }
    assert list(tmp_path.glob("journal-*")) == []


@linux
def test_a_killed_triage_is_named_by_the_next_report_and_then_forgotten(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "diagnostics",
        "run",
        "--profile",
        "triage",
        "--language",
        "en",
    ]
    with subprocess.Popen(
        [*command, "--folder", str(tmp_path)], cwd=PROJECT, stderr=subprocess.PIPE, text=True
    ) as victim:
        assert victim.stderr is not None
        begun = next(
            line for line in victim.stderr if line.startswith("Processor under load: begun")
        )
        victim.kill()
    assert begun
    assert reports(tmp_path) == []
    assert len(crashes_left(tmp_path)) == 1

    said = run("run", "--json", "--folder", str(tmp_path))
    again = run("run", "--json", "--folder", str(tmp_path))

    report, later = decode(said.stdout), decode(again.stdout)
    crashed = [t for t in report.trials if t.ending is Ending.MACHINE_CRASHED]
    assert "cpu.stress" in {trial.check for trial in crashed}
    (verdict,) = [f for f in report.findings if f.check == "cpu.stress"]
    assert (verdict.outcome, verdict.reasons) == (Outcome.UNKNOWN, ("no_reboot_seen",))
    assert later.trials == ()
    assert len(reports(tmp_path)) == 2
    assert list(tmp_path.glob("journal-*")) == []


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_tests_with_a_report_of_what_was_done(
    tmp_path: Path, number: signal.Signals
) -> None:
    command = [
        sys.executable,
        "-m",
        "diagnostics",
        "run",
        "--profile",
        "triage",
        "--language",
        "en",
    ]
    with subprocess.Popen(
        [*command, "--json", "--folder", str(tmp_path)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stderr is not None
        next(line for line in running.stderr if line.rstrip().endswith(b": begun"))
        running.send_signal(number)
        printed, _ = running.communicate(timeout=60)

    report = decode(printed)
    assert running.returncode == 0
    assert report.profile == "triage"
    assert Ending.STOPPED in {trial.ending for trial in report.trials}
    assert [kept.stem for kept in reports(tmp_path)] == [identity(printed.rstrip(b"\n"))]


@linux
def test_a_stick_that_hangs_costs_the_keeping_and_not_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.durable_lines.PATIENCE_S", 1)
    stop, let_go = Event(), Event()

    def hang_when_something_runs(progress: Progress) -> None:
        if any(step.state is StepState.RUNNING for step in progress.steps):
            monkeypatch.setattr("os.fsync", lambda _file: let_go.wait(60))
            stop.set()

    try:
        with pytest.raises(ReportNotKept, match="timed out") as kept:
            diagnose(Profile.TRIAGE, folder=tmp_path, listener=hang_when_something_runs, stop=stop)
    finally:
        let_go.set()

    endings = {trial.ending for trial in kept.value.diagnosis.report.trials}
    assert Ending.STOPPED in endings
    assert reports(tmp_path) == []


@linux
def test_a_folder_that_is_a_file_is_refused_before_any_test(tmp_path: Path) -> None:
    file = tmp_path / "taken"
    file.touch()

    with pytest.raises(OSError, match="taken"):
        diagnose(Profile.TRIAGE, folder=file)
    with pytest.raises(ReportNotKept) as kept:
        diagnose(folder=file)
    assert kept.value.diagnosis.report.policy == policy.CURRENT
    assert kept.value.diagnosis.folder is None


def test_only_the_machine_at_hand_can_be_tested(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tested"):
        diagnose(Profile.TRIAGE, sources=(), folder=tmp_path)

    assert diagnose(sources=(), folder=tmp_path).report.machine == Machine()


OLD = Report(
    machine=Machine(storage=(Disk(name="sda", bus="sata", rotational=True),)),
    findings=(),
    policy="of-another-day",
    trials=(
        Trial(
            "sto.speed",
            Ending.COMPLETED,
            subject="sda",
            measured=(Measurement("read_mb_s", 70), Measurement("read_errors", 0)),
            millis=8000,
        ),
    ),
    profile="triage",
)


@pytest.fixture
def strict(tmp_path: Path) -> Path:
    """A policy that differs in what it asks of a rotating disk."""
    text = CURRENT.read_text("utf-8")
    changed = text.replace("hdd_mb_s = 80", "hdd_mb_s = 300").replace(policy.CURRENT, "strict")
    file = tmp_path / "strict.toml"
    file.write_text(changed, "utf-8")
    return file


def test_the_same_report_is_judged_and_names_the_policy(strict: Path) -> None:
    mild = judged(OLD, policy.load())
    hard = judged(OLD, policy.load(strict))

    (mildly,), (hardly,) = (
        [finding for finding in report.findings if finding.check == "sto.speed"]
        for report in (mild, hard)
    )
    assert (mild.policy, mildly.outcome) == (policy.CURRENT, Outcome.WARN)
    assert (hard.policy, hardly.outcome) == ("strict", Outcome.FAIL)
    assert (mild.machine, mild.trials, mild.profile) == (OLD.machine, OLD.trials, OLD.profile)


def test_a_saved_report_is_judged_from_the_command_line(tmp_path: Path, strict: Path) -> None:
    from diagnostics.report import encode  # noqa: PLC0415

    saved = tmp_path / "report.json"
    saved.write_bytes(encode(OLD))

    printed = run("judge", str(saved), "--policy", str(strict), "--language", "en").stdout.decode()
    as_json = decode(run("judge", str(saved), "--json").stdout)

    assert "Verdicts by policy strict" in printed
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    assert "Disk speed (sda) failed 70 MB/s · read errors: 0 · the disk reads slowly" in lines
    assert as_json.policy == policy.CURRENT


@pytest.mark.parametrize("left", [b"", b"{}", b"no report"])
def test_what_is_no_report_is_not_judged(tmp_path: Path, left: bytes) -> None:
    saved = tmp_path / "report.json"
    saved.write_bytes(left)

    finished = run("judge", str(saved))

    assert (finished.returncode, finished.stdout) == (2, b"")
    assert finished.stderr


def test_an_unusable_policy_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    finished = run("run", "--policy", str(tmp_path / "none.toml"))

    assert finished.returncode == 2
    assert b"none.toml" in finished.stderr


def test_every_trial_has_its_line_in_words() -> None:
    lines = [trial_line(trial) for trial in OLD.trials]

    assert "Disk speed sda: measured – 8 s – 70 MB/s – read errors: 0" in lines


def test_budgets_of_all_profiles_are_usable() -> None:
    profiles = budget.load()

    assert all(profiles.of(profile) for profile in Profile if profile is not Profile.FACTS)
    assert profiles.of(Profile.FACTS) == {}
    assert msgspec.structs.asdict(profiles)["id"].startswith("profiles-")


def test_every_obstacle_and_reason_has_words() -> None:
    import re  # noqa: PLC0415

    from diagnostics.trial_words import reason_words  # noqa: PLC0415

    sources = [*(PROJECT / "diagnostics/measure").glob("*.py"), *judges()]
    pattern = r'(?:NotPossible\(|obstacle=|return |Outcome\.\w+, \(?|reason = |else )"([a-z0-9_]+)"'
    said = {code for file in sources for code in re.findall(pattern, file.read_text("utf-8"))}
    known = set(reason_words())

    words.use("en")
    assert len(said) > 30
    assert said - known - NOT_REASONS == set()


NOT_REASONS = {"1", "short"}  # arguments of tools


def judges() -> list[Path]:
    """The judges of tests."""
    names = ["speed", "surface", "self_test", "memory_errors", "load", "heat", "error_log"]
    names += ["wifi_heard", "clock_drift", "trials", "trial_endings"]
    return [PROJECT / "diagnostics/judge" / f"{name}.py" for name in names]
