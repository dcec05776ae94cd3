"""Mâu thuẫn: what two points recorded cannot both be, and a person decides what follows from it."""

from msgspec import Struct

from station import events as e
from station.duties import require_duty
from station.ledger import Moment
from station.notes import kept_note
from station.operators import Operator
from station.ports import Store
from station.reference import Table


class Settle(Struct, frozen=True, kw_only=True):
    """Close a task: noted, leave, recover or assign."""

    event: bytes  # hash of the event that is void or disputed
    decision: str
    note: str = ""


def settle(command: Settle, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record what was decided; nothing is merged by itself, the acts that follow are people's."""
    require_duty(by, e.DisputeSettled)
    with store.transaction(by, when) as work:
        task = work.task(command.event)
        decision = work.reference.entry(Table.DECISIONS, command.decision).id
        note = kept_note(work, command.note)
        said = e.DisputeSettled(target=task.event, decision=decision, note=note)
        return work.record(task.subject, said)
