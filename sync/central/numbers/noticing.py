"""What donors and families are told of devices: once each, where a channel brought what they said.

Nothing here says which device a case was given.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Table, select

from station.device import Stage
from station.moves import Move
from sync.central import tables as t
from sync.central.numbers.telling import Told
from sync.central.programme import notices
from sync.central.programme.notices import NoticeKind

TOLD_OF = {
    Stage.RECEIVED: NoticeKind.DEVICE_RECEIVED,
    Stage.READY: NoticeKind.DEVICE_READY,
    Stage.HANDED_OVER: NoticeKind.DEVICE_GIVEN,
    Stage.RETIRED: NoticeKind.DEVICE_RETIRED,
}


class _Notice(NamedTuple):
    code: str  # of the offer or application
    kind: NoticeKind
    device: str | None
    day: date | None


def tell(connection: Connection, told: Sequence[Told], now_s: int) -> None:
    """Tell what was not told yet of these devices."""
    due = [*_of_offers(told), *_of_applications(told)]
    channels = _channels(connection, t.offer, {one.offer for one in told if one.offer})
    channels |= _channels(connection, t.application, {case for one in told for case in one.cases})
    if not channels:
        return
    known = _known(connection, channels)
    for one in due:
        if one.code in channels and one[:3] not in known:
            known.add(one[:3])
            notices.put(
                connection, channels[one.code], one.kind, one.code, now_s,
                device=one.device, day=one.day, once=True,
            )  # fmt: skip


def _of_offers(told: Sequence[Told]) -> Iterator[_Notice]:
    for one in told:
        if one.offer is not None:
            for kind, move in _first_of_each(one.moves):
                yield _Notice(one.offer, kind, one.code, move.day)


def _first_of_each(made: Sequence[Move]) -> Iterator[tuple[NoticeKind, Move]]:
    seen = set()
    for move in made:
        kind = TOLD_OF.get(move.stage)
        if kind is not None and kind not in seen:
            seen.add(kind)
            yield kind, move


def _of_applications(told: Sequence[Told]) -> Iterator[_Notice]:
    for one in told:
        for move in one.moves:
            if move.stage is Stage.HANDED_OVER and move.case:
                # without a day: a channel that brought the offer too could tell the device by it
                yield _Notice(move.case, NoticeKind.APPLICATION_GIVEN, None, None)


def _channels(connection: Connection, table: Table, codes: Collection[str]) -> dict[str, str]:
    """By which channel each of these came."""
    wanted = select(table.c.code, table.c.channel).where(table.c.code.in_(codes))
    return {row.code: row.channel for row in connection.execute(wanted)} if codes else {}


def _known(
    connection: Connection, codes: Collection[str]
) -> set[tuple[str, NoticeKind, str | None]]:
    table = t.notice.c
    wanted = select(table.code, table.kind, table.device).where(table.code.in_(codes))
    return {(row.code, NoticeKind(row.kind), row.device) for row in connection.execute(wanted)}
