"""Ask for a computer: a family, a carer or a teacher registers a pupil who has none."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from station.reference import Table
from station.text import BadText, fold
from station.words import language
from sync.central.programme import consents
from sync.central.programme.applications import (
    CHILD_CONSENTS_FROM,
    OWN_CONSENT_FROM,
    Details,
)
from sync.central.programme.checking import NewApplication, NotRegistered, faults_of_application
from sync.central.programme.consents import ConsentMissing, Giver
from sync.central.programme.once import KeyReused
from sync.central.programme.taking_in import take_application
from sync.central.site.console.names import Names
from sync.central.site.registering import CHANNEL, asking, consented, look_over, refuse, shared
from sync.central.site.visiting import Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere

ADDRESS = "/dang-ky"
OF_PUPILS = ("parent", "guardian", "foster-carer", "relative", "teacher", "school-staff", "self")
COMPUTERS = ("laptop", "desktop", "aio", "tablet")
MOST_SUGGESTED = 300  # schools; a longer list makes a heavy page, and is written without help


@shows("GET", ADDRESS)
def ask(visit: Visit[Nowhere]) -> Shown:
    """Ask who needs a machine."""
    return _form(visit)


@shows("POST", ADDRESS)
def register_pupil(visit: Visit[Nowhere]) -> Shown:
    """Register the pupil; the same form sent twice is one application."""
    new = _typed(visit)
    born_on = new.details.born_on
    faults = faults_of_application(visit.reference, new, visit.today)
    # of whom nobody knows the age, nobody's consent is asked for yet
    givers = _givers(born_on, visit.today) if born_on else ()
    look_over(visit.typed, faults, consents.lacking(new.consented, givers))
    if not visit.typed.errors:
        try:
            registered = take_application(
                visit.engine, visit.own, visit.reference, new, asking(visit, new)
            )
        except (NotRegistered, ConsentMissing, BadText) as error:
            refuse(visit.typed, error)
        except KeyReused:
            return Page("registered_before.html", {"again": ADDRESS}, status=409)
        else:
            return Page("pupil_registered.html", {"registered": registered})
    return _form(visit, status=422)


def _typed(visit: Visit[Nowhere]) -> NewApplication:
    typed, names = visit.typed, Names(visit)
    born_on = typed.day("born_on", required=True)
    school = typed.line("school", required=True)
    unit = typed.choice("unit", names.units)
    relation = typed.choice("relation", OF_PUPILS, required=True) or OF_PUPILS[0]
    pupil = typed.name("pupil", required=True)
    itself = relation == "self"
    registrant = typed.name("registrant", required=not itself)
    details = Details(
        pupil=pupil,
        born_on=born_on,
        school=school,
        school_class=typed.line("school_class", limit=40),
        address=typed.line("address"),
        registrant=registrant or (pupil if itself else ""),
        phone=typed.phone("phone", required=True),
        need=typed.words("need"),
    )
    return NewApplication(
        details=details,
        level=typed.choice("level", _ids(visit, Table.LEVELS), required=True) or "",
        relation=relation,
        consented=consented(visit, _givers(born_on, visit.today)),
        channel=CHANNEL,
        school=_listed(names, school),
        unit=unit,
        wants=typed.choice("wants", COMPUTERS),
        number=typed.line("number", limit=40),
    )


def _givers(born_on: date | None, day: date) -> tuple[Giver, ...]:
    """Whose boxes count: nobody of 5 years is asked, nobody speaks for somebody of 20."""
    return consents.needed(born_on, day)


def _listed(names: Names, written: str) -> str | None:
    """The school of the list that is written so, if it is one; else it stays as it is written."""
    meant = fold(written)
    same = [s.id for s in names.schools.values() if meant in {fold(s.vi), fold(s.en)}]
    return same[0] if len(same) == 1 else None


def _ids(visit: Visit[Any], table: Table) -> list[str]:
    return [entry.id for entry in visit.reference.entries(table)]


def _words(visit: Visit[Any], table: Table, ids: Iterable[str]) -> list[tuple[str, str]]:
    return [(id_, visit.reference.word(table, id_, language())) for id_ in ids]


def _form(visit: Visit[Nowhere], status: int = 200) -> Page:
    names = Names(visit)
    schools = [word for _id, word in names.school_choice]
    values = {
        "names": names,
        "schools": schools if len(schools) <= MOST_SUGGESTED else [],
        "levels": _words(visit, Table.LEVELS, _ids(visit, Table.LEVELS)),
        "relations": _words(visit, Table.RELATIONS, OF_PUPILS),
        "kinds": _words(visit, Table.KINDS, COMPUTERS),
        "child_from": CHILD_CONSENTS_FROM,
        "own_from": OWN_CONSENT_FROM,
    }
    return Page("ask.html", values | shared(visit), status=status)


VIEWS = (ask, register_pupil)
