"""Rút lại sự đồng ý: what is known of a person is emptied, here and wherever a copy of it went."""

from msgspec import Struct

from station import events as e
from station import refusals
from station.duties import require_duty
from station.fold import POINT
from station.ledger import Moment
from station.operators import Operator
from station.people import OperatorName
from station.ports import Store
from station.reference import ReasonUse


class PurgePerson(Struct, frozen=True, kw_only=True):
    """Empty one people row for good."""

    person: bytes  # id of the row
    reason: str


def purge_person(command: PurgePerson, store: Store, by: Operator, when: Moment) -> e.Event:
    """Empty the row and record that it was; the event says of whom by its id alone."""
    require_duty(by, e.PersonPurged)
    with store.transaction(by, when) as work:
        reason = work.reference.reason(ReasonUse.PURGE, command.reason).id
        content = work.content(command.person)
        if content is None or isinstance(content, OperatorName):
            raise refusals.UnknownPerson(command.person.hex())
        ref = work.purge(command.person)
        if ref is None:
            raise refusals.UnknownPerson(command.person.hex())
        return work.record(f"{POINT}{work.station:03d}", e.PersonPurged(person=ref, reason=reason))
