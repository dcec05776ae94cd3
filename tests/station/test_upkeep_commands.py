"""`python -m station verify|rebuild` as people run it, on sound and on damaged stores."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from station.__main__ import main
from station.events import ACCEPTED, Verdict
from station.reference import load
from station.store import schema, upkeep
from station.store.engine import sqlite_url
from station.store.store import open_store
from station.store.verifying import verify
from tests.station import child, life
from tests.station.conftest import KEY, new_store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store of three events: the chain's beginning and two devices."""
    file = tmp_path / "station.db"
    with new_store(sqlite_url(file)) as store:
        life.receive(store)
        life.receive(store)
    return file


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def tamper(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.create_function("flip", 2, flipped)
        assert connection.execute(statement).rowcount == 1
        connection.commit()


def test_a_sound_store_verifies(file: Path) -> None:
    verified = child.finished("station", "verify", file)

    assert verified.returncode == 0
    assert verified.stdout == (
        "chains=1 events=3 broken=0 unknown_kinds=0 withheld=0 projections_match=True\n"
    )


def test_a_sound_shared_database_verifies(postgres_database: str) -> None:
    with new_store(postgres_database) as store:
        life.receive(store)

    verified = child.finished("station", "verify", postgres_database)

    assert (verified.returncode, "projections_match=True" in verified.stdout) == (0, True)


TAMPERED = {
    "a header": "UPDATE log SET header = flip(header, 3) WHERE seq = 2",
    "the first byte of a header": "UPDATE log SET header = flip(header, 0) WHERE seq = 2",
    "a header's tail": "UPDATE log SET header = substr(header, 1, 70) WHERE seq = 2",
    "a subject in a header": "UPDATE log SET header = flip(header, 12) WHERE seq = 2",
    "what a header says of the one before": (
        "UPDATE log SET header = flip(header, length(header) - 40) WHERE seq = 2"
    ),
    "the newest header": "UPDATE log SET header = flip(header, 30) WHERE seq = 3",
    "data": "UPDATE log SET data = flip(data, 3) WHERE seq = 2",
    "the newest data": "UPDATE log SET data = flip(data, 3) WHERE seq = 3",
    "a salt": "UPDATE log SET salt = flip(salt, 3) WHERE seq = 2",
    "a hash beside its header": "UPDATE log SET hash = flip(hash, 3) WHERE seq = 2",
    "a subject beside its header": "UPDATE log SET subject = '0120000099' WHERE seq = 2",
    "where an event came from": "UPDATE log SET source = 'foreign' WHERE seq = 2",
    "an event in the middle, gone": "DELETE FROM log WHERE seq = 2",
    "the newest event, gone": "DELETE FROM log WHERE seq = 3",
    "no header": "UPDATE log SET header = NULL WHERE seq = 2",
    "two events in the other order": (
        "UPDATE log SET position = CASE seq WHEN 2 THEN 30 ELSE position END WHERE seq = 2"
    ),
    "how far the chain came": "UPDATE head SET seq = seq + 1",
    "the hash the chain goes on from": "UPDATE head SET hash = flip(hash, 3)",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_with_the_ledger_is_named_by_chain_and_seq(
    file: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(sqlite_url(file), KEY, load()) as store:
        chain = store.standing().chain
    tamper(file, TAMPERED[what])

    assert main(["verify", str(file)]) == 1

    first = capsys.readouterr().out.splitlines()[0]
    assert f"in chain {chain} at seq " in first
    assert first.rsplit(maxsplit=1)[1] in {"2", "3", "4"}


def test_an_event_that_names_no_place_is_named_by_its_position(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(file, "UPDATE log SET seq = NULL WHERE seq = 2")

    assert main(["verify", str(file)]) == 1
    assert "unreadable_entry at log position 2" in capsys.readouterr().out


def test_a_rebuild_does_not_make_another_order_the_true_one(file: Path) -> None:
    tamper(file, TAMPERED["two events in the other order"])
    upkeep.rebuild(schema.existing_engine(sqlite_url(file)))

    assert main(["verify", str(file)]) == 1


def test_purged_data_is_counted_and_no_damage(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(file, "UPDATE log SET salt = NULL, data = NULL WHERE seq = 2")
    upkeep.rebuild(schema.existing_engine(sqlite_url(file)))

    assert main(["verify", str(file)]) == 0
    assert "unknown_kinds=0 withheld=1" in capsys.readouterr().out


def test_a_hole_among_the_answers_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(sqlite_url(file), KEY, load()) as store:
        store.note_verdicts([Verdict(store.unanswered(9)[1].hash, ACCEPTED, 1)])

    assert main(["verify", str(file)]) == 1
    assert capsys.readouterr().out.startswith("answer_missing in chain 012-")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE log SET header = NULL WHERE seq = 2", "unreadable_entry"),
        ("UPDATE log SET header = flip(header, 0) WHERE seq = 2", "unreadable_entry"),
        ("DELETE FROM head", "store_empty"),
    ],
)
def test_a_rebuild_folds_around_nothing_it_cannot_read(
    file: Path, damage: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(file, damage)

    assert main(["rebuild", str(file)]) == 2
    assert capsys.readouterr().err.startswith(f"{said}: ")


def test_a_tampered_store_ends_the_command_with_one(file: Path) -> None:
    tamper(file, TAMPERED["data"])

    verified = child.finished("station", "verify", file)

    assert (verified.returncode, verified.stderr) == (1, "")
    assert verified.stdout.startswith("changed_event in chain 012-")
    assert verified.stdout.splitlines()[0].endswith(" at seq 2")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE device SET state = flip(state, 5) WHERE code = '0120000015'",
        "UPDATE device SET stage = 'ready' WHERE code = '0120000015'",
        "DELETE FROM device WHERE code = '0120000015'",
        "UPDATE counter SET value = 9 WHERE name = 'device'",
        (
            "INSERT INTO task VALUES"
            " (x'07', 9, '0120000015', 'Received', 'disputed', NULL, NULL, 1, NULL)"
        ),
    ],
)
def test_tampered_projections_are_found_and_rebuilt(
    file: Path, statement: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(file, statement)

    assert main(["verify", str(file)]) == 1
    assert "projections_match=False" in capsys.readouterr().out
    assert main(["rebuild", str(file)]) == 0
    assert capsys.readouterr().out == "log_rows=3\n"
    assert main(["verify", str(file)]) == 0


def test_the_commands_mend_a_damaged_projection(file: Path) -> None:
    tamper(file, "DELETE FROM device WHERE code = '0120000015'")

    assert child.finished("station", "verify", file).returncode == 1
    assert child.finished("station", "rebuild", file).stdout == "log_rows=3\n"
    assert child.finished("station", "verify", file).returncode == 0


def test_verifying_changes_nothing(file: Path) -> None:
    with open_store(sqlite_url(file), KEY, load()) as store:
        with store.engine.connect() as connection:
            before = upkeep.fingerprint(connection)
        verify(store.engine)
        with store.engine.connect() as connection:
            assert upkeep.fingerprint(connection) == before


@pytest.mark.parametrize("command", ["verify", "rebuild", "restored"])
def test_what_is_no_store_is_refused_in_one_line(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.db").write_bytes(b"")
    (tmp_path / "junk.db").write_bytes(b"junk" * 2_000)

    for name in (
        tmp_path / "missing.db",
        tmp_path / "empty.db",
        tmp_path / "junk.db",
        "odd://x",
        "mysql://x",
    ):
        assert main([command, str(name)]) == 2, name
        said = capsys.readouterr()
        assert (said.out, len(said.err.splitlines())) == ("", 1), name


def test_a_backup_is_made_and_what_nobody_can_open_is_not_restored(
    file: Path, tmp_path: Path
) -> None:
    made = child.finished("station", "backup", file, tmp_path)
    (backup,) = tmp_path.glob("012-*.sao-luu")
    back = child.finished("station", "restore", backup, tmp_path / "back.db")

    assert (made.returncode, "recovery=none" in made.stdout) == (0, True)
    assert (back.returncode, back.stderr.partition(":")[0]) == (2, "no_recovery")
    assert not (tmp_path / "back.db").exists()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_place_or_a_backup_that_is_not_there_is_told(
    command: str, file: Path, tmp_path: Path
) -> None:
    asked = (file, tmp_path / "gone") if command == "backup" else (file, tmp_path / "back.db")
    told = child.finished("station", command, *asked)

    assert told.returncode == 2
    assert told.stderr.partition(":")[0] in {"place_missing", "not_a_backup"}
