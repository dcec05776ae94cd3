"""What a newer version, another point or a purged store wrote stays as it is and travels on."""

from collections.abc import Sequence

import msgspec
import pytest
from sqlalchemy import select

from station import events as e
from station import ledger
from station.codes import CodeKind, make, parse
from station.ledger import ChainId, Entry, Header
from station.store import tables as t
from station.store import upkeep
from station.store.entries import COLUMNS, entry_of
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import NOON

ELSEWHERE = ChainId(13, 7)


def written(
    *said: tuple[str, str, bytes], chain: ChainId = ELSEWHERE, newer: bool = False
) -> list[Entry]:
    """A chain of another point: subject, kind and data of each event."""
    entries: list[Entry] = []
    at_ms, offset = ledger.in_time(NOON)
    prev = ledger.NO_HASH
    for seq, (subject, kind, data) in enumerate(said, 1):
        header = Header(ledger.FORMAT, chain, seq, subject, b"", kind, at_ms, offset)
        entry = ledger.write(header, data, prev, bytes([seq]) * 16)
        if newer:
            fields = msgspec.to_builtins(header, builtin_types=(bytes,))
            core = msgspec.msgpack.encode([*fields, {"more": 1}])
            entry = ledger.chained(core, entry.salt or b"", data, prev)
        entries.append(entry)
        prev = entry.hash
    return entries


def kept(store: SqlStore) -> list[Entry]:
    """Every foreign event as it lies in the store."""
    wanted = select(*COLUMNS).where(t.log.c.source == "foreign").order_by(t.log.c.position)
    with store.engine.connect() as connection:
        return [entry_of(row) for row in connection.execute(wanted)]


def assert_kept_through_a_rebuild(store: SqlStore, entries: Sequence[Entry]) -> None:
    assert kept(store) == list(entries)
    upkeep.rebuild(store.engine)
    assert kept(store) == list(entries)
    assert verify(store.engine).sound


def laptop(**more: object) -> bytes:
    """A Received with fields this version does not know."""
    return msgspec.msgpack.encode({"kind": "laptop", "maker": "Dell", "by": "op.x"} | more)


def test_an_unknown_kind_is_kept_byte_for_byte(either_store: SqlStore) -> None:
    entries = written(
        ("0130000019", "Received", laptop()),
        ("0130000019", "Blessed", msgspec.msgpack.encode({"by": "op.x", "how": {"deep": [1, 2]}})),
        ("0130000019", "TakenToBench", msgspec.msgpack.encode({"by": "op.x"})),
    )

    assert either_store.take_in(entries) == 3

    assert_kept_through_a_rebuild(either_store, entries)
    assert verify(either_store.engine).unknown_kinds == 1
    rows = either_store.timeline("0130000019")
    assert [row.event.said is None for row in rows] == [False, True, False]


def test_unknown_fields_of_a_known_kind_are_kept_byte_for_byte(either_store: SqlStore) -> None:
    entries = written(("0130000019", "Received", laptop(colour="grey", weight_g=1_700)))

    either_store.take_in(entries)

    assert_kept_through_a_rebuild(either_store, entries)
    known = either_store.device("0130000019")
    assert known is not None
    assert known.maker == "Dell"


def test_a_longer_header_is_kept_byte_for_byte(either_store: SqlStore) -> None:
    entries = written(("0130000019", "Received", laptop()), newer=True)

    either_store.take_in(entries)

    assert_kept_through_a_rebuild(either_store, entries)
    assert either_store.device("0130000019") is not None


def test_a_known_kind_in_a_newer_shape_stays_opaque(either_store: SqlStore) -> None:
    newer = msgspec.msgpack.encode({"kind": {"of": "laptop"}, "by": "op.x"})
    entries = written(("0130000019", "Received", newer))

    either_store.take_in(entries)

    assert_kept_through_a_rebuild(either_store, entries)
    assert either_store.device("0130000019") is None  # nobody said yet what it is


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x81", b"\xff" * 300, b"\x80"])
def test_data_that_is_no_data_stays_opaque(store: SqlStore, data: bytes) -> None:
    entries = written(("0130000019", "Received", data))

    store.take_in(entries)

    assert_kept_through_a_rebuild(store, entries)


def test_withheld_data_leaves_the_chain_sound(either_store: SqlStore) -> None:
    whole = written(("0130000019", "Received", laptop()), ("0130000019", "Retired", laptop()))
    withheld = [msgspec.structs.replace(entry, salt=None, data=None) for entry in whole]

    either_store.take_in(withheld)

    assert_kept_through_a_rebuild(either_store, withheld)
    assert [entry.hash for entry in kept(either_store)] == [entry.hash for entry in whole]


def test_a_newer_event_about_our_own_device_moves_nothing(either_store: SqlStore) -> None:
    device = life.receive(either_store)
    before = either_store.device(device)
    assert before is not None

    either_store.take_in(written((device, "Blessed", laptop())))

    after = either_store.device(device)
    assert after is not None
    assert msgspec.structs.replace(after, count=before.count, last=before.last) == before
    assert verify(either_store.engine).sound


def test_what_came_in_before_comes_in_no_more(either_store: SqlStore) -> None:
    entries = written(("0130000019", "Received", laptop()), ("0130000019", "Blessed", b"\x80"))

    assert either_store.take_in(entries) == 2
    assert either_store.take_in([*entries, *entries]) == 0
    assert kept(either_store) == entries


def test_the_same_event_twice_in_one_delivery_comes_in_once(either_store: SqlStore) -> None:
    entries = written(("0130000019", "Received", laptop()))

    assert either_store.take_in([*entries, *entries]) == 1


def test_a_fork_of_another_chain_is_named(either_store: SqlStore) -> None:
    either_store.take_in(written(("0130000019", "Received", laptop())))

    with pytest.raises(ledger.Fork, match="013-7 at seq 1"):
        either_store.take_in(written(("0130000019", "Received", laptop(model="E7450"))))
    assert len(kept(either_store)) == 1


@pytest.mark.parametrize("subject", ["", "?", "H", "٣٣", "x" * 500, "0130000019 "])
def test_a_subject_that_is_no_code_comes_in_all_the_same(
    either_store: SqlStore, subject: str
) -> None:
    entries = written((subject, "Blessed", b"\x80"), (subject, "Received", laptop()))

    either_store.take_in(entries)

    assert_kept_through_a_rebuild(either_store, entries)


def test_a_subject_with_a_control_character_is_no_entry(either_store: SqlStore) -> None:
    entries = written(("a\0b", "Blessed", b"\x80"))

    with pytest.raises(ledger.UnreadableEntry):
        either_store.take_in(entries)
    assert kept(either_store) == []


def test_numbers_go_on_above_a_code_that_came_home(either_store: SqlStore) -> None:
    ours = make(CodeKind.DEVICE, 12, 40)
    either_store.take_in(written((ours, "Received", laptop())))

    assert parse(life.receive(either_store)).number == 41


def test_an_event_may_say_more_than_this_version_knows() -> None:
    said = e.decode("Received", laptop(colour="grey"))

    assert isinstance(said, e.Received)
    assert e.decode("Blessed", laptop()) is None
