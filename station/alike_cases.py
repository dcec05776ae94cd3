"""A case that is typed a second time: said before it is entered, and a person decides."""

from msgspec import Struct

from station.case import Case
from station.events import Event
from station.handover import EnterCase, enter_case
from station.ledger import Moment
from station.operators import Operator
from station.people import Pupil
from station.ports import Store
from station.refusals import PupilHasCase
from station.text import sort_key

MOST = 500  # people of one name


class EnterOnce(Struct, frozen=True, kw_only=True):
    """Enter a case unless its pupil seems to have one."""

    case: EnterCase
    sure: bool = False  # a person looked: two children may have one name


def enter_once(command: EnterOnce, store: Store, by: Operator, when: Moment) -> Event:
    """Record it; raises PupilHasCase where a pupil of this name and school is here already."""
    if not command.sure:
        alike = cases_of(command.case.pupil, command.case.school, store)
        if alike:
            raise PupilHasCase(alike[-1].code)
    return enter_case(command.case, store, by, when)


def cases_of(pupil: Pupil, school: str | None, store: Store) -> tuple[Case, ...]:
    """Cases of pupils with this very name, of this school or where nobody knows of which."""
    wanted = sort_key(pupil.name)
    rows = {
        found.id
        for found in store.find_people(pupil.name, MOST)
        if isinstance(found.content, Pupil) and sort_key(found.content.name) == wanted
    }
    known = (*store.cases(waiting=False), *store.cases(waiting=True))
    return tuple(
        case
        for case in known
        if case.pupil in rows and (None in {school, case.school} or case.school == school)
    )
