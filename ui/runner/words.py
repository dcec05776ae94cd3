"""Words of the runner alone: how far a test is, and what an earlier start left."""

from collections.abc import Sequence

from diagnostics.amounts import duration_words
from diagnostics.catalogue import check_word
from diagnostics.progress import Progress, Step, StepState
from diagnostics.trial import SAME_BOOT, Ending, Trial
from diagnostics.trial_words import ending_word
from diagnostics.wording import reason_word
from station.words import _, _c, _n
from ui.theme import LIGHT, Tone

PERCENT = 10  # permille


def step_name(step: Step) -> str:
    """The test, and of several alike which part it is about."""
    name = check_word(step.check)
    return f"{name} ({step.subject})" if step.subject else name


def step_words(step: Step) -> str:
    """How far one test is."""
    if step.state is StepState.WAITING:
        return _c("test", "waits")
    if step.state is StepState.RUNNING:
        return " · ".join(_running(step))
    if step.trial is None:
        return ending_word(Ending.STOPPED)
    why = f" – {reason_word(step.trial.why)}" if step.trial.why else ""
    return f"{ending_word(step.trial.ending)}{why}"


def step_look(step: Step) -> tuple[str, str]:
    """Icon and ink of one test: no verdict before it ended."""
    if step.state is StepState.WAITING:
        return "today", LIGHT.muted
    if step.state is StepState.RUNNING:
        return "search", LIGHT.primary
    tone = _TONES[step.trial.ending if step.trial else Ending.STOPPED]
    return tone.value, tone.ink


_TONES = {
    Ending.COMPLETED: Tone.OK,
    Ending.STOPPED: Tone.UNKNOWN,
    Ending.TIMED_OUT: Tone.UNKNOWN,
    Ending.NOT_POSSIBLE: Tone.UNKNOWN,
    Ending.FAILED: Tone.FAIL,
    Ending.MACHINE_CRASHED: Tone.FAIL,
}


def _running(step: Step) -> list[str]:
    parts = [_c("test", "running")]
    if step.done_permille is not None:
        parts.append(f"{step.done_permille // PERCENT} %")
    if step.remaining_s is not None:
        parts.append(remaining_words(step.remaining_s))
    return parts


def remaining_words(seconds: int) -> str:
    """How long it will still take."""
    return _("about {time} left").format(time=duration_words(seconds))


def progress_words(progress: Progress) -> str:
    """The whole run in one line."""
    if progress.collecting or not progress.steps:
        return _("Reading what this machine is…")
    ended = sum(step.state is StepState.ENDED for step in progress.steps)
    count = len(progress.steps)
    done = _n("{ended} of {count} test done", "{ended} of {count} tests done", count)
    said = done.format(ended=ended, count=count)
    if progress.remaining_s is None:
        return said
    return f"{said} · {remaining_words(progress.remaining_s)}"


def done_permille(progress: Progress) -> int:
    """How much of the run is over: each test counts alike."""
    if not progress.steps:
        return 0
    shares = (
        1000 if step.state is StepState.ENDED else step.done_permille or 0
        for step in progress.steps
    )
    return sum(shares) // len(progress.steps)


def crash_words(trials: Sequence[Trial]) -> str:
    """What an earlier start began and never ended; "" when nothing did."""
    if not trials:
        return ""
    named = ", ".join(
        f"{check_word(trial.check)} ({trial.subject})" if trial.subject else check_word(trial.check)
        for trial in trials
    )
    if all(trial.why == SAME_BOOT for trial in trials):
        return _(
            "The last diagnosis ended in the middle, during {tests}: the program was closed, and"
            " the machine went on. The new report will say so."
        ).format(tests=named)
    return _(
        "The last diagnosis ended in the middle: the machine went down, or was switched off,"
        " during {tests}. The new report will say so."
    ).format(tests=named)
