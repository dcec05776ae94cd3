"""Ask a tool from within a test: like `run_tool`, but a test that must end does not wait for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from diagnostics.collect.running_tool import RunningTool
from diagnostics.endings import TimedOut
from diagnostics.measure.run import Run

_MOST_LINES = 100_000


@dataclass(frozen=True)
class Answered:
    """What a tool printed, and its exit status."""

    text: str
    status: int


def ask(run: Run, command: Sequence[str], limit_s: float) -> Answered:
    """Run the tool to its end; Halted when the test is, TimedOut after the limit."""
    until, lines = monotonic() + limit_s, list[str]()
    with RunningTool(command) as tool:
        while not tool.is_over:
            run.check()
            if monotonic() > until or len(lines) > _MOST_LINES:
                raise TimedOut(command[0])
            line = tool.line(0.1)
            if line is not None:
                lines.append(line)
        status = tool.status(max(0.1, until - monotonic()))
    if status is None:
        raise TimedOut(command[0])
    return Answered("\n".join(lines), status)
