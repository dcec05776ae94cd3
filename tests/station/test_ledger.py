from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station import ledger
from station.ledger import ChainId, Entry, Header, Moment, Occurred, Source

HANOI = timezone(timedelta(hours=7))
NOON = Moment(datetime(2021, 10, 11, 12, 0, tzinfo=HANOI))


def header(seq: int, **fields: object) -> Header:
    at_ms, offset = ledger.in_time(NOON)
    basis = Header(
        format=ledger.FORMAT,
        chain=ChainId(12, 1),
        seq=seq,
        subject="0120000017",
        seen=b"",
        kind="Received",
        at_ms=at_ms,
        offset_min=offset,
    )
    return msgspec.structs.replace(basis, **fields)


def chain_of(*datas: bytes) -> list[Entry]:
    entries: list[Entry] = []
    prev = ledger.NO_HASH
    for seq, data in enumerate(datas, 1):
        entries.append(ledger.write(header(seq), data, prev, salt=bytes([seq]) * 16))
        prev = entries[-1].hash
    return entries


def passes(entries: Sequence[Entry]) -> bool:
    return list(ledger.verified(entries)) == list(entries)


def test_a_header_comes_back_as_it_was_written() -> None:
    occurred = Occurred(date(2021, 10, 9), 615, Source.PAPER)
    written = header(1, occurred=occurred, seen=b"\1" * 32)

    entry = ledger.write(written, b"data", ledger.NO_HASH, b"s" * 16)

    assert entry.header == written
    assert entry.header.at == NOON.at
    assert entry.header.day == date(2021, 10, 9)


def test_a_receiver_computes_the_same_hashes_from_core_salt_and_data() -> None:
    first, second = chain_of(b"one", b"two")

    again = ledger.chained(second.core, second.salt or b"", second.data or b"", first.hash)

    assert again == second
    assert again.hash == second.hash


def test_stored_header_bytes_come_apart_into_the_same_entry() -> None:
    (entry,) = chain_of(b"one")

    assert ledger.from_header_bytes(entry.header_bytes, entry.salt, entry.data) == entry


def test_a_chain_still_verifies_when_data_was_withheld() -> None:
    entries = [msgspec.structs.replace(e, data=None, salt=None) for e in chain_of(b"a", b"b")]

    assert passes(entries)


def test_a_missing_event_is_a_gap() -> None:
    first, _, third = chain_of(b"a", b"b", b"c")

    with pytest.raises(ledger.Gap):
        list(ledger.verified([first, third]))


def test_another_event_at_the_same_place_is_a_fork() -> None:
    first, *_ = chain_of(b"a")
    _, stranger = chain_of(b"other", b"b")

    with pytest.raises(ledger.Fork):
        list(ledger.verified([first, stranger]))


def test_changed_data_is_named() -> None:
    first, second = chain_of(b"a", b"b")
    changed = msgspec.structs.replace(second, data=b"B")

    with pytest.raises(ledger.ChangedEvent):
        list(ledger.verified([first, changed]))


def test_fields_a_newer_version_appends_leave_the_header_readable() -> None:
    core = msgspec.msgpack.encode(
        [*msgspec.to_builtins(header(7), builtin_types=(bytes,)), {"new": 1}]
    )

    entry = ledger.chained(core, b"s" * 16, b"data", ledger.NO_HASH)

    assert entry.header == header(7)
    assert entry.core == core


@given(st.binary(max_size=200))
def test_bytes_that_are_no_header_are_unreadable(core: bytes) -> None:
    try:
        ledger.read_header(core)
    except ledger.UnreadableEntry:
        return
    assert msgspec.msgpack.decode(core)[0] is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"at_ms": 2**60},
        {"at_ms": -1},
        {"offset_min": 99_999},
        {"seq": 2**63},
        {"subject": "x" * 501},
        {"chain": (2**40, 1)},
        {"occurred": ["2021-10-11", 5_000, "paper"]},
    ],
)
def test_a_header_that_no_calendar_or_database_holds_is_unreadable(
    wrong: dict[str, object],
) -> None:
    known = msgspec.structs.asdict(header(1)) | wrong
    core = msgspec.msgpack.encode(list(known.values()))

    with pytest.raises(ledger.UnreadableEntry):
        ledger.read_header(core)


@given(st.lists(st.binary(max_size=40), min_size=2, max_size=6), st.data())
def test_no_bit_of_a_chain_can_be_changed_unnoticed(
    datas: list[bytes], data: st.DataObject
) -> None:
    entries = chain_of(*datas)
    at = data.draw(st.integers(0, len(entries) - 2))
    core = bytearray(entries[at].core)
    core[data.draw(st.integers(0, len(core) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    entries[at] = msgspec.structs.replace(entries[at], core=bytes(core))

    with pytest.raises((ledger.BrokenLedger, ledger.UnreadableEntry)):
        list(ledger.verified(entries))


def test_the_moment_counts_milliseconds_and_keeps_the_offset() -> None:
    assert ledger.in_time(Moment(datetime(1970, 1, 1, 7, 0, 0, 1000, tzinfo=HANOI))) == (1, 420)
    assert ledger.in_time(Moment(datetime(1970, 1, 1, 0, 0, 2, tzinfo=UTC))) == (2000, 0)
