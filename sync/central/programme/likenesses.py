"""Two applications that may be of one pupil: a person says, and of one pupil one counts.

Nothing is thrown away: the one that does not count keeps its row and names the other.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from sync.central import tables as t
from sync.central.database import reading, written
from sync.central.officials.acts import Act
from sync.central.programme import consents, gifts, notices
from sync.central.programme.applications import ApplicationState
from sync.central.programme.deciding import By, NothingThere, change, note, require, taken
from sync.central.programme.listing import COUNTED_UP_TO
from sync.central.programme.notices import NoticeKind

PAGE = 20


class LikenessState(StrEnum):
    """What a person said."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"
    MOVED = "moved"  # one of the two was merged meanwhile: the question is put of the other


class Pair(Struct, frozen=True):
    """Two applications, the later one first, and by what they are alike."""

    code: str
    other: str
    by: str
    state: str = LikenessState.OPEN


COUNTING = (ApplicationState.WAITING, ApplicationState.APPROVED)


def ask_about(connection: Connection, code: str, number: bytes | None, name: bytes | None) -> None:
    """Ask whether those that count and are alike are the same pupil's; in its own transaction.

    The personal number says more than name and birth: two numbers are two pupils, whatever else is
    alike.
    """
    pairs = ((t.application.c.number_key, number), (t.application.c.name_key, name))
    keys = [(column, key) for column, key in pairs if key is not None]
    if not keys:
        return
    _one_at_a_time(connection, [key for _, key in keys])
    table = t.application.c
    wanted = select(table.code, table.number_key).where(
        or_(*(column == key for column, key in keys)), table.code != code,
        table.state.in_(COUNTING),
    ).order_by(table.created_s, table.code)  # fmt: skip
    alike_ones = {
        row.code: "number" if number and row.number_key == number else "name"
        for row in connection.execute(wanted).all()
        if not (number and row.number_key and row.number_key != number)
    }
    known = {frozenset((pair.code, pair.other)) for pair in of(connection, code)}
    rows = [
        {"code": code, "other": other, "by": how, "state": LikenessState.OPEN}
        for other, how in alike_ones.items()
        if frozenset((code, other)) not in known
    ]
    if rows:
        connection.execute(insert(t.likeness), rows)


def _one_at_a_time(connection: Connection, keys: Iterable[bytes]) -> None:
    """Whoever comes with the same number or name waits, and then sees the other one."""
    if connection.dialect.name == "postgresql":  # a writer is alone on SQLite
        for number in sorted(int.from_bytes(key[:8], signed=True) for key in keys):
            connection.execute(select(func.pg_advisory_xact_lock(number)))


def open_pairs(engine: Engine, after: tuple[str, str] = ("", "")) -> tuple[list[Pair], bool]:
    """What nobody decided yet, by code; and whether there is more."""
    table = t.likeness.c
    behind = or_(table.code > after[0], and_(table.code == after[0], table.other > after[1]))
    wanted = (
        select(table.code, table.other, table.by)
        .where(table.state == LikenessState.OPEN, behind)
        .order_by(table.code, table.other)
        .limit(PAGE + 1)
    )
    with reading(engine) as connection:
        rows = connection.execute(wanted).all()
    return [Pair(*row) for row in rows[:PAGE]], len(rows) > PAGE


def count_open(connection: Connection) -> int:
    """How many wait, up to a limit."""
    table = t.likeness.c
    wanted = select(table.code).where(table.state == LikenessState.OPEN).limit(COUNTED_UP_TO + 1)
    return len(connection.execute(wanted).all())


def of(connection: Connection, code: str) -> list[Pair]:
    """Every likeness of one application, decided or not."""
    table = t.likeness.c
    wanted = select(table.code, table.other, table.by, table.state).where(
        or_(table.code == code, table.other == code), table.state != LikenessState.MOVED
    )
    return [Pair(*row) for row in connection.execute(wanted.order_by(table.code, table.other))]


def decide(engine: Engine, pair: Pair, same: bool, by: By) -> None:
    """Say whether they are one pupil's; raises NothingThere or ChangedMeanwhile."""

    def work(connection: Connection) -> None:
        later, earlier = _both(connection, pair)
        held = connection.execute(select(t.likeness).where(_is(pair)).with_for_update()).first()
        if held is None:
            raise NothingThere(pair.code)
        require(held.state == LikenessState.OPEN)
        said = LikenessState.SAME if same else LikenessState.DIFFERENT
        decided = {"state": said, "official": by.official, "decided_s": by.now_s}
        connection.execute(update(t.likeness).where(_is(pair)), decided)
        if same:
            _merge(connection, later, earlier, by.now_s)
        note(connection, by, Act.LIKENESS_DECIDED, pair.code, said)

    written(engine, work)


def take_back(engine: Engine, pair: Pair, by: By) -> None:
    """Nobody has said anything yet: it was decided by mistake. Raises as `decide`."""

    def work(connection: Connection) -> None:
        later, earlier = _both(connection, pair)
        held = connection.execute(select(t.likeness).where(_is(pair)).with_for_update()).first()
        if held is None:
            raise NothingThere(pair.code)
        require(held.state in {LikenessState.SAME, LikenessState.DIFFERENT})
        merged = next((r for r in (later, earlier) if r.state == ApplicationState.MERGED), None)
        if held.state == LikenessState.SAME:
            require(merged is not None)
        if merged is not None and held.state == LikenessState.SAME:
            kept = later if merged is earlier else earlier
            _part(connection, merged, kept, by.now_s)
        again = {"state": LikenessState.OPEN, "official": None, "decided_s": None}
        connection.execute(update(t.likeness).where(_is(pair)), again)
        note(connection, by, Act.LIKENESS_DECIDED, pair.code, "taken_back")

    written(engine, work)


def _both(connection: Connection, pair: Pair) -> tuple[Row[Any], Row[Any]]:
    """Both applications, taken in one order whoever asks."""
    rows = {
        code: taken(connection, t.application, code) for code in sorted((pair.code, pair.other))
    }
    return rows[pair.code], rows[pair.other]


def _merge(connection: Connection, later: Row[Any], earlier: Row[Any], now_s: int) -> None:
    """One of the two goes on, the earlier where it still can."""
    going_on = {ApplicationState.WAITING, ApplicationState.APPROVED}
    kept, merged = (earlier, later) if earlier.state in going_on else (later, earlier)
    require(kept.state in going_on and merged.station is None)
    over = {"state": ApplicationState.MERGED, "merged_into": kept.code, "public": False}
    change(connection, t.application, merged, now_s, **over)
    gifts.fall_through(connection, merged.code, now_s)
    told = (NoticeKind.APPLICATION_MERGED, merged.code, now_s)
    notices.put(connection, merged.channel, *told)
    _copy_consents(connection, merged.code, kept.code)
    if merged.public and not _withdrew_publishing(connection, kept.code):
        change(connection, t.application, kept, now_s, public=True)
    _move_questions(connection, merged.code, kept.code)


def _part(connection: Connection, merged: Row[Any], kept: Row[Any], now_s: int) -> None:
    """The merged one waits again, and what came with it leaves the other one."""
    require(merged.merged_into == kept.code)
    table = t.consent.c
    its = select(t.consent).where(table.code == merged.code)
    came = connection.execute(its).all()
    for row in came:
        same = (table.purpose == row.purpose, table.by == row.by, table.given_s == row.given_s)
        connection.execute(delete(t.consent).where(table.code == kept.code, *same))
    may = consents.may_be_published(connection, merged.code)
    waits = {"state": ApplicationState.WAITING, "merged_into": None, "public": may}
    change(connection, t.application, merged, now_s, **waits)
    if kept.public and not consents.may_be_published(connection, kept.code):
        change(connection, t.application, kept, now_s, public=False)


def _copy_consents(connection: Connection, merged: str, kept: str) -> None:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    found = connection.execute(select(t.consent).where(t.consent.c.code == merged)).mappings()
    rows = [dict(row) | {"code": kept} for row in found]
    if rows:
        connection.execute(dialect.insert(t.consent).on_conflict_do_nothing(), rows)


def _withdrew_publishing(connection: Connection, code: str) -> bool:
    table = t.consent.c
    its = (table.code == code, table.purpose == "publish", table.withdrawn_s.is_not(None))
    return connection.execute(select(table.code).where(*its)).first() is not None


def _move_questions(connection: Connection, merged: str, kept: str) -> None:
    """What was asked of the merged one is asked of the one that goes on."""
    table = t.likeness.c
    of_it = or_(table.code == merged, table.other == merged)
    wanted = select(t.likeness).where(of_it, table.state == LikenessState.OPEN)
    found = connection.execute(wanted).all()
    connection.execute(
        update(t.likeness).where(of_it, table.state == LikenessState.OPEN),
        {"state": LikenessState.MOVED},
    )
    known = {frozenset((pair.code, pair.other)) for pair in of(connection, kept)}
    for third in {row.code if row.other == merged else row.other for row in found} - {kept}:
        if frozenset((third, kept)) not in known:
            again = {"code": third, "other": kept, "by": found[0].by, "state": LikenessState.OPEN}
            connection.execute(insert(t.likeness), again)


def _is(pair: Pair) -> ColumnElement[bool]:
    return and_(t.likeness.c.code == pair.code, t.likeness.c.other == pair.other)


def alike(first: Sequence[str], second: Sequence[str]) -> tuple[bool, ...]:
    """Field by field, whether two applications say the same; what nobody said is not alike."""
    return tuple(bool(one) and one == other for one, other in zip(first, second, strict=True))
