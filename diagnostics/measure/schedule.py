"""Which of the waiting tests may begin now, and how long all of them take. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from diagnostics.measure.plan import Planned


def startable(
    waiting: Sequence[Planned], running: Collection[Planned], ended: Collection[Planned]
) -> tuple[Planned, ...]:
    """The tests that may begin, in the plan's order.

    None that shares an exclusive resource with a running one or with another of the answer; none
    before those it comes after. One that watches another begins with it, or when that one is past.
    """
    busy = {resource for step in running for resource in step.exclusive}
    unfinished = {step.check for step in (*waiting, *running)}
    begun = {step.check for step in (*running, *ended)}
    chosen: list[Planned] = []
    for step in waiting:
        if step.after & unfinished or step.exclusive & busy:
            continue
        if step.spec.beside in unfinished - begun:
            continue
        chosen.append(step)
        busy |= step.exclusive
        begun.add(step.check)
    return tuple(chosen)


def remaining_s(
    waiting: Iterable[Planned], running: Mapping[Planned, float], ended: Iterable[Planned] = ()
) -> float:
    """How long until the last test ends, if each takes its estimate: the schedule played through.

    `running` holds what each running test needs still.
    """
    left, queue, past = dict(running), list(waiting), list(ended)
    total = 0.0
    while left or queue:
        for step in startable(queue, left.keys(), past):
            queue.remove(step)
            left[step] = step.estimate_s
        if not left:
            break  # what waits can never begin
        first = min(left, key=lambda step: left[step])
        passed = left.pop(first)
        past.append(first)
        total += passed
        left = {step: needs - passed for step, needs in left.items()}
    return total


def never(waiting: Sequence[Planned], stuck: Collection[str]) -> tuple[Planned, ...]:
    """Those that need what a stuck test never gave back."""
    return tuple(step for step in waiting if step.exclusive & set(stuck))
