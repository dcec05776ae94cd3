"""An approved list is looked at first, and taken only where somebody says so.

Between both it lies sealed in the database. It is taken in pieces, each in a transaction of its
own that looks every pupil up again: ended in the middle, it is taken once more and does nothing
twice. The same file with the same decision is the same list.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from hashlib import sha256
from time import monotonic
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Engine, Row, insert, or_, select, update

from station.reference import Reference
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading, writing, written
from sync.central.officials.acts import Act
from sync.central.programme import consents, finding
from sync.central.programme.applications import ApplicationState, Details
from sync.central.programme.approving import Decided, approve_within, doubtful
from sync.central.programme.checking import LIST, NewApplication
from sync.central.programme.consents import Consented, Given, Purpose, Way
from sync.central.programme.deciding import By, NothingThere, note, require
from sync.central.programme.pupil_list import Line, PupilList
from sync.central.programme.registering import register_application

PIECE = 50  # lines a transaction: points that push meanwhile wait no longer
LONGEST_S = 20.0
KEPT_S = 7 * 86_400  # a list that nobody took is forgotten
ASKED_AT_ONCE = 400
CODE = 32  # hexadecimal digits

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[Line, ...])


class Fate(StrEnum):
    """What becomes of a line when the list is taken."""

    NEW = "new"  # registered and approved
    REGISTERED = "registered"  # approved
    APPROVED = "approved"  # already; nothing is done
    DOUBTFUL = "doubtful"  # a person says first which of several it is
    OVER = "over"  # refused, withdrawn: a person looks at it
    UNKNOWN = "unknown"  # no application has the code it names
    OTHER = "other"  # the application of the code it names is of another pupil
    TWICE = "twice"  # stands in the list before
    WRONG = "wrong"


TAKEN = (Fate.NEW, Fate.REGISTERED)


class Looked(Struct, frozen=True):
    """A line and what would become of it."""

    line: Line
    fate: Fate
    code: str = ""  # of the application it is


class Brought(Struct, frozen=True):
    """A list that was brought."""

    code: str
    decision: Decided
    official: str
    brought_s: int
    rows: int
    taken_s: int | None
    lines: tuple[Line, ...] | None  # None once it was taken, or forgotten


class Outcome(Struct, frozen=True):
    """What was done with a list."""

    new: int = 0
    registered: int = 0
    left: int = 0
    more: bool = False  # time was up: taken once more, it goes on


class _Keys(Struct, frozen=True):
    number: bytes | None
    name: bytes | None  # with birth date and school
    pupil: bytes | None  # the name alone


class _Place(Struct, frozen=True):
    own: Secrets
    reference: Reference


# ---- bringing ----


def bring(engine: Engine, own: Secrets, read: PupilList, decision: Decided, by: By) -> str:
    """Keep a list that was read, to be looked at; its code, the same for the same list."""
    said = f"{decision.number} {decision.on}".encode()
    code = sha256(read.digest + said).hexdigest()[:CODE]
    sealed = own.people.seal(_label(code), _encoder.encode(read.lines))
    table = t.brought_list
    with writing(engine) as connection:
        held = connection.execute(select(table).where(table.c.code == code)).first()
        if held is None:
            row = {
                "code": code,
                "official": by.official,
                "brought_s": by.now_s,
                "decision": decision.number,
                "decided_on": decision.on,
                "rows": len(read.lines),
                "sealed": sealed,
            }
            connection.execute(insert(table), row)
        elif held.taken_s is None:
            again = {"sealed": sealed, "brought_s": by.now_s, "rows": len(read.lines)}
            connection.execute(update(table).where(table.c.code == code), again)
        note(connection, by, Act.LIST_BROUGHT, code[:16], "looked_at")
    return code


def forget_old(engine: Engine, now_s: int) -> None:
    """Keep no list longer than a week that nobody took."""
    table = t.brought_list
    old = (table.c.brought_s < now_s - KEPT_S, table.c.sealed.is_not(None))
    with reading(engine) as connection:  # most turns find nothing, and then nobody need wait
        if connection.execute(select(table.c.code).where(*old).limit(1)).first() is None:
            return
    with writing(engine) as connection:
        connection.execute(update(table).where(*old), {"sealed": None})


def brought(engine: Engine, own: Secrets, code: str) -> Brought:
    """A list; raises NothingThere."""
    with reading(engine) as connection:
        row = connection.execute(
            select(t.brought_list).where(t.brought_list.c.code == code)
        ).first()
    if row is None:
        raise NothingThere(code)
    return _brought(own, row)


def _brought(own: Secrets, row: Row[Any]) -> Brought:
    lines = None
    if row.sealed is not None:
        lines = _decoder.decode(own.people.open(_label(row.code), row.sealed))
    decision = Decided(row.decision, row.decided_on)
    return Brought(row.code, decision, row.official, row.brought_s, row.rows, row.taken_s, lines)


# ---- looking ----


def looked(engine: Engine, own: Secrets, lines: Sequence[Line]) -> tuple[Looked, ...]:
    """What would become of each line."""
    with reading(engine) as connection:
        return _looked(connection, own, lines, set())


def _looked(
    connection: Connection, own: Secrets, lines: Sequence[Line], before: set[bytes]
) -> tuple[Looked, ...]:
    """The same; `before`: keys of lines that stand in the list above these, which grows."""
    keys = [_keys(own, line) for line in lines]
    found: list[Row[Any]] = []
    for first in range(0, len(lines), ASKED_AT_ONCE):
        part = slice(first, first + ASKED_AT_ONCE)
        found += _alike(connection, lines[part], keys[part])
    counting = _those_that_count(connection, found)
    asked = doubtful(connection, list(counting)) if counting else set()
    index = _Index(found, counting)
    return tuple(
        _fate(line, key, index, asked, before) for line, key in zip(lines, keys, strict=True)
    )


def _alike(connection: Connection, lines: Sequence[Line], keys: Sequence[_Keys]) -> Sequence[Any]:
    """Every application that one of these lines may be."""
    table = t.application.c
    numbers = [key.number for key in keys if key.number]
    names = [key.name for key in keys if key.name]
    codes = [line.code for line in lines if line.code]
    any_of = or_(table.code.in_(codes), table.number_key.in_(numbers), table.name_key.in_(names))
    return connection.execute(select(*_COLUMNS).where(any_of)).all()


_COLUMNS = tuple(
    t.application.c[name]
    for name in ("code", "state", "number_key", "name_key", "pupil_key", "merged_into")
)


def _those_that_count(connection: Connection, found: Sequence[Any]) -> dict[str, Any]:
    """By code, the application of the same pupil that counts: itself, or where it was merged to."""
    known = {row.code: row for row in found}
    while missing := {row.merged_into for row in known.values() if row.merged_into} - known.keys():
        wanted = select(*_COLUMNS).where(t.application.c.code.in_(missing))
        more = {row.code: row for row in connection.execute(wanted).all()}
        if not more:
            break
        known |= more
    return {code: _end(row, known) for code, row in known.items()}


def _end(row: Any, known: Mapping[str, Any]) -> Any:
    while row.merged_into in known:
        row = known[row.merged_into]
    return row


class _Index:
    """Applications by what lines are known by."""

    def __init__(self, rows: Iterable[Row[Any]], counting: Mapping[str, Row[Any]]) -> None:
        self._counting = counting
        self.codes: dict[str, Row[Any]] = {}
        self.numbers: dict[bytes, dict[str, Row[Any]]] = {}
        self.names: dict[bytes, dict[str, Row[Any]]] = {}
        for row in rows:
            self.codes[row.code] = row
            if row.number_key:
                self.numbers.setdefault(row.number_key, {})[row.code] = row
            if row.name_key:
                self.names.setdefault(row.name_key, {})[row.code] = row

    def of(self, line: Line, key: _Keys) -> list[Row[Any]]:
        """What counts of what a line may be; of a merged application that of the same pupil."""
        ends = [self._counting[row.code] for row in self._known_by(line, key)]
        return list({row.code: row for row in ends}.values())

    def _known_by(self, line: Line, key: _Keys) -> list[Row[Any]]:
        """By the code a line names, its number, else name, birth and school."""
        if line.code:
            return [self.codes[line.code]] if line.code in self.codes else []
        if key.number and key.number in self.numbers:
            return list(self.numbers[key.number].values())
        named = self.names.get(key.name or b"", {}).values()
        # two different personal numbers are two pupils, whatever else is alike
        return [row for row in named if not (key.number and row.number_key)]


def _fate(line: Line, key: _Keys, index: _Index, asked: set[str], before: set[bytes]) -> Looked:
    if line.stops:
        return Looked(line, Fate.WRONG)
    if before & _like(key):
        return Looked(line, Fate.TWICE)
    before |= _told(key)
    counting = index.of(line, key)
    if not counting:
        return Looked(line, Fate.UNKNOWN if line.code else Fate.NEW)
    if line.code and index.codes[line.code].pupil_key != key.pupil:
        return Looked(line, Fate.OTHER, line.code)
    approved = [row for row in counting if row.state == ApplicationState.APPROVED]
    if approved:
        return Looked(line, Fate.APPROVED, approved[0].code)
    waiting = [row for row in counting if row.state == ApplicationState.WAITING]
    if not waiting:
        return Looked(line, Fate.OVER, counting[0].code)
    if len(waiting) > 1 or waiting[0].code in asked:
        return Looked(line, Fate.DOUBTFUL, waiting[0].code)
    return Looked(line, Fate.REGISTERED, waiting[0].code)


def _told(key: _Keys) -> set[bytes]:
    """What a line tells those below it."""
    if key.number:
        return {key.number, key.name or key.number}
    return {key.name, _NO_NUMBER + key.name} if key.name else set()


def _like(key: _Keys) -> set[bytes]:
    """What a line above must have told to be the same pupil's."""
    if key.number:
        return {key.number, _NO_NUMBER + (key.name or b"")}
    return {key.name} if key.name else set()


_NO_NUMBER = b"no number "


def _keys(own: Secrets, line: Line) -> _Keys:
    name = None
    if line.born_on is not None and line.name:
        school = line.school or line.school_written
        name = finding.child_key(own.finding, line.name, line.born_on, school)
    number = finding.number_key(own.finding, line.number)
    return _Keys(number, name, finding.name_key(own.finding, line.name))


# ---- taking ----


def take(engine: Engine, own: Secrets, reference: Reference, code: str, by: By) -> Outcome:
    """Register and approve what can be; raises NothingThere or ChangedMeanwhile.

    A browser waits no longer than `LONGEST_S`: what is left then is taken the next time.
    """
    until = monotonic() + LONGEST_S
    lines = brought(engine, own, code).lines
    require(lines is not None)
    before: set[bytes] = set()
    new = registered = left = 0
    for first in range(0, len(lines or ()), PIECE):
        piece = (lines or ())[first : first + PIECE]
        seen = frozenset(before)

        def work(
            connection: Connection, piece: Sequence[Line] = piece, seen: frozenset[bytes] = seen
        ) -> tuple[tuple[Looked, ...], set[bytes]]:
            row = _held(connection, code)
            known = set(seen)
            found = _looked(connection, own, piece, known)
            decision = Decided(row.decision, row.decided_on)
            _take_piece(connection, _Place(own, reference), found, decision, by)
            return found, known

        found, before = written(engine, work)
        new += sum(one.fate == Fate.NEW for one in found)
        registered += sum(one.fate == Fate.REGISTERED for one in found)
        left += sum(one.fate not in TAKEN and one.fate != Fate.APPROVED for one in found)
        if monotonic() > until and first + PIECE < len(lines or ()):
            return Outcome(new, registered, left, more=True)
    _close(engine, code, by)
    return Outcome(new, registered, left)


def leave(engine: Engine, code: str, by: By) -> None:
    """Forget a list that was not taken; raises NothingThere or ChangedMeanwhile."""
    with writing(engine) as connection:
        _held(connection, code)
        table = t.brought_list
        connection.execute(update(table).where(table.c.code == code), {"sealed": None})
        note(connection, by, Act.LIST_BROUGHT, code[:16], "left")


def _held(connection: Connection, code: str) -> Row[Any]:
    table = t.brought_list
    row = connection.execute(select(table).where(table.c.code == code).with_for_update()).first()
    if row is None:
        raise NothingThere(code)
    require(row.taken_s is None and row.sealed is not None)
    return row


def _close(engine: Engine, code: str, by: By) -> None:
    with writing(engine) as connection:
        _held(connection, code)
        table = t.brought_list
        done = {"taken_s": by.now_s, "sealed": None}
        connection.execute(update(table).where(table.c.code == code), done)
        note(connection, by, Act.LIST_BROUGHT, code[:16], "taken")


def _take_piece(
    connection: Connection,
    place: _Place,
    found: Iterable[Looked],
    decision: Decided,
    by: By,
) -> None:
    for one in found:
        if one.fate not in TAKEN:
            continue
        code = one.code
        if one.fate == Fate.NEW:
            new = _application(one.line, place.reference.programme.day(by.now_s))
            code = register_application(connection, place.own, place.reference, new, by.now_s).code
        if doubtful(connection, [code]):  # somebody registered the same pupil meanwhile
            continue
        approve_within(connection, code, decision, by)


def _application(line: Line, day: date) -> NewApplication:
    """What a line says; the school holds the consents on paper, as whoever brings it declares."""
    givers = consents.needed(line.born_on, day)
    purposes = (Purpose.PROCESS, Purpose.PUBLISH) if line.publish else (Purpose.PROCESS,)
    given = frozenset(Given(purpose, giver) for purpose in purposes for giver in givers)
    details = Details(
        pupil=line.name,
        born_on=line.born_on,
        school=line.school_written,
        school_class=line.school_class,
        address=line.address,
        registrant=line.guardian,
        phone=line.phone,
        need=line.need,
    )
    return NewApplication(
        details=details,
        level=line.level,
        relation=line.relation,
        consented=Consented(given, consents.texts_on(day).id, Way.PAPER),
        channel=LIST,
        school=line.school,
        unit=line.unit,
        wants=line.wants,
        number=line.number,
    )


def counts(found: Iterable[Looked]) -> Mapping[Fate, int]:
    """How many lines each fate has."""
    told = dict.fromkeys(Fate, 0)
    for one in found:
        told[one.fate] += 1
    return told


def _label(code: str) -> bytes:
    return b"brought list " + code.encode()
