"""People rows: sealed for the session on the line, opened here, sealed anew where they are kept."""

from msgspec import Struct

from sync import wire
from sync.central.access.callers import Caller
from sync.central.feeds import people, person_rows
from sync.central.feeds.people import Row
from sync.central.problems import refused
from sync.central.web.asking import Asked, Nowhere, asks
from sync.sealing import Cipher, WrongSeal, row_label
from sync.wire import Scope


class Behind(Struct, frozen=True):
    """From where a people feed is read."""

    after: wire.Place = 0


@asks(
    "POST",
    "/people",
    reads=wire.PeopleRequest,
    answers=wire.PeopleAnswer,
    scopes=(Scope.PEOPLE,),
    refusals=(WrongSeal.code,),
)
def bring_people(asked: Asked[wire.PeopleRequest, Nowhere]) -> wire.PeopleAnswer:
    """Bring rows that the point's own events name; the version that counts of each."""
    caller, rows = asked.caller, asked.message.rows
    seal = session_seal(caller)
    asked.noted.said["people"] = len(rows)
    opened = tuple(_opened(seal, row) for row in rows)
    versions = person_rows.keep(asked.engine, asked.own.people, caller.station, opened)
    return wire.PeopleAnswer(versions)


@asks(
    "GET",
    "/people",
    where=Behind,
    answers=wire.PeoplePage,
    scopes=(Scope.PEOPLE,),
)
def people_page(asked: Asked[None, Behind]) -> wire.PeoplePage:
    """Hand out the next rows that this point needs."""
    caller = asked.caller
    seal = session_seal(caller)
    page = people.page(asked.engine, asked.own.people, caller.station, asked.where.after)
    asked.noted.said["people"] = len(page.rows)
    return wire.PeoplePage(tuple(_sealed(seal, row) for row in page.rows), page.position, page.more)


@asks(
    "POST",
    "/people/department",
    reads=wire.OpenRows,
    answers=wire.PeopleAnswer,
    scopes=(Scope.DOCUMENTS,),
)
def bring_departments_people(asked: Asked[wire.OpenRows, Nowhere]) -> wire.PeopleAnswer:
    """Bring rows that documents name, before the documents; without content, purge anybody's."""
    asked.noted.said["people"] = len(asked.message.rows)
    rows = tuple(Row(row.id, row.version, row.kind, row.salted) for row in asked.message.rows)
    return wire.PeopleAnswer(person_rows.keep_departments(asked.engine, asked.own.people, rows))


def session_seal(caller: Caller) -> Cipher:
    """What the caller's session seals with; a program has no session."""
    if caller.people_key is None:
        raise refused("wrong_scope")
    return Cipher(caller.people_key)


def _opened(seal: Cipher, row: wire.PersonRow) -> Row:
    salted = None
    if row.sealed is not None:
        try:
            salted = seal.open(row_label(row.id, row.version), row.sealed)
        except WrongSeal as error:
            raise refused(error.code) from error
    return Row(row.id, row.version, row.kind, salted, named_by=(row.number, row.seq))


def _sealed(seal: Cipher, row: Row) -> wire.PersonRow:
    label = row_label(row.id, row.version)
    sealed = None if row.salted is None else seal.seal(label, row.salted)
    return wire.PersonRow(row.id, row.station, row.version, row.kind, sealed, needed=row.needed)


QUESTIONS = (bring_people, people_page, bring_departments_people)
