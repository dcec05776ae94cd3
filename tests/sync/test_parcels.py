from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from station import events as e
from station.ledger import ChainId, Entry
from station.ports import BroughtHome, PersonSent, TakenAlong
from station.signing import SigningKey
from sync import parcels
from sync.parcels import (
    HOMEWARD,
    OUTWARD,
    NotAParcel,
    ParcelProblem,
    WrongPasscode,
    WrongWay,
    head_of,
    opened,
    sealed,
)
from tests.sync.memory_ledger import MemoryLedger

CHAIN = ChainId(12, 99)
KEY = SigningKey(bytes(range(32)))
PASSCODE = "1234 5678"
NAME = "Nguyễn Thị Bé".encode()
EXPIRES_S = 1_634_000_000


@dataclass(frozen=True)
class Day:
    """One school day's parcels."""

    entries: tuple[Entry, ...]
    outward: bytes
    homeward: bytes


def day() -> Day:
    ledger = MemoryLedger(CHAIN)
    for subject in ("0120000016", "0120000024"):
        ledger.record(subject, e.HandoverConfirmed(case="H0120000011", result="signed"))
    entries = tuple(ledger.entries)
    person = PersonSent(bytes(16), 12, 1, "pupil", bytes(16) + NAME)
    out = TakenAlong(KEY.private, entries[0], entries, (person,))
    back = BroughtHome(entries, bytes(64), (person,), (b"%PDF scan",))
    return Day(
        entries,
        sealed(OUTWARD, CHAIN, EXPIRES_S, out, PASSCODE),
        sealed(HOMEWARD, CHAIN, EXPIRES_S, back, PASSCODE),
    )


DAY = day()


def test_a_parcel_opens_with_its_passcode_however_it_is_grouped() -> None:
    out = opened(DAY.outward, TakenAlong, "12345678")

    assert out.entries == DAY.entries
    assert SigningKey(out.key).public == KEY.public


def test_without_the_passcode_one_sees_whose_it_is_and_how_long_it_is_good_and_no_name() -> None:
    head = head_of(DAY.outward)

    assert (head.kind, head.chain, head.expires_s) == (OUTWARD, CHAIN, EXPIRES_S)
    assert NAME not in DAY.outward
    assert KEY.private not in DAY.outward


def test_another_passcode_does_not_open_it() -> None:
    with pytest.raises(WrongPasscode):
        opened(DAY.outward, TakenAlong, "12345679")


def test_a_parcel_for_the_laptop_is_none_for_the_point() -> None:
    with pytest.raises(WrongWay):
        opened(DAY.outward, BroughtHome, PASSCODE)


@settings(max_examples=8, deadline=None)  # each look costs what guessing costs
@given(st.integers(0, len(DAY.homeward) - 1), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place: int, change: int) -> None:
    changed = bytearray(DAY.homeward)
    changed[place] ^= change

    with pytest.raises(ParcelProblem):
        opened(bytes(changed), BroughtHome, PASSCODE)


@given(st.binary(max_size=200))
@example(parcels.MAGIC)
@example(parcels.MAGIC + b"\xff\xff" + b"\x91" * 300)
def test_any_other_file_is_no_parcel(raw: bytes) -> None:
    with pytest.raises(NotAParcel):
        head_of(raw)


def test_a_bomb_in_a_parcel_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "LARGEST", 2**16)
    body = msgspec.structs.replace(
        opened(DAY.homeward, BroughtHome, PASSCODE), scans=(bytes(2**20),)
    )
    raw = sealed(HOMEWARD, CHAIN, EXPIRES_S, body, PASSCODE)

    with pytest.raises(NotAParcel):
        opened(raw, BroughtHome, PASSCODE)


def test_passcodes_are_drawn() -> None:
    drawn = {parcels.new_passcode() for _ in range(50)}

    assert len(drawn) > 40
    assert all(len(code) == parcels.PASSCODE_DIGITS and code.isdigit() for code in drawn)
