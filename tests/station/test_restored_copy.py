"""A backup is put back: the store must not fork its chain nor print a code twice."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from station import codes, refusals
from station.reference import load
from station.store import upkeep
from station.store.engine import sqlite_url
from station.store.store import SqlStore, open_store
from station.store.verifying import verify
from station.store.witness import Witness
from tests.station import child, life
from tests.station.conftest import KEY, LEAD, NOON, STATION, new_store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store's file."""
    return tmp_path / "station.db"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Where its copy lies."""
    return tmp_path / "backup.db"


def opened(file: Path) -> SqlStore:
    return open_store(sqlite_url(file), KEY, load())


def copy(file: Path, backup: Path) -> None:
    """Copy the closed store's file, everything in it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(file, backup)


def put_back(backup: Path, file: Path) -> None:
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
    shutil.copy(backup, file)


def received(store: SqlStore, count: int) -> list[str]:
    return [life.receive(store) for _ in range(count)]


def point_with_a_backup(file: Path, backup: Path, witness: Witness) -> list[str]:
    """Three devices in the copy, five more after it; all their codes."""
    with new_store(sqlite_url(file)) as store:
        printed = received(store, 3)
    copy(file, backup)
    with opened(file) as store:
        printed += received(store, 5)
        witness.note(store.standing())
    return printed


def test_a_witness_notices_an_old_copy(file: Path, backup: Path, tmp_path: Path) -> None:
    witness = Witness(tmp_path / "elsewhere" / "seen.json")
    point_with_a_backup(file, backup, witness)
    with opened(file) as store:
        assert not witness.is_ahead_of(store.standing())

    put_back(backup, file)

    with opened(file) as store:
        assert witness.is_ahead_of(store.standing())


@pytest.mark.parametrize("note", [None, b"", b"{", b'{"chain": 1}'])
def test_a_witness_nobody_can_read_accuses_nobody(
    store: SqlStore, tmp_path: Path, note: bytes | None
) -> None:
    if note is not None:
        (tmp_path / "seen.json").write_bytes(note)

    assert not Witness(tmp_path / "seen.json").is_ahead_of(store.standing())


def test_a_restored_store_begins_a_chain_that_names_the_old_one(
    file: Path, backup: Path, tmp_path: Path
) -> None:
    witness = Witness(tmp_path / "seen.json")
    point_with_a_backup(file, backup, witness)
    put_back(backup, file)
    with opened(file) as store:
        old = store.standing()

    assert child.finished("station", "restored", file).returncode == 0

    with opened(file) as store:
        new = store.standing()
        assert new.chain != old.chain
        assert new.older_chains == ((old.chain, old.seq),)
        witness.note(new)
        life.receive(store)
        assert not witness.is_ahead_of(store.standing())
        found = verify(store.engine)
        assert (found.chains, found.sound) == (2, True)


def test_the_same_backup_restored_twice_gives_no_code_twice(
    file: Path, backup: Path, tmp_path: Path
) -> None:
    printed = point_with_a_backup(file, backup, Witness(tmp_path / "seen.json"))
    chains = set()
    for _ in range(2):
        put_back(backup, file)
        newest = max(printed, key=lambda code: codes.parse(code).number)
        assert child.finished("station", "restored", file, "--last-code", newest).returncode == 0
        with opened(file) as store:
            chains.add(store.standing().chain)
            printed += received(store, 3)
            assert verify(store.engine).sound

    assert len(set(printed)) == len(printed)
    assert len(chains) == 2


def test_the_witness_knows_the_newest_label_too(file: Path, backup: Path, tmp_path: Path) -> None:
    witness = Witness(tmp_path / "seen.json")
    printed = point_with_a_backup(file, backup, witness)
    for _ in range(2):
        put_back(backup, file)
        seen = witness.last_seen()
        assert seen is not None
        with opened(file) as store:
            upkeep.start_chain(
                store.engine, LEAD, NOON, printed=seen.highest_number, reason="restored"
            )
            printed += received(store, 3)
            witness.note(store.standing())

    assert len(set(printed)) == len(printed)


def test_codes_of_cases_and_lots_jump_too(file: Path) -> None:
    with new_store(sqlite_url(file)) as store:
        first = codes.parse(life.enter_case(store)).number
    child.finished("station", "restored", file)

    with opened(file) as store:
        assert codes.parse(life.enter_case(store)).number > first + 9_999


def test_the_last_label_may_be_typed_as_it_is_printed(file: Path) -> None:
    with new_store(sqlite_url(file)) as store:
        code = life.receive(store)

    typed = child.finished("station", "restored", file, "--last-code", codes.grouped(code))

    assert (typed.returncode, typed.stderr) == (0, "")


def test_a_label_that_was_printed_before_is_not_given_out_after_a_restore(
    file: Path, backup: Path
) -> None:
    with new_store(sqlite_url(file)) as store:
        life.receive(store)
    copy(file, backup)
    blank = codes.make(codes.CodeKind.DEVICE, STATION, 10_006)
    with opened(file) as store:
        life.receive(store, code=blank)
        newest = store.standing().highest_number
        assert codes.parse(life.receive(store)).number == 2  # it is not the newest of its kind
    put_back(backup, file)

    with opened(file) as store:
        upkeep.start_chain(store.engine, LEAD, NOON, printed=newest, reason="restored")
        assert blank not in received(store, 12)


def test_a_label_of_a_range_far_above_costs_no_numbers(file: Path) -> None:
    with new_store(sqlite_url(file)) as store:
        life.receive(store, code=codes.make(codes.CodeKind.DEVICE, STATION, 995_000))
        life.receive(store)
        assert store.standing().highest_number == 1

        upkeep.start_chain(store.engine, LEAD, NOON, printed=1, reason="restored")

        assert codes.parse(life.receive(store)).number == 10_002


def test_a_point_without_numbers_says_so(file: Path) -> None:
    with new_store(sqlite_url(file)) as store:
        upkeep.start_chain(store.engine, LEAD, NOON, printed=989_998, reason="restored")
        life.receive(store)
        with pytest.raises(refusals.NumbersUsedUp):
            life.receive(store)


@pytest.mark.parametrize(
    "typed",
    [
        "junk",
        "0120000016",
        codes.make_pairing("123456789"),
        codes.make(codes.CodeKind.DEVICE, 13, 5),  # another point's label
        codes.make(codes.CodeKind.DEVICE, STATION, 999_990),
    ],
)
def test_a_last_label_that_is_none_changes_nothing(file: Path, typed: str) -> None:
    with new_store(sqlite_url(file)) as store:
        standing = store.standing()

    refused = child.finished("station", "restored", file, f"--last-code={typed}")

    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    with opened(file) as store:
        assert store.standing() == standing


def test_what_the_service_kept_of_the_old_chain_comes_home(file: Path, backup: Path) -> None:
    with new_store(sqlite_url(file)) as store:
        received(store, 2)
    copy(file, backup)
    with opened(file) as store:
        lost = received(store, 2)
        sent = store.unanswered(100)
    put_back(backup, file)
    child.finished("station", "restored", file)

    with opened(file) as store:
        assert store.take_in(sent) == 2  # the rest is here already
        assert all(store.device(code) for code in lost)
        assert life.receive(store) not in lost
        assert verify(store.engine).sound
