"""Follow a worker from a test: its figures become the test's, its end the test's end."""

import msgspec
from msgspec import Struct

from diagnostics.collect.running_tool import RunningTool
from diagnostics.endings import UnreadableReport
from diagnostics.measure.run import NotPossible, Run
from diagnostics.measure.worker import Said, command_of

LOOK_EVERY_S = 0.1  # whether the test was asked to end


class WorkerDied(Exception):
    """The worker was gone before it said its last word; the figures until then are kept."""


def follow(run: Run, name: str, task: Struct) -> None:
    """Let one worker do the whole test."""
    with RunningTool(command_of(name, task)) as tool:
        while True:
            run.check()
            said = said_by(tool)
            if said is None:
                continue
            run.note(*said.measured)
            run.tell(said.done_permille, said.remaining_s)
            if said.obstacle:
                raise NotPossible(said.obstacle)
            if said.ended:
                return


def said_by(tool: RunningTool, wait_s: float = LOOK_EVERY_S) -> Said | None:
    """What a worker says next, if anything; WorkerDied when it can say no more."""
    line = tool.line(wait_s)
    if line is not None:
        try:
            return msgspec.json.decode(line, type=Said)
        except msgspec.DecodeError as error:
            raise UnreadableReport(f"a worker said {line[:80]!r}") from error
    if tool.is_over:
        raise WorkerDied(tool.status(LOOK_EVERY_S))
    return None
