"""A diagnosis in a terminal: progress as plain lines on the error output, Ctrl-C as a stop."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from types import FrameType

from diagnostics.catalogue import check_word
from diagnostics.diagnose import Diagnosis, ReportNotKept, diagnose
from diagnostics.judge.policy import JudgePolicy
from diagnostics.profile import Profile
from diagnostics.progress import Progress, Step, StepState
from diagnostics.trial_words import ending_word
from station.words import _

_SAY_EVERY_S = 10.0
_ENDING_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


def diagnose_in_terminal(
    profile: str, folder: Path | None, rules: JudgePolicy
) -> tuple[Diagnosis, bool]:
    """What was found, and whether it is kept where it should be."""
    with _stopped_by_signals() as stop:
        try:
            diagnosis = diagnose(
                Profile(profile.replace("-", "_")),
                folder=folder,
                listener=ProgressLines().hear,
                stop=stop,
                rules=rules,
            )
        except ReportNotKept as failed:
            from diagnostics.refused import why_no_file  # noqa: PLC0415 -- it is seldom needed

            said = _("The report could not be kept: {reason}")
            _say(said.format(reason=why_no_file(failed.cause)))
            return failed.diagnosis, False
    return diagnosis, True


class ProgressLines:
    """Says what begins and ends, and now and then how long it all takes still."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], StepState] = {}
        self._said_at = monotonic()

    def hear(self, progress: Progress) -> None:
        """Take one picture in; only what is new is said."""
        if progress.collecting:
            _say(_("Reading the machine"))
        for step in progress.steps:
            key = (step.check, step.subject)
            if self._known.get(key, StepState.WAITING) is not step.state:
                self._known[key] = step.state
                _say(_step_line(step))
        now = monotonic()
        running = any(step.state is StepState.RUNNING for step in progress.steps)
        if running and progress.remaining_s is not None and now - self._said_at >= _SAY_EVERY_S:
            self._said_at = now
            _say(_("About {seconds} s to go").format(seconds=progress.remaining_s))


def _step_line(step: Step) -> str:
    name = f"{check_word(step.check)} {step.subject}".strip()
    if step.trial is not None:
        return f"{name}: {ending_word(step.trial.ending)}"
    return _("{test}: begun").format(test=name)


def _say(line: str) -> None:
    sys.stderr.buffer.write(f"{line}\n".encode())
    sys.stderr.flush()


@contextmanager
def _stopped_by_signals() -> Iterator[Event]:
    """The first signal stops the tests, and what was done is reported; a second one ends us."""
    stop = Event()
    numbers = [getattr(signal, name) for name in _ENDING_SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}

    def ask(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, before[number])

    for number in numbers:
        signal.signal(number, ask)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
